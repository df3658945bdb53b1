import Foundation
import Testing

@testable import Simulator

@Suite("The simulated Elasticsearch's errors")
struct ElasticsearchErrorTests {
    let service = ElasticsearchService(state: .atNoon(), cluster: "sandbox")

    @Test("names an index that is not there")
    func missingIndex() async {
        let response = await service.answer(SimRequest("GET", "/nowhere/_search"))
        #expect(response.status == 404)
        #expect(response.json.at("error", "type") == "index_not_found_exception")
        #expect(response.json.at("error", "reason") == "no such index [nowhere]")
        #expect(response.json.at("error", "root_cause")[0]["index"] == "nowhere")
    }

    @Test("finds nothing, and no error, under a pattern that fits no index")
    func emptyPattern() async {
        let response = await service.answer(SimRequest("GET", "/nowhere-*/_search"))
        #expect(response.status == 200)
        #expect(response.json.at("hits", "total", "value") == 0)
    }

    @Test("refuses an unknown query by its name")
    func unknownQuery() async {
        let response = await search("{\"query\":{\"fuzzyish\":{}}}")
        #expect(response.status == 400)
        #expect(response.json.at("error", "type") == "parsing_exception")
        #expect(response.json.at("error", "reason") == "unknown query [fuzzyish]")
    }

    @Test("refuses an unknown key, a broken body and an unknown parameter")
    func unknownKey() async {
        #expect(
            await search("{\"sizes\":1}").json.at("error", "reason") == "Unknown key for a VALUE_STRING in [sizes].")
        #expect(await search("{\"size\":").json.at("error", "type") == "x_content_parse_exception")
        let response = await service.answer(SimRequest("GET", "/logstash-*/_search?sizze=3"))
        #expect(
            response.json.at("error", "reason")
                == "request [/logstash-*/_search] contains unrecognized parameter: [sizze]")
    }

    @Test("refuses a window beyond ten thousand")
    func window() async {
        let response = await search("{\"from\":9999,\"size\":2}")
        #expect(response.status == 400)
        #expect(response.json.at("error", "type") == "search_phase_execution_exception")
        #expect(
            response.json.at("error", "root_cause")[0]["reason"].stringValue?.hasPrefix(
                "Result window is too large, from + size must be less than or equal to: [10000] but was [10001].")
                == true)
    }

    @Test("refuses to sort and to aggregate by analysed text")
    func fielddata() async {
        #expect(await search("{\"sort\":[\"log\"]}").status == 400)
        #expect(await search("{\"aggs\":{\"a\":{\"terms\":{\"field\":\"kubernetes.pod_name\"}}}}").status == 400)
    }

    @Test("refuses _shard_doc without a point in time and sorting by _id")
    func sorting() async {
        #expect(
            await search("{\"sort\":[\"_shard_doc\"]}").json.at("error", "caused_by", "reason")
                == "[_shard_doc] sort field cannot be used without [point in time]")
        #expect(
            await search("{\"sort\":[\"_id\"]}").json.at("error", "caused_by", "reason").stringValue?.hasPrefix(
                "Fielddata access on the _id field is disallowed") == true)
    }

    @Test("refuses a search_after that does not fit the sort")
    func searchAfter() async {
        let response = await search("{\"sort\":[\"@timestamp\"],\"search_after\":[1,2]}")
        #expect(response.json.at("error", "caused_by", "reason") == "search_after has 2 value(s) but sort has 1.")
    }

    @Test("refuses a date that is none")
    func date() async {
        let response = await search("{\"query\":{\"range\":{\"@timestamp\":{\"gte\":\"yesterday\"}}}}")
        #expect(
            response.json.at("error", "caused_by", "reason")
                == "failed to parse date field [yesterday] with format [strict_date_optional_time||epoch_millis]")
    }

    @Test("refuses a query string that cannot be read")
    func queryString() async {
        let response = await search("{\"query\":{\"query_string\":{\"query\":\"log:(a AND\"}}}")
        #expect(response.json.at("error", "root_cause")[0]["reason"] == "Failed to parse query [log:(a AND]")
    }

    @Test("knows no address that Elasticsearch would not know")
    func address() async {
        let response = await service.answer(SimRequest("GET", "/_nonsense"))
        #expect(response.status == 400)
        #expect(response.text == "{\"error\":\"no handler found for uri [/_nonsense] and method [GET]\"}")
    }

    private func search(_ body: String) async -> SimResponse {
        await service.answer(SimRequest("POST", "/logstash-*/_search", body: body))
    }
}

@Suite("Date arithmetic of Elasticsearch")
struct ElasticsearchDateMathTests {
    @Test("reckons with now, units, rounding and anchors")
    func arithmetic() throws {
        #expect(try moment("now-15m") == "2026-11-22T11:45:00.000Z")
        #expect(try moment("now/d") == "2026-11-22T00:00:00.000Z")
        #expect(try moment("now+1h-30s") == "2026-11-22T12:59:30.000Z")
        #expect(try moment("2026-11-22||-1d/M") == "2026-11-01T00:00:00.000Z")
        #expect(try moment("now/w") == "2026-11-16T00:00:00.000Z")
        #expect(try moment("now/d", roundUp: true) == "2026-11-22T23:59:59.999Z")
    }

    @Test("reads dates as far as they are written out, with offsets, and milliseconds")
    func literals() throws {
        #expect(try moment("2026-11-22") == "2026-11-22T00:00:00.000Z")
        #expect(try moment("2026-11-22", roundUp: true) == "2026-11-22T23:59:59.999Z")
        #expect(try moment("2026-11", roundUp: true) == "2026-11-30T23:59:59.999Z")
        #expect(try moment("2026-11-22T13:00:00+01:00") == "2026-11-22T12:00:00.000Z")
        #expect(try moment("2026-11-22T12:00:00.250") == "2026-11-22T12:00:00.250Z")
        #expect(
            try DateMath.nanoseconds(.int(1_795_348_800_123), now: noon, roundUp: false).isoMilliseconds
                == "2026-11-22T12:00:00.123Z")
    }

    private func moment(_ text: String, roundUp: Bool = false) throws -> String {
        try DateMath.nanoseconds(.string(text), now: noon, roundUp: roundUp).isoMilliseconds
    }
}
