import HTTP
import HTTPTesting
import JSON
import Model
import Testing

@testable import Backends

@Suite("The Elasticsearch client")
struct ElasticsearchClientTests {
    let server = FakeTransport()
    let fluentd = ElasticsearchFields(
        time: "@timestamp", namespace: [.init("kubernetes.namespace_name.keyword")],
        pod: [.init("kubernetes.pod_name.keyword")], container: [.init("kubernetes.container_name.keyword")])
    let query = ElasticsearchLogQuery(namespace: "payments", pods: .named(["api-1"]), container: "api")
    let before = Timestamp(rfc3339: "2026-03-01T09:30:00.1234Z")!

    var client: ElasticsearchClient {
        ElasticsearchClient(
            ServiceEndpoint(base: "http://es.lantern.example:9200", transport: server), index: "logstash-*")
    }

    @Test("tells Elasticsearch and OpenSearch apart")
    func version() async throws {
        server.answer(
            .get, "/",
            with: Self.json(
                #"{"name":"n","version":{"number":"8.13.4","build_flavor":"default"},"tagline":"You Know, for Search"}"#
            ),
            Self.json(#"{"name":"n","version":{"distribution":"opensearch","number":"2.11.0"}}"#))
        #expect(try await client.version() == "Elasticsearch 8.13.4")
        #expect(try await client.version() == "OpenSearch 2.11.0")
    }

    @Test("finds the fields that Fluentd writes")
    func fluentdFields() async throws {
        server.answer(
            .get, "/logstash-*/_field_caps",
            #"""
            {"indices":["logstash-2026.03.01"],"fields":{
            "@timestamp":{"date":{"type":"date","searchable":true,"aggregatable":true}},
            "kubernetes.pod_name":{"text":{"type":"text","searchable":true,"aggregatable":false}},
            "kubernetes.pod_name.keyword":{"keyword":{"type":"keyword"}},
            "kubernetes.namespace_name":{"text":{"type":"text"}},
            "kubernetes.namespace_name.keyword":{"keyword":{"type":"keyword"}},
            "kubernetes.container_name":{"text":{"type":"text"}}}}
            """#)
        #expect(
            try await client.fields()
                == ElasticsearchFields(
                    time: "@timestamp", namespace: [.init("kubernetes.namespace_name.keyword")],
                    pod: [.init("kubernetes.pod_name.keyword")],
                    container: [.init("kubernetes.container_name", isAnalysed: true)]))
    }

    @Test("finds the fields of ECS, and both where a pattern holds both")
    func ecsFields() async throws {
        server.answer(
            .get, "/logstash-*/_field_caps",
            #"""
            {"indices":["a","b"],"fields":{"@timestamp":{"date_nanos":{"type":"date_nanos"}},
            "kubernetes.pod.name":{"keyword":{"type":"keyword"}},"kubernetes.pod_name":{"keyword":{"type":"keyword"}},
            "kubernetes.namespace":{"keyword":{"type":"keyword"},"object":{"type":"object"}},
            "kubernetes.container.name":{"keyword":{"type":"keyword"}}}}
            """#)
        let fields = try await client.fields()
        #expect(fields.pod.map(\.name) == ["kubernetes.pod_name", "kubernetes.pod.name"])
        #expect(fields.namespace.map(\.name) == ["kubernetes.namespace"])
        #expect(fields.container.map(\.name) == ["kubernetes.container.name"])
    }

    @Test("says when no index matches, and when there are no pods' logs in it")
    func missing() async {
        server.answer(
            .get, "/logstash-*/_field_caps", with: Self.json(#"{"indices":[],"fields":{}}"#),
            Self.json(#"{"indices":["x"],"fields":{"@timestamp":{"date":{"type":"date"}}}}"#))
        let first = await #expect(throws: ServiceError.self) { try await client.fields() }
        #expect(
            first?.message
                == "cannot look at the fields of logstash-*: Elasticsearch at http://es.lantern.example:9200 has no "
                + "index that matches logstash-*; check index in the configuration")
        let second = await #expect(throws: ServiceError.self) { try await client.fields() }
        #expect(
            second?.message
                == "cannot look at the fields of logstash-*: Elasticsearch at http://es.lantern.example:9200 has no "
                + "pod names in logstash-* (neither kubernetes.pod_name nor kubernetes.pod.name)")
    }

    @Test("reads a page oldest first and asks for the next one beneath its edge")
    func pages() async throws {
        server.answer(.post, "/logstash-*/_search", with: Self.json(Self.firstPage), Self.json(Self.lastPage))
        let page = try await client.page(query, fields: fluentd, before: before, size: 3)
        let source = LogSource(namespace: "payments", pod: "api-1", container: "api")
        #expect(
            page.lines == [
                LogLine(
                    time: Self.time("09:29:59.000000001"), source: source, origin: .history, text: Array("two a".utf8)),
                LogLine(
                    time: Self.time("09:29:59.000000002"), source: source, origin: .history, text: Array("two b".utf8)),
                LogLine(time: Self.time("09:30:00.000"), source: source, origin: .history, text: Array("three".utf8)),
            ])
        #expect(page.older == ElasticsearchCursor(edge: 1_772_357_399_000, seen: ["d2b", "d2a"]))
        let older = try await client.page(query, fields: fluentd, before: before, cursor: page.older, size: 3)
        #expect(older.lines.map { String(decoding: $0.text, as: UTF8.self) } == ["one"])
        #expect(older.older == nil)
        #expect(
            server.requests.map { String(decoding: $0.body ?? [], as: UTF8.self) } == [Self.firstBody, Self.secondBody])
    }

    @Test("asks for all pods that a workload ever had, by how controllers name them")
    func workload() async throws {
        server.answer(.post, "/logstash-*/_search", #"{"_shards":{"total":1},"hits":{"hits":[]}}"#)
        let query = ElasticsearchLogQuery(
            namespace: "payments", pods: .ofWorkload(kind: "Deployment", name: "api.v1"))
        _ = try await client.page(query, fields: fluentd, before: before)
        let body = try #require(server.requests.first?.body)
        #expect(
            String(decoding: body, as: UTF8.self).contains(
                #"{"regexp":{"kubernetes.pod_name.keyword":"api\\.v1-[a-z0-9]+-[a-z0-9]{5}"}}"#))
    }

    @Test("joins what the container runtime cut, and keeps what has no end on the page")
    func partial() async throws {
        server.answer(
            .post, "/logstash-*/_search",
            #"""
            {"took":1,"timed_out":false,"_shards":{"total":1,"successful":1,"skipped":0,"failed":0},"hits":{"hits":[
            {"_id":"4","_source":{"@timestamp":"2026-03-01T09:30:04Z","message":"cut off","logtag":"P"},"sort":[4000]},
            {"_id":"3","_source":{"@timestamp":"2026-03-01T09:30:03Z","message":"whole","logtag":"F"},"sort":[3000]},
            {"_id":"2","_source":{"@timestamp":"2026-03-01T09:30:02Z","message":" end\n","logtag":"F"},"sort":[2000]},
            {"_id":"1","_source":{"@timestamp":"2026-03-01T09:30:01Z","message":"begin","logtag":"P"},"sort":[1000]}]}}
            """#)
        let page = try await client.page(query, fields: fluentd, before: before)
        #expect(page.lines.map { String(decoding: $0.text, as: UTF8.self) } == ["begin end", "whole", "cut off"])
    }

    @Test("passes over documents that are no log lines")
    func oddDocuments() async throws {
        server.answer(
            .post, "/logstash-*/_search",
            #"""
            {"timed_out":false,"_shards":{"total":1,"failed":0},"hits":{"hits":[
            {"_id":"5","_source":{"message":{"a":1}},"sort":[5000]},
            {"_id":"4","_source":{"message":"no time"},"sort":[-9223372036854775808]},
            {"_id":"3","_source":{"message":"no sort"}},{"_id":"2"},
            {"_id":"1","_source":{"@timestamp":"yesterday","message":"sorted by"},"sort":[1000]}]}}
            """#)
        let page = try await client.page(query, fields: fluentd, before: before, size: 5)
        #expect(page.lines.map { String(decoding: $0.text, as: UTF8.self) } == ["sorted by"])
        #expect(page.lines.map(\.time) == [Timestamp(nanoseconds: 1_000_000_000)])
        #expect(page.older == ElasticsearchCursor(edge: 1000, seen: ["1"]))
    }

    @Test("says on the page which shards did not answer")
    func shards() async throws {
        server.answer(
            .post, "/logstash-*/_search",
            #"""
            {"timed_out":true,"_shards":{"total":10,"failed":2,"failures":[{"reason":{"reason":"node left"}}]},"hits":{"hits":[]}}
            """#)
        let page = try await client.page(query, fields: fluentd, before: before)
        #expect(
            page.notices == [
                "2 of 10 shards did not answer: node left", "the search timed out: lines may be missing",
            ])
    }

    @Test("gives the server's reasons: missing index, forbidden, too busy")
    func refusals() async {
        server.answer(
            .post, "/logstash-*/_search",
            with: Self.json(
                #"{"error":{"root_cause":[{"type":"index_not_found_exception","reason":"no such index [logs]"}]},"status":404}"#,
                status: 404),
            Self.json(
                #"{"error":{"root_cause":[{"type":"security_exception","reason":"action [indices:data/read/search] is unauthorized for user [ada]"}]},"status":403}"#,
                status: 403),
            Self.json(#"{"error":{"reason":"rejected execution"},"status":429}"#, status: 429),
            Self.json(#"{"_shards":{"total":0,"failed":0},"hits":{"hits":[]}}"#))
        let place = "Elasticsearch at http://es.lantern.example:9200"
        #expect(
            await message()
                == "cannot read older log lines of payments/api-1: \(place) has nothing at this address: "
                + "no such index [logs]; it may be gone, or the url in the configuration is wrong")
        #expect(
            await message()
                == "cannot read older log lines of payments/api-1: \(place) does not permit it: "
                + "action [indices:data/read/search] is unauthorized for user [ada]; ask for the right, or use another login"
        )
        #expect(
            await message()
                == "cannot read older log lines of payments/api-1: \(place) is too busy: rejected execution; "
                + "it is asked again later")
        #expect(
            await message()
                == "cannot read older log lines of payments/api-1: \(place) has no index that matches logstash-*; "
                + "check index in the configuration")
    }

    private func message() async -> String? {
        await #expect(throws: ServiceError.self) {
            try await client.page(query, fields: fluentd, before: before)
        }?.message
    }

    private static func json(_ body: String, status: Int = 200) -> FakeTransport.Answer {
        let head = HTTPHead(status: status, headers: ["Content-Type": "application/json"])
        return .response(HTTPResponse(head: head, body: Array(body.utf8)))
    }

    private static func time(_ clock: String) -> Timestamp { Timestamp(rfc3339: "2026-03-01T\(clock)Z")! }

    static let filters =
        #"{"range":{"@timestamp":{"lte":1772357400124,"format":"epoch_millis"}}},"#
        + #"{"terms":{"kubernetes.namespace_name.keyword":["payments"]}},"#
        + #"{"terms":{"kubernetes.pod_name.keyword":["api-1"]}},"#
        + #"{"terms":{"kubernetes.container_name.keyword":["api"]}}"#
    static let sources =
        #"["@timestamp","time","timestamp","log","message","msg","event.original","logtag","log.offset","#
        + #""kubernetes.pod_name","kubernetes.pod.name","kubernetes.container_name","kubernetes.container.name"]"#
    static let firstBody =
        #"{"size":3,"track_total_hits":false,"sort":[{"@timestamp":{"order":"desc"}}],"#
        + #""query":{"bool":{"filter":[\#(filters)]}},"_source":\#(sources)}"#
    static let secondBody =
        #"{"size":3,"track_total_hits":false,"sort":[{"@timestamp":{"order":"desc"}}],"#
        + #""query":{"bool":{"filter":[\#(filters)],"must_not":[{"ids":{"values":["d2b","d2a"]}}]}},"#
        + #""_source":\#(sources),"search_after":[1772357399001]}"#

    static let firstPage = #"""
        {"took":3,"timed_out":false,"_shards":{"total":3,"successful":3,"skipped":1,"failed":0},"hits":{"max_score":null,"hits":[
        {"_index":"logstash-2026.03.01","_id":"d3","_score":null,"_source":{"@timestamp":"2026-03-01T09:30:00.000Z","log":"three\n",
        "kubernetes":{"pod_name":"api-1","container_name":"api"}},"sort":[1772357400000]},
        {"_index":"logstash-2026.03.01","_id":"d2b","_score":null,"_source":{"@timestamp":"2026-03-01T09:29:59.000000002Z","log":"two b",
        "kubernetes":{"pod_name":"api-1","container_name":"api"}},"sort":[1772357399000]},
        {"_index":"logstash-2026.03.01","_id":"d2a","_score":null,"_source":{"@timestamp":"2026-03-01T09:29:59.000000001Z","log":"two a",
        "kubernetes":{"pod_name":"api-1","container_name":"api"}},"sort":[1772357399000]}]}}
        """#
    static let lastPage = #"""
        {"took":3,"timed_out":false,"_shards":{"total":3,"successful":3,"skipped":1,"failed":0},"hits":{"max_score":null,"hits":[
        {"_index":"logstash-2026.03.01","_id":"d1","_score":null,"_source":{"@timestamp":"2026-03-01T09:29:58.000Z","log":"one\n",
        "kubernetes.pod_name":"api-1","kubernetes.container_name":"api"},"sort":[1772357398000]}]}}
        """#
}
