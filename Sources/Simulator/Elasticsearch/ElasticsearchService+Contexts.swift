import Foundation

/// What lives longer than one request: points in time and asynchronous searches.
extension ElasticsearchService {
    /// `POST /INDEX/_pit?keep_alive=1m`
    func openPoint(_ index: String, _ request: SimRequest) throws(ElasticError) -> SimResponse {
        guard let keepAlive = request.parameter("keep_alive") else {
            throw ElasticError(
                type: "action_request_validation_exception",
                reason: "Validation Failed: 1: [keep_alive] is not specified;", status: 400)
        }
        let now = state.clock.now
        let days = try catalog.days(named: index, ignoringMissing: request.flag("ignore_unavailable"), at: now)
        let point = PointInTime(
            days: days, horizon: catalog.horizon(at: now),
            expires: now.addingTimeInterval(try Self.seconds(keepAlive, name: "keep_alive")))
        let id = contexts.withLock { contexts in
            let id = Data(contexts.generator.hex(96).utf8).base64EncodedString()
            contexts.points[id] = point
            return id
        }
        return .json([
            "id": .string(id),
            "_shards": ["total": .int(days.count), "successful": .int(days.count), "skipped": 0, "failed": 0],
        ])
    }

    /// `DELETE /_pit`
    func closePoint(_ request: SimRequest) throws(ElasticError) -> SimResponse {
        let id = try Self.body(request.body)["id"].stringValue ?? ""
        let wasThere = contexts.withLock { $0.points.removeValue(forKey: id) != nil }
        return .json(["succeeded": true, "num_freed": .int(wasThere ? 1 : 0)], status: wasThere ? 200 : 404)
    }

    /// `POST /INDEX/_async_search`, `GET` and `DELETE /_async_search/ID`.
    func asyncSearch(_ index: String, _ rest: [String], _ request: SimRequest) async throws -> SimResponse {
        guard let id = rest.first else { return try await submit(index, request) }
        let now = state.clock.now
        let search = contexts.withLock { contexts in
            request.method == "DELETE" ? contexts.searches.removeValue(forKey: id) : contexts.searches[id]
        }
        guard let search, search.expires > now else {
            throw ElasticError(type: "resource_not_found_exception", reason: id, status: 404)
        }
        if request.method == "DELETE" { return .json(["acknowledged": true]) }
        var done = search
        if done.response == nil {
            done.response = try await searchJSON(
                indexExpression(of: search.request), try Self.body(search.request.body), search.request)
        }
        contexts.withLock { if $0.searches[id] != nil { $0.searches[id] = done } }
        return .json(json(done, id: id))
    }

    /// With no time to wait the search runs when somebody comes back for it.
    private func submit(_ index: String, _ request: SimRequest) async throws -> SimResponse {
        let now = state.clock.now
        let wait = try Self.seconds(
            request.parameter("wait_for_completion_timeout") ?? "1s", name: "wait_for_completion_timeout")
        let keep = try Self.seconds(request.parameter("keep_alive") ?? "5d", name: "keep_alive")
        _ = try catalog.days(named: index, ignoringMissing: request.flag("ignore_unavailable"), at: now)
        let body = try Self.body(request.body)
        _ = try SearchRequest(body, parameters: request, now: now)
        var search = AsyncSearch(request: request, startedAt: now, expires: now.addingTimeInterval(keep), response: nil)
        if wait > 0 { search.response = try await searchJSON(index, body, request) }
        guard wait <= 0 || request.flag("keep_on_completion") else { return .json(json(search, id: nil)) }
        let id = contexts.withLock { [search] contexts in
            let id = Data(contexts.generator.hex(60).utf8).base64EncodedString().replacing("=", with: "")
            contexts.searches[id] = search
            return id
        }
        return .json(json(search, id: id))
    }

    private func indexExpression(of request: SimRequest) -> String {
        let first = request.path.split(separator: "/").first.map(String.init) ?? ""
        return first.hasPrefix("_") ? "" : first
    }

    private func json(_ search: AsyncSearch, id: String?) -> SimJSON {
        let isRunning = search.response == nil
        let empty: SimJSON = [
            "took": 0, "timed_out": false, "_shards": ["total": 1, "successful": 0, "skipped": 0, "failed": 0],
            "hits": ["total": ["value": 0, "relation": "gte"], "max_score": .null, "hits": []],
        ]
        let members: [(String, SimJSON)] = [
            ("is_partial", .bool(isRunning)), ("is_running", .bool(isRunning)),
            ("start_time_in_millis", .int(search.startedAt.nanoseconds.milliseconds)),
            ("expiration_time_in_millis", .int(search.expires.nanoseconds.milliseconds)),
            ("response", search.response ?? empty),
        ]
        return .object(SimObject((id.map { [("id", .string($0))] } ?? []) + members))
    }

    private static func seconds(_ text: String, name: String) throws(ElasticError) -> TimeInterval {
        guard let nanoseconds = HistogramSpec.duration(text) else {
            throw .illegal(
                "failed to parse setting [\(name)] with value [\(text)] as a time value: unit is missing or unrecognized"
            )
        }
        return Double(nanoseconds) / 1_000_000_000
    }
}
