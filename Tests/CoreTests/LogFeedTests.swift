import Backends
import HTTP
import HTTPTesting
import LogBuffer
import Model
import Testing

@testable import Core

@Suite("The feed of a pod's log")
struct LogFeedTests {
    let world: TestWorld
    let hub: FeedHub
    let live = FedStream()
    let feed = FeedID.log(LogQuery(environment: "sandbox", namespace: "payments", target: .pod(name: "api-1")))

    init() throws {
        world = try TestWorld(
            "environments:\n  sandbox:\n    elasticsearch: { url: 'http://es.lantern.example:9200' }\n")
        hub = world.hub()
        let pods = HTTPResponse(head: HTTPHead(status: 200), body: Array(Self.podTable.utf8))
        world.server.answer(.get, "/api/v1/namespaces/payments/pods", with: .response(pods), .fed(FedStream()))
        world.server.answer(.get, "/api/v1/namespaces/payments/pods/api-1", Self.pod)
        world.server.answer(.get, "/api/v1/namespaces/payments/pods/api-1/log", with: .fed(live))
        world.server.answer(.get, "/logstash-*/_field_caps", Self.fieldCaps)
    }

    @Test("joins the live lines with what Elasticsearch kept, without doubles at the seam")
    func seam() async throws {
        live.send("2026-03-01T09:30:00.500000001Z three\n2026-03-01T09:30:01Z four\n")
        world.server.answer(.post, "/logstash-*/_search", Self.history)
        hub.subscribe(feed)
        #expect(try await texts { $0.count == 2 } == ["three", "four"])
        hub.loadOlder(feed)
        #expect(try await texts { $0.count == 4 } == ["one", "two", "three", "four"])
        let update = try await update { $0.notices == ["this is the beginning of what Elasticsearch keeps"] }
        #expect(update.status?.phase == .live)
        let search = try #require(world.server.requests.last { $0.method == .post })
        // From now on back, but without what the live side has: of this container all after the seam's millisecond.
        let body = String(decoding: search.body ?? [], as: UTF8.self)
        let now = world.pacer.now.nanoseconds / 1_000_000
        #expect(body.contains(#"{"@timestamp":{"lte":\#(now),"format":"epoch_millis"}}"#))
        #expect(
            body.contains(
                #""must_not":[{"bool":{"filter":[{"terms":{"kubernetes.pod_name":["api-1"]}},"#
                    + #"{"terms":{"kubernetes.container_name":["api"]}},"#
                    + #"{"range":{"@timestamp":{"gt":1772357400501,"format":"epoch_millis"}}}]}}]"#))
    }

    @Test("lines of a pod that went meanwhile stand at their place among the live ones")
    func gonePod() async throws {
        live.send("2026-03-01T09:30:00.500000001Z three\n2026-03-01T09:30:01Z four\n")
        let gone = #"""
            {"_id":"9","_source":{"@timestamp":"2026-03-01T09:30:00.700Z","log":"last words\n",
            "kubernetes":{"pod_name":"api-0","container_name":"api"}},"sort":[1772357400700]},
            """#
        let history = Self.history.replacing(#""hits":{"hits":["#, with: #""hits":{"hits":["# + gone)
        world.server.answer(.post, "/logstash-*/_search", history)
        hub.subscribe(feed)
        #expect(try await texts { $0.count == 2 } == ["three", "four"])
        hub.loadOlder(feed)
        #expect(try await texts { $0.count == 5 } == ["one", "two", "three", "last words", "four"])
    }

    @Test("says that all older lines are here already, rather than nothing, and goes on at the next call")
    func onlyDoubles() async throws {
        let times = (0..<2500).map { Timestamp(milliseconds: 1_772_357_400_000 + $0).millisecondText }
        live.send(times.map { "\($0) tick\n" }.joined())
        let pages = (0..<5).map { Self.page(times[($0 * 500)..<($0 * 500 + 500)]) }
        world.server.answer(
            .post, "/logstash-*/_search", with: pages[4], pages[3], pages[2], pages[1], pages[0])
        hub.subscribe(feed)
        #expect(try await texts { $0.count == 2500 }.count == 2500)
        hub.loadOlder(feed)
        let update = try await update { !$0.notices.isEmpty && $0.notices != ["loading older lines…"] }
        #expect(
            update.status?.notices == [
                "the next 2500 older lines are all here already; load older lines again to go on"
            ])
    }

    @Test("says why there is no history, and goes on with the live lines")
    func noHistory() async throws {
        live.send("2026-03-01T09:30:01Z four\n")
        world.server.answer(.post, "/logstash-*/_search", status: 503)
        hub.subscribe(feed)
        #expect(try await texts { $0.count == 1 } == ["four"])
        hub.loadOlder(feed)
        let update = try await update { !$0.notices.isEmpty && $0.notices != ["loading older lines…"] }
        #expect(
            update.status?.notices == [
                "cannot read older log lines of payments/api-1: "
                    + "Elasticsearch at http://es.lantern.example:9200 is not available (503)"
            ])
        live.send("2026-03-01T09:30:02Z five\n")
        #expect(try await texts { $0.count == 2 } == ["four", "five"])
    }

    @Test("says that no Elasticsearch is configured")
    func absent() async throws {
        let world = try TestWorld()
        let hub = world.hub()
        world.server.answer(.get, "/api/v1/namespaces/payments/pods", status: 403)
        hub.subscribe(feed)
        await world.wakes.untilWoken(1)
        hub.loadOlder(feed)
        let update = try await update(in: world) { !$0.notices.isEmpty && $0.notices != ["loading older lines…"] }
        #expect(
            update.status?.notices == [
                "no older lines: sandbox has no Elasticsearch; "
                    + "add elasticsearch: { url: … } to environments.sandbox in the configuration"
            ])
    }

    /// The buffer's lines as soon as they satisfy the test.
    private func texts(when isReady: ([String]) -> Bool) async throws -> [String] {
        while true {
            if let buffer = lastBuffer() {
                let snapshot = buffer.snapshot()
                let texts = (0..<snapshot.count).map { String(decoding: snapshot.line(at: $0).text, as: UTF8.self) }
                if isReady(texts) { return texts }
            }
            await Task.yield()
        }
    }

    private func lastBuffer() -> LogBuffer? { world.log(feed) as? LogBuffer }

    private func update(
        in other: TestWorld? = nil, when isReady: (FeedStatus) -> Bool
    ) async throws -> FeedUpdate {
        while true {
            for update in (other ?? world).drain() {
                if let status = update.status, isReady(status) { return update }
            }
            await Task.yield()
        }
    }

    private static func page(_ times: some Collection<String>) -> FakeTransport.Answer {
        let hits = times.enumerated().reversed().map { number, time in
            """
            {"_id":"\(number)","_source":{"@timestamp":"\(time)","log":"tick\\n","kubernetes":{"pod_name":"api-1",
            "container_name":"api"}},"sort":[\(number + 1)]}
            """
        }
        let body = #"{"timed_out":false,"hits":{"hits":[\#(hits.joined(separator: ","))]}}"#
        return .response(HTTPResponse(head: HTTPHead(status: 200), body: Array(body.utf8)))
    }

    static let podTable = """
        {"kind":"Table","apiVersion":"meta.k8s.io/v1","metadata":{"resourceVersion":"10"},
        "columnDefinitions":[{"name":"Name","type":"string","format":"name","priority":0}],
        "rows":[{"cells":["api-1"],"object":{"kind":"PartialObjectMetadata","metadata":{"name":"api-1",
        "namespace":"payments","uid":"u1","resourceVersion":"9","creationTimestamp":"2026-03-01T09:00:00Z"}}}]}
        """
    static let pod = """
        {"kind":"Pod","apiVersion":"v1","metadata":{"name":"api-1","namespace":"payments","uid":"u1"},
        "spec":{"containers":[{"name":"api","image":"i"}]},
        "status":{"phase":"Running","containerStatuses":[{"name":"api","ready":true,"restartCount":0,"containerID":"c1",
        "state":{"running":{"startedAt":"2026-03-01T09:00:00Z"}}}]}}
        """
    static let fieldCaps = """
        {"indices":["logstash-2026.03.01"],"fields":{"@timestamp":{"date":{"type":"date"}},
        "kubernetes.pod_name":{"keyword":{"type":"keyword"}},"kubernetes.namespace_name":{"keyword":{"type":"keyword"}},
        "kubernetes.container_name":{"keyword":{"type":"keyword"}}}}
        """
    static let history = """
        {"timed_out":false,"_shards":{"total":1,"failed":0},"hits":{"hits":[
        {"_id":"3","_source":{"@timestamp":"2026-03-01T09:30:00.500Z","log":"three\\n","kubernetes":{"pod_name":"api-1",
        "container_name":"api"}},"sort":[1772357400500]},
        {"_id":"2","_source":{"@timestamp":"2026-03-01T09:29:59.000Z","log":"two\\n","kubernetes":{"pod_name":"api-1",
        "container_name":"api"}},"sort":[1772357399000]},
        {"_id":"1","_source":{"@timestamp":"2026-03-01T09:29:58.000Z","log":"one\\n","kubernetes":{"pod_name":"api-1",
        "container_name":"api"}},"sort":[1772357398000]}]}}
        """
}

extension Timestamp {
    fileprivate var millisecondText: String {
        let milliseconds = String(nanoseconds / 1_000_000 % 1000)
        return rfc3339.dropLast() + "." + String(repeating: "0", count: 3 - milliseconds.count) + milliseconds + "Z"
    }
}
