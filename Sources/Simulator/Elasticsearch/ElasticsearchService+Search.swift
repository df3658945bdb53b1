import Foundation

extension ElasticsearchService {
    private static let searchParameters: Set<String> = [
        "q", "size", "from", "sort", "track_total_hits", "_source", "_source_includes", "_source_excludes",
        "ignore_unavailable",
        "allow_no_indices", "expand_wildcards", "timeout", "request_cache", "preference", "rest_total_hits_as_int",
        "typed_keys",
        "ccs_minimize_roundtrips", "batched_reduce_size", "max_concurrent_shard_requests", "search_type",
        "default_operator", "df",
        "wait_for_completion_timeout", "keep_on_completion", "keep_alive", "ignore_throttled", "routing",
        "allow_partial_search_results",
    ]

    /// `_search`
    func search(_ index: String, _ request: SimRequest) async throws -> SimResponse {
        try Self.checkParameters(request, allowed: Self.searchParameters)
        return .json(try await searchJSON(index, try Self.body(request.body), request))
    }

    /// `_msearch`: pairs of lines; what fails fails alone.
    func multiSearch(_ index: String, _ request: SimRequest) async -> SimResponse {
        let lines = request.body.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: true)
        var responses: [SimJSON] = []
        for start in stride(from: 0, to: lines.count - 1, by: 2) {
            do {
                let header = try Self.body(Array(lines[start]))
                let names =
                    header["index"].arrayValue?.compactMap(\.stringValue).joined(separator: ",")
                    ?? header["index"].stringValue
                var own = request
                if header["ignore_unavailable"].boolValue == true { own.query.append(("ignore_unavailable", "true")) }
                var response = try await searchJSON(names ?? index, try Self.body(Array(lines[start + 1])), own)
                response["status"] = 200
                responses.append(response)
            } catch let error as ElasticError {
                responses.append(error.json)
            } catch {
                responses.append(["error": "task cancelled", "status": 499])
            }
        }
        return .json(["took": 3, "responses": .array(responses)])
    }

    /// `_count`
    func count(_ index: String, _ request: SimRequest) async throws -> SimResponse {
        let body = try Self.body(request.body)
        if let stranger = body.members.first(where: { $0.key != "query" }) {
            throw ElasticError.parsing("request does not support [\(stranger.key)]")
        }
        var search = try SearchRequest(body, parameters: request, now: state.clock.now)
        (search.size, search.countLimit, search.sort) = (0, .max, [])
        let scope = try scope(of: index, search, request)
        let outcome = try await SearchExecutor(
            catalog: catalog, request: search, days: scope.days, horizon: scope.horizon
        ).run()
        return .json(["count": .int(outcome.total), "_shards": shards(scope.days.count)])
    }

    /// The answer of one search.
    func searchJSON(_ index: String, _ body: SimJSON, _ request: SimRequest) async throws -> SimJSON {
        let search = try SearchRequest(body, parameters: request, now: state.clock.now)
        if search.pit != nil, !index.isEmpty {
            throw ElasticError(
                type: "action_request_validation_exception",
                reason:
                    "Validation Failed: 1: [indices] cannot be used with point in time. Do not specify any index with point in time.;",
                status: 400)
        }
        let scope = try scope(of: index, search, request)
        let outcome = try await SearchExecutor(
            catalog: catalog, request: search, days: scope.days, horizon: scope.horizon
        ).run()
        return json(outcome, search, scope, totalAsNumber: request.flag("rest_total_hits_as_int"))
    }

    struct Scope {
        var days: [Int64]
        var horizon: Int64
        var pit: String?
    }

    private func scope(of index: String, _ search: SearchRequest, _ request: SimRequest) throws(ElasticError) -> Scope {
        let now = state.clock.now
        guard let pit = search.pit else {
            let days = try catalog.days(named: index, ignoringMissing: request.flag("ignore_unavailable"), at: now)
            return Scope(days: days, horizon: catalog.horizon(at: now))
        }
        let point = contexts.withLock { contexts -> PointInTime? in
            contexts.points = contexts.points.filter { $0.value.expires > now }
            return contexts.points[pit]
        }
        guard let point else {
            throw ElasticError(
                type: "search_context_missing_exception", reason: "No search context found for id [\(pit.suffix(8))]",
                status: 404)
        }
        return Scope(days: point.days, horizon: point.horizon, pit: pit)
    }

    private func json(_ outcome: SearchExecutor.Outcome, _ search: SearchRequest, _ scope: Scope, totalAsNumber: Bool)
        -> SimJSON
    {
        var hits = SimJSON.emptyObject
        if search.countLimit > 0 {
            let isCapped =
                outcome.total > search.countLimit || (outcome.total == search.countLimit && search.countLimit < .max)
            let value = min(outcome.total, search.countLimit)
            hits["total"] = totalAsNumber ? .int(value) : ["value": .int(value), "relation": isCapped ? "gte" : "eq"]
        }
        hits = .object(
            SimObject(
                hits.members.map { ($0.key, $0.value) } + [
                    ("max_score", search.sort.isEmpty && !outcome.hits.isEmpty ? .double(1) : .null),
                    ("hits", .array(outcome.hits.map { hit($0, search) })),
                ]))
        var json: SimJSON = [
            "took": .int(2 + outcome.total / 4000), "timed_out": false, "_shards": shards(scope.days.count),
            "hits": hits,
        ]
        if let pit = scope.pit {
            json = .object(SimObject([("pit_id", .string(pit))] + json.members.map { ($0.key, $0.value) }))
        }
        if !outcome.aggregations.isNull { json["aggregations"] = outcome.aggregations }
        return json
    }

    private func hit(_ found: SearchExecutor.Hit, _ search: SearchRequest) -> SimJSON {
        var members: [(String, SimJSON)] = [
            ("_index", .string(found.hit.line.timestamp.indexName)), ("_id", .string(found.hit.identifier)),
            ("_score", search.sort.isEmpty ? .double(1) : .null),
        ]
        let document = found.hit.source.document(found.hit.line)
        if let source = SourceFilter(search.source).apply(document) { members.append(("_source", source)) }
        let fields = fieldValues(search.fields, found.hit)
        if !fields.members.isEmpty { members.append(("fields", fields)) }
        if !search.sort.isEmpty {
            members.append(("sort", .array(zip(search.sort, found.values).map { $0.json($1) })))
        }
        return .object(SimObject(members))
    }

    /// What `fields` and `docvalue_fields` ask for, each value in an array.
    private func fieldValues(_ wanted: [SimJSON], _ hit: LogHit) -> SimJSON {
        var values = SimJSON.emptyObject
        for item in wanted {
            let pattern = WildcardPattern(item.stringValue ?? item["field"].stringValue ?? "")
            for field in ElasticField.all where pattern.matches(field.name) {
                guard let bytes = hit.value(of: field) else { continue }
                let text =
                    field.source == .timestamp
                    ? hit.line.timestamp.isoMilliseconds : String(decoding: bytes, as: UTF8.self)
                values[field.name] = [.string(text)]
            }
        }
        return values
    }

    private func shards(_ count: Int) -> SimJSON {
        ["total": .int(count), "successful": .int(count), "skipped": 0, "failed": 0]
    }
}
