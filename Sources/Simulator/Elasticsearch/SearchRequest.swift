import Foundation

/// A search as its body and its address ask for it.
struct SearchRequest: Sendable {
    enum Order: Sendable, Equatable {
        case timestamp, tieBreak, score
        case keyword(ElasticField)
    }

    struct SortKey: Sendable {
        var order: Order
        var isAscending: Bool
        var format: String?
    }

    var query: ElasticQuery = .all
    var size = 10
    var from = 0
    var sort: [SortKey] = []
    var searchAfter: [SimJSON]?
    /// Up to how many hits are counted; `.max` for all, 0 for none.
    var countLimit = 10_000
    var source: SimJSON = .bool(true)
    var fields: [SimJSON] = []
    var aggregations: SimJSON = .null
    var pit: String?
    var now: Date

    /// - Parameter parameters: the query of the address; what the body says goes first.
    init(_ body: SimJSON, parameters: SimRequest, now: Date) throws(ElasticError) {
        self.now = now
        for member in body.members where !Self.known.contains(member.key) {
            let kind =
                member.value.objectValue != nil
                ? "START_OBJECT" : member.value.arrayValue != nil ? "START_ARRAY" : "VALUE_STRING"
            throw .parsing("Unknown key for a \(kind) in [\(member.key)].")
        }
        if let text = parameters.parameter("q") {
            var parser = QueryStringParser(
                text, fields: ElasticQueryParser.fields(.null), isAnd: false, isSimple: false, now: now)
            query = try parser.parse()
        }
        if !body["query"].isNull { query = try ElasticQueryParser(now: now).parse(body["query"]) }
        size = try Self.number("size", body, parameters) ?? 10
        from = try Self.number("from", body, parameters) ?? 0
        pit = body.at("pit", "id").stringValue
        source = body["_source"].isNull ? Self.sourceParameter(parameters) : body["_source"]
        fields = body["fields"].items + body["docvalue_fields"].items
        aggregations = body["aggs"].isNull ? body["aggregations"] : body["aggs"]
        countLimit = Self.limit(body["track_total_hits"], parameters.parameter("track_total_hits"))
        try readSort(body["sort"], parameters.parameter("sort"))
        try readSearchAfter(body["search_after"])
        guard from + size <= 10_000 else { throw Self.windowTooLarge(from + size) }
    }

    private static let known: Set<String> = [
        "query", "size", "from", "sort", "search_after", "track_total_hits", "_source", "aggs", "aggregations", "pit",
        "timeout", "fields",
        "docvalue_fields", "stored_fields", "track_scores", "version", "seq_no_primary_term", "terminate_after",
        "highlight",
        "script_fields", "runtime_mappings", "stats", "profile", "explain",
    ]

    private mutating func readSort(_ json: SimJSON, _ parameter: String?) throws(ElasticError) {
        var items = json.arrayValue ?? (json.isNull ? [] : [json])
        if items.isEmpty, let parameter {
            items = parameter.split(separator: ",").map { part in
                let parts = part.split(separator: ":").map(String.init)
                return parts.count == 2 ? .object(SimObject([(parts[0], .string(parts[1]))])) : .string(parts[0])
            }
        }
        for item in items {
            if let name = item.stringValue { sort.append(try key(name, .null)) }
            for member in item.members { sort.append(try key(member.key, member.value)) }
        }
        if sort.contains(where: { $0.order == .score }), sort.count == 1 { sort = [] }
        // A point in time brings its own tie-break along.
        if pit != nil, !sort.isEmpty, !sort.contains(where: { $0.order == .tieBreak }) {
            sort.append(SortKey(order: .tieBreak, isAscending: true))
        }
    }

    private func key(_ name: String, _ options: SimJSON) throws(ElasticError) -> SortKey {
        let word = options.stringValue ?? options["order"].stringValue
        guard word == nil || word?.lowercased() == "asc" || word?.lowercased() == "desc" else {
            throw .illegal("No enum constant org.elasticsearch.search.sort.SortOrder.\(word?.uppercased() ?? "")")
        }
        let isAscending = word.map { $0.lowercased() == "asc" } ?? (name != "_score")
        switch name {
        case "_score": return SortKey(order: .score, isAscending: isAscending)
        case "_doc": return SortKey(order: .tieBreak, isAscending: isAscending)
        case "_shard_doc":
            guard pit != nil else {
                throw .illegal("[_shard_doc] sort field cannot be used without [point in time]", fromShards: true)
            }
            return SortKey(order: .tieBreak, isAscending: isAscending)
        case "_id":
            throw .illegal(
                "Fielddata access on the _id field is disallowed, you can re-enable it by updating the dynamic cluster setting: indices.id_field_data.enabled",
                fromShards: true)
        default: break
        }
        guard let field = ElasticField(name) else {
            guard options["unmapped_type"].isNull else { return SortKey(order: .score, isAscending: isAscending) }
            throw ElasticError(
                type: "query_shard_exception", reason: "No mapping found for [\(name)] in order to sort on",
                status: 400,
                details: ["index_uuid": "_na_", "index": "logstash"], isFromShards: true)
        }
        guard !field.isText else { throw .textField(name) }
        return SortKey(
            order: field.source == .timestamp ? .timestamp : .keyword(field), isAscending: isAscending,
            format: options["format"].stringValue)
    }

    private mutating func readSearchAfter(_ json: SimJSON) throws(ElasticError) {
        guard !json.isNull else { return }
        guard !sort.isEmpty else { throw .illegal("Sort must contain at least one field.", fromShards: true) }
        guard json.items.count == sort.count else {
            throw .illegal(
                "search_after has \(json.items.count) value(s) but sort has \(sort.count).", fromShards: true)
        }
        guard from <= 0 else {
            throw ElasticError(
                type: "action_request_validation_exception",
                reason: "Validation Failed: 1: `from` parameter must be set to 0 when `search_after` is used.;",
                status: 400)
        }
        searchAfter = json.items
    }

    private static func number(_ name: String, _ body: SimJSON, _ parameters: SimRequest) throws(ElasticError) -> Int? {
        guard let value = body[name].intValue ?? parameters.parameter(name).flatMap({ Int($0) }) else { return nil }
        guard value >= 0 else { throw .illegal("[\(name)] parameter cannot be negative, found [\(value)]") }
        return value
    }

    private static func limit(_ json: SimJSON, _ parameter: String?) -> Int {
        let value = json.isNull ? parameter.map { Int($0).map { .int($0) } ?? .bool($0 != "false") } ?? .null : json
        if let flag = value.boolValue { return flag ? .max : 0 }
        return value.intValue.map { $0 < 0 ? .max : $0 } ?? 10_000
    }

    private static func sourceParameter(_ parameters: SimRequest) -> SimJSON {
        let includes = parameters.parameter("_source_includes") ?? parameters.parameter("_source")
        guard includes != nil || parameters.parameter("_source_excludes") != nil else { return .bool(true) }
        if includes == "true" || includes == "false" { return .bool(includes == "true") }
        func list(_ text: String?) -> SimJSON { .array((text ?? "").split(separator: ",").map { .string(String($0)) }) }
        return ["includes": list(includes), "excludes": list(parameters.parameter("_source_excludes"))]
    }

    private static func windowTooLarge(_ wanted: Int) -> ElasticError {
        .illegal(
            "Result window is too large, from + size must be less than or equal to: [10000] but was [\(wanted)]. See the scroll api for a more efficient way to request large data sets. This limit can be set by changing the [index.max_result_window] index level setting.",
            fromShards: true)
    }
}
