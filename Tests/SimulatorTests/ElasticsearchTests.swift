import Foundation
import Testing

@testable import Simulator

@Suite("The simulated Elasticsearch")
struct ElasticsearchTests {
    let clock = ManualClock(now: noon)
    let service: ElasticsearchService
    let pod: String

    init() throws {
        let state = CompanyState.atNoon(clock: clock)
        service = ElasticsearchService(state: state, cluster: "production")
        pod = try #require(state.podName(cluster: "production", namespace: "payments", app: "payments-api"))
    }

    @Test("names itself as Elasticsearch 8 does")
    func greeting() async {
        let response = await service.answer(SimRequest("GET", "/"))
        #expect(response.header("X-elastic-product") == "Elasticsearch")
        #expect(response.json.at("version", "number") == "8.15.1")
    }

    @Test("gives the newest lines of a pod first, as Fluentd's metadata filter writes them")
    func newest() async throws {
        let json = await search(
            "\"sort\":[{\"@timestamp\":\"desc\"},{\"_doc\":\"asc\"}],\"size\":3,\"query\":{\"bool\":{\"filter\":[{\"term\":{\"kubernetes.pod_name.keyword\":\"\(pod)\"}},{\"term\":{\"kubernetes.container_name.keyword\":\"payments-api\"}}]}}"
        )
        let hits = json.at("hits", "hits").items
        #expect(hits.count == 3)
        let first = try #require(hits.first)
        #expect(first["_index"] == "logstash-2026.11.22")
        #expect(first.at("_source", "kubernetes", "pod_name").stringValue == pod)
        #expect(first.at("_source", "kubernetes", "namespace_name") == "payments")
        #expect(first.at("_source", "kubernetes", "labels", "app_kubernetes_io/name") == "payments-api")
        #expect(first.at("_source", "@timestamp").stringValue?.hasPrefix("2026-11-22T11:59:5") == true)
        #expect(first.at("_source", "log").stringValue?.hasPrefix("{\"ts\":\"2026-11-22T11:59:5") == true)
        #expect(first["sort"][0].intValue ?? 0 <= 1_795_348_795_000)
        #expect(
            await search("\"size\":0,\"track_total_hits\":100").at("hits", "total") == [
                "value": 100, "relation": "gte",
            ])
    }

    @Test("agrees with the container's own log on every line and moment")
    func agreement() async throws {
        let container = try #require(
            service.state.ledger.runs(cluster: "production", namespace: "payments", pod: pod, container: "payments-api")
                .last)
        let lines = service.state.logs.lines(
            for: container, from: noon.addingTimeInterval(-3600), to: noon.addingTimeInterval(-3000))
        let json = await search(
            "\"size\":10000,\"sort\":[{\"@timestamp\":\"asc\"},{\"_doc\":\"asc\"}],\"query\":{\"bool\":{\"filter\":[{\"term\":{\"docker.container_id.keyword\":\"\(container.id)\"}},{\"range\":{\"@timestamp\":{\"gte\":\"now-60m\",\"lt\":\"now-50m\"}}}]}}"
        )
        let isSame = json.at("hits", "hits").items.map { $0.at("_source", "log").stringValue } == lines.map(\.string)
        #expect(isSame)
        #expect(json.at("hits", "total", "value").intValue == lines.count)
    }

    @Test("pages by search_after without a gap and without a double")
    func paging() async throws {
        let query =
            "\"query\":{\"bool\":{\"filter\":[{\"term\":{\"kubernetes.namespace_name.keyword\":\"payments\"}},{\"range\":{\"@timestamp\":{\"gte\":\"now-30s\"}}}]}},\"sort\":[{\"@timestamp\":\"desc\"},{\"_doc\":\"desc\"}]"
        let whole = await search("\"size\":10000," + query).at("hits", "hits").items.map { $0["_id"] }
        var paged: [SimJSON] = []
        var after = ""
        for _ in 0..<200 {
            let page = await search("\"size\":37,\"track_total_hits\":false,\(after)" + query).at("hits", "hits").items
            guard let last = page.last else { break }
            paged += page.map { $0["_id"] }
            after = "\"search_after\":\(last["sort"].text),"
        }
        #expect(whole.count > 300)
        // Not compared inside of the macro, which would take minutes to tell two long lists apart.
        let isSame = paged == whole
        #expect(isSame)
        #expect(Set(whole.compactMap(\.stringValue)).count == whole.count)
    }

    @Test("shows a line only some seconds after it was written")
    func lag() async {
        let query = "\"query\":{\"range\":{\"@timestamp\":{\"gte\":\"now-5s\"}}}"
        #expect(await search(query).at("hits", "total", "value") == 0)
        await clock.advance(by: 5)
        #expect(
            await search("\"query\":{\"range\":{\"@timestamp\":{\"gte\":\"now-10s\"}}}").at("hits", "total", "value")
                .intValue ?? 0 > 10)
    }

    @Test("keeps analysed text and keywords apart")
    func text() async {
        #expect(await hits("{\"term\":{\"kubernetes.pod_name\":\"\(pod)\"}}") == 0)
        #expect(await hits("{\"match_phrase\":{\"kubernetes.pod_name\":\"\(pod)\"}}") > 0)
        #expect(await hits("{\"match\":{\"log\":\"AUTHORISED\"}}") > 0)
        #expect(await hits("{\"match_phrase\":{\"log\":\"payment authorised\"}}") > 0)
        #expect(await hits("{\"match_phrase\":{\"log\":\"authorised payment\"}}") == 0)
        #expect(await hits("{\"term\":{\"log\":\"authoris\"}}") == 0)
        #expect(await hits("{\"prefix\":{\"log\":\"authoris\"}}") > 0)
        #expect(await hits("{\"wildcard\":{\"kubernetes.pod_name.keyword\":\"payments-*\"}}") > 0)
        #expect(await hits("{\"terms\":{\"stream.keyword\":[\"stderr\"]}}") > 0)
        #expect(await hits("{\"exists\":{\"field\":\"nothing\"}}") == 0)
    }

    @Test("reads the query string's syntax")
    func queryString() async {
        let both = await hits("{\"query_string\":{\"query\":\"kubernetes.namespace_name:payments AND log:captured\"}}")
        let one = await hits("{\"query_string\":{\"query\":\"kubernetes.namespace_name:payments\"}}")
        let not = await hits(
            "{\"query_string\":{\"query\":\"kubernetes.namespace_name:payments AND NOT log:captured\"}}")
        #expect(both > 0)
        #expect(both + not == one)
        #expect(await hits("{\"query_string\":{\"query\":\"\\\"payment captured\\\"\",\"fields\":[\"log\"]}}") > 0)
        #expect(
            await hits(
                "{\"simple_query_string\":{\"query\":\"payment +captured -order\",\"fields\":[\"log\"],\"default_operator\":\"and\"}}"
            ) == 0)
    }

    @Test("counts by time and by term, and fills empty buckets")
    func aggregations() async throws {
        let json = await search(
            "\"size\":0,\"track_total_hits\":true,\"query\":{\"range\":{\"@timestamp\":{\"gte\":\"2026-11-22T11:50:00Z\",\"lt\":\"2026-11-22T11:55:00Z\"}}},\"aggs\":{\"perMinute\":{\"date_histogram\":{\"field\":\"@timestamp\",\"fixed_interval\":\"1m\"},\"aggs\":{\"ns\":{\"terms\":{\"field\":\"kubernetes.namespace_name.keyword\",\"size\":3}}}}}"
        )
        let buckets = json.at("aggregations", "perMinute", "buckets").items
        #expect(
            buckets.map { $0["key_as_string"] } == [
                "2026-11-22T11:50:00.000Z", "2026-11-22T11:51:00.000Z", "2026-11-22T11:52:00.000Z",
                "2026-11-22T11:53:00.000Z", "2026-11-22T11:54:00.000Z",
            ])
        let sum = buckets.reduce(0) { $0 + ($1["doc_count"].intValue ?? 0) }
        #expect(sum == json.at("hits", "total", "value").intValue)
        #expect(buckets[0].at("ns", "buckets").items.count == 3)
        #expect(buckets[0].at("ns", "sum_other_doc_count").intValue ?? 0 > 0)
        let empty = await search(
            "\"size\":0,\"query\":{\"match_none\":{}},\"aggs\":{\"a\":{\"date_histogram\":{\"field\":\"@timestamp\",\"fixed_interval\":\"30m\",\"extended_bounds\":{\"min\":\"now-1h\",\"max\":\"now\"}}}}"
        )
        #expect(empty.at("aggregations", "a", "buckets").items.map { $0["doc_count"] } == [0, 0, 0])
    }

    @Test("freezes what is seen in a point in time and breaks ties by _shard_doc")
    func pointInTime() async throws {
        let id = try #require(
            await service.answer(SimRequest("POST", "/logstash-*/_pit?keep_alive=1m")).json["id"].stringValue)
        let body = "{\"pit\":{\"id\":\"\(id)\"},\"sort\":[{\"@timestamp\":\"desc\"}],\"size\":1}"
        let first = await service.answer(SimRequest("POST", "/_search", body: body)).json
        await clock.advance(by: 30)
        let again = await service.answer(SimRequest("POST", "/_search", body: body)).json
        #expect(first.at("hits", "hits")[0]["_id"] == again.at("hits", "hits")[0]["_id"])
        #expect(first.at("hits", "hits")[0]["sort"].items.count == 2)
        #expect(
            first.at("hits", "hits")[0].at("_source", "@timestamp").stringValue?.hasPrefix("2026-11-22T11:59:5") == true
        )
        #expect(again["pit_id"].stringValue == id)
        #expect(
            await service.answer(SimRequest("DELETE", "/_pit", body: "{\"id\":\"\(id)\"}")).text
                == "{\"succeeded\":true,\"num_freed\":1}")
        #expect(
            await service.answer(SimRequest("POST", "/_search", body: body)).json.at("error", "type")
                == "search_context_missing_exception")
    }

    @Test("shows of the source what is asked for")
    func sourceFilter() async {
        let some = await search("\"size\":1,\"_source\":[\"log\",\"kubernetes.pod_*\"]").at("hits", "hits")[0][
            "_source"]
        #expect(some.members.map(\.key) == ["log", "kubernetes"])
        #expect(some["kubernetes"].members.map(\.key) == ["pod_name", "pod_id"])
        let off = await search("\"size\":1,\"_source\":false,\"fields\":[\"@timestamp\"]").at("hits", "hits")[0]
        #expect(off["_source"].isNull)
        #expect(off.at("fields", "@timestamp").items.count == 1)
    }

    @Test("reaches a day back for every pod of the company")
    func history() async {
        let json = await search(
            "\"size\":0,\"query\":{\"range\":{\"@timestamp\":{\"gte\":\"now-24h\",\"lt\":\"now-1435m\"}}},\"aggs\":{\"pods\":{\"cardinality\":{\"field\":\"kubernetes.pod_name.keyword\"}}}"
        )
        #expect(json.at("aggregations", "pods", "value").intValue ?? 0 > 100)
    }

    @Test("answers searches of many at once, each with its own status")
    func multiSearch() async {
        let body = "{\"index\":\"logstash-*\"}\n{\"size\":1}\n{\"index\":\"nowhere\"}\n{\"size\":1}\n"
        let responses = await service.answer(SimRequest("POST", "/_msearch", body: body)).json["responses"]
        #expect(responses[0]["status"] == 200)
        #expect(responses[1]["status"] == 404)
    }

    @Test("runs an asynchronous search when somebody comes back for it")
    func asyncSearch() async throws {
        let submitted = await service.answer(
            SimRequest("POST", "/logstash-*/_async_search?wait_for_completion_timeout=0ms", body: "{\"size\":1}")
        ).json
        #expect(submitted["is_running"] == true)
        let id = try #require(submitted["id"].stringValue)
        let done = await service.answer(SimRequest("GET", "/_async_search/\(id)")).json
        #expect(done["is_running"] == false)
        #expect(done.at("response", "hits", "hits").items.count == 1)
        #expect(await service.answer(SimRequest("DELETE", "/_async_search/\(id)")).json["acknowledged"] == true)
        #expect(await service.answer(SimRequest("GET", "/_async_search/\(id)")).status == 404)
    }

    @Test("lists its daily indices and its fields")
    func indices() async {
        let resolved = await service.answer(SimRequest("GET", "/_resolve/index/logstash-*")).json["indices"].items
        #expect(resolved.map { $0["name"] }.suffix(2) == ["logstash-2026.11.21", "logstash-2026.11.22"])
        let cat = await service.answer(SimRequest("GET", "/_cat/indices/logstash-*?format=json&h=index,docs.count"))
            .json
        #expect(cat.items.last?["index"] == "logstash-2026.11.22")
        let caps = await service.answer(SimRequest("GET", "/logstash-*/_field_caps?fields=kubernetes.pod_name*")).json[
            "fields"]
        #expect(caps.at("kubernetes.pod_name", "text", "aggregatable") == false)
        #expect(caps.at("kubernetes.pod_name.keyword", "keyword", "aggregatable") == true)
    }

    private func search(_ body: String) async -> SimJSON {
        await service.answer(SimRequest("POST", "/logstash-*/_search", body: "{\(body)}")).json
    }

    /// How many of the last ten minutes' lines a query finds.
    private func hits(_ query: String) async -> Int {
        let recent = "{\"range\":{\"@timestamp\":{\"gte\":\"2026-11-22T11:50:00Z\",\"lt\":\"2026-11-22T11:50:40Z\"}}}"
        let body = "{\"query\":{\"bool\":{\"filter\":[\(recent),\(query)]}}}"
        return await service.answer(SimRequest("POST", "/logstash-*/_count", body: body)).json["count"].intValue ?? -1
    }
}
