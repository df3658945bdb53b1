/// What Elasticsearch answers instead of a result: its own type and reason, and the status that goes with them.
struct ElasticError: Error, Sendable, Equatable {
    var type: String
    var reason: String
    var status: Int
    /// Further members of the cause: `index`, `line`, `col`.
    var details: [String: SimJSON] = [:]
    /// Whether the shards found it, which wraps it in a `search_phase_execution_exception`.
    var isFromShards = false

    /// `{"error":{"root_cause":[…],"type":…,"reason":…},"status":…}`
    var json: SimJSON {
        let own = cause
        guard isFromShards else {
            var error: SimJSON = ["root_cause": .array([own])]
            for member in own.members { error[member.key] = member.value }
            return ["error": error, "status": .int(status)]
        }
        let failure: SimJSON = [
            "shard": 0, "index": details["index"] ?? "logstash", "node": "n0deLantern", "reason": own,
        ]
        return [
            "error": [
                "root_cause": .array([own]), "type": "search_phase_execution_exception", "reason": "all shards failed",
                "phase": "query",
                "grouped": true, "failed_shards": .array([failure]), "caused_by": own,
            ],
            "status": .int(status),
        ]
    }

    private var cause: SimJSON {
        var cause: SimJSON = ["type": .string(type), "reason": .string(reason)]
        for (name, value) in details.sorted(by: { $0.key < $1.key }) { cause[name] = value }
        return cause
    }

    static func indexNotFound(_ name: String) -> ElasticError {
        ElasticError(
            type: "index_not_found_exception", reason: "no such index [\(name)]", status: 404,
            details: [
                "resource.type": "index_or_alias", "resource.id": .string(name), "index_uuid": "_na_",
                "index": .string(name),
            ])
    }

    static func parsing(_ reason: String) -> ElasticError {
        ElasticError(type: "parsing_exception", reason: reason, status: 400, details: ["line": 1, "col": 1])
    }

    static func illegal(_ reason: String, fromShards: Bool = false) -> ElasticError {
        ElasticError(type: "illegal_argument_exception", reason: reason, status: 400, isFromShards: fromShards)
    }

    static func textField(_ name: String) -> ElasticError {
        illegal(
            "Text fields are not optimised for operations that require per-document field data like aggregations and sorting, so these operations are disabled by default. Please use a keyword field instead. Alternatively, set fielddata=true on [\(name)] in order to load field data by uninverting the inverted index. Note that this can use significant memory.",
            fromShards: true)
    }
}
