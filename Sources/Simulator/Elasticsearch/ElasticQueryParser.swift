import Foundation

/// Reads the query DSL.
struct ElasticQueryParser {
    let now: Date

    func parse(_ json: SimJSON) throws(ElasticError) -> ElasticQuery {
        guard let object = json.objectValue else {
            throw .parsing("[bool] query malformed, no start_object after query name")
        }
        guard let member = object.members.first else {
            throw ElasticError(
                type: "illegal_argument_exception", reason: "query malformed, empty clause found", status: 400)
        }
        guard object.members.count == 1 else {
            throw .parsing("[\(member.key)] malformed query, expected [END_OBJECT] but found [FIELD_NAME]")
        }
        return try parse(member.key, member.value)
    }

    private func parse(_ name: String, _ body: SimJSON) throws(ElasticError) -> ElasticQuery {
        switch name {
        case "match_all": return .all
        case "match_none": return .none
        case "bool": return try bool(body)
        case "constant_score": return try parse(body["filter"])
        case "dis_max": return .or(try list(body["queries"]), atLeast: 1)
        case "exists": return leaf(body["field"].stringValue ?? "", .exists)
        case "ids": return leaf("_id", .terms(body["values"].items.map(Self.bytes)))
        case "range": return try range(body)
        case "multi_match": return try multiMatch(body)
        case "query_string", "simple_query_string": return try queryString(body, isSimple: name.hasPrefix("simple"))
        default: return try field(name, body)
        }
    }

    /// The queries that are keyed by a field.
    private func field(_ name: String, _ body: SimJSON) throws(ElasticError) -> ElasticQuery {
        guard Self.fieldQueries.contains(name) else {
            var error = ElasticError.parsing("unknown query [\(name)]")
            error.details["caused_by"] = [
                "type": "named_object_not_found_exception", "reason": .string("[1:1] unknown field [\(name)]"),
            ]
            throw error
        }
        let members = body.members.filter { $0.key != "boost" && $0.key != "_name" }
        guard let member = members.first else { throw .parsing("[\(name)] query malformed, no field name") }
        guard members.count == 1 else {
            throw .parsing(
                "[\(name)] query doesn't support multiple fields, found [\(member.key)] and [\(members[1].key)]")
        }
        let options = member.value.objectValue == nil ? SimJSON.emptyObject : member.value
        let value =
            member.value.objectValue == nil
            ? member.value : options["value"].isNull ? options["query"] : options["value"]
        return leaf(member.key, try test(name, value, options, isText: ElasticField(member.key)?.isText ?? false))
    }

    private static let fieldQueries = [
        "term", "terms", "match", "match_phrase", "match_phrase_prefix", "prefix", "wildcard", "regexp",
    ]

    private func test(_ name: String, _ value: SimJSON, _ options: SimJSON, isText: Bool) throws(ElasticError)
        -> ElasticTest
    {
        let bytes = Self.bytes(value)
        let ignoringCase = options["case_insensitive"].boolValue ?? false
        switch name {
        case "term":
            return ignoringCase ? .wildcard(WildcardPattern(Self.escaped(value)), ignoringCase: true) : .terms([bytes])
        case "terms":
            guard let items = value.arrayValue else { throw .parsing("[terms] query requires an array of terms") }
            return .terms(items.map(Self.bytes))
        case "prefix": return .prefix(bytes)
        case "wildcard":
            let text = value.stringValue ?? options["wildcard"].stringValue ?? ""
            return .wildcard(WildcardPattern(ignoringCase ? text.lowercased() : text), ignoringCase: ignoringCase)
        case "regexp":
            guard let pattern = ElasticPattern(value.stringValue ?? "", ignoringCase: ignoringCase) else {
                throw .illegal("failed to parse regexp [\(value.stringValue ?? "")]", fromShards: true)
            }
            return .pattern(pattern)
        case "match":
            let words = isText ? TextAnalysis.tokens(bytes) : [bytes]
            let isAnd = options["operator"].stringValue?.lowercased() == "and"
            return .words(
                words,
                atLeast: isAnd
                    ? words.count
                    : min(Self.minimum(options["minimum_should_match"], of: words.count) ?? 1, words.count))
        default:
            return .phrase(isText ? TextAnalysis.tokens(bytes) : [bytes], lastIsPrefix: name == "match_phrase_prefix")
        }
    }

    private func bool(_ body: SimJSON) throws(ElasticError) -> ElasticQuery {
        var parts: [ElasticQuery] = []
        var should: [ElasticQuery] = []
        for member in body.members {
            switch member.key {
            case "must", "filter": parts += try list(member.value)
            case "must_not": parts += try list(member.value).map { .not($0) }
            case "should": should = try list(member.value)
            case "minimum_should_match", "boost", "_name", "adjust_pure_negative": continue
            default: throw .parsing("[bool] query does not support [\(member.key)]")
            }
        }
        let hasRequired = !body["must"].isNull || !body["filter"].isNull
        let atLeast =
            Self.minimum(body["minimum_should_match"], of: should.count) ?? (hasRequired || should.isEmpty ? 0 : 1)
        if atLeast > 0 { parts.append(.or(should, atLeast: atLeast)) }
        return .and(parts)
    }

    private func list(_ json: SimJSON) throws(ElasticError) -> [ElasticQuery] {
        guard let items = json.arrayValue else { return [try parse(json)] }
        var queries: [ElasticQuery] = []
        for item in items { queries.append(try parse(item)) }
        return queries
    }

    private func range(_ body: SimJSON) throws(ElasticError) -> ElasticQuery {
        guard let member = body.members.first(where: { $0.key != "boost" }) else {
            throw .parsing("[range] query malformed, no field name")
        }
        let bounds = member.value
        let known = [
            "gt", "gte", "lt", "lte", "from", "to", "include_lower", "include_upper", "format", "time_zone", "boost",
            "relation",
        ]
        if let stranger = bounds.members.first(where: { !known.contains($0.key) }) {
            throw .parsing("[range] query does not support [\(stranger.key)]")
        }
        guard ElasticField(member.key)?.source == .timestamp else { return leaf(member.key, Self.between(bounds)) }
        var (lower, upper) = (Int64.min, Int64.max)
        for bound in bounds.members where !bound.value.isNull {
            switch bound.key {
            case "gte", "from": lower = max(lower, try DateMath.nanoseconds(bound.value, now: now, roundUp: false))
            case "gt": lower = max(lower, try DateMath.nanoseconds(bound.value, now: now, roundUp: true) + 1)
            case "lt": upper = min(upper, try DateMath.nanoseconds(bound.value, now: now, roundUp: false))
            case "lte", "to": upper = min(upper, try DateMath.nanoseconds(bound.value, now: now, roundUp: true) + 1)
            default: continue
            }
        }
        return lower < upper ? leaf(member.key, .time(lower..<upper)) : .none
    }

    private static func between(_ bounds: SimJSON) -> ElasticTest {
        let lower = bounds["gte"].isNull ? bounds["gt"] : bounds["gte"]
        let upper = bounds["lte"].isNull ? bounds["lt"] : bounds["lte"]
        return .between(
            lower: lower.isNull ? nil : bytes(lower), includesLower: !bounds["gte"].isNull,
            upper: upper.isNull ? nil : bytes(upper), includesUpper: !bounds["lte"].isNull)
    }

    private func multiMatch(_ body: SimJSON) throws(ElasticError) -> ElasticQuery {
        let fields = Self.fields(body["fields"])
        let type = body["type"].stringValue ?? "best_fields"
        let name = type == "phrase" ? "match_phrase" : type == "phrase_prefix" ? "match_phrase_prefix" : "match"
        var parts: [ElasticQuery] = []
        for field in fields {
            parts.append(leaf(field.name, try test(name, body["query"], body, isText: field.isText)))
        }
        return .or(parts, atLeast: 1)
    }

    private func queryString(_ body: SimJSON, isSimple: Bool) throws(ElasticError) -> ElasticQuery {
        guard let text = body["query"].stringValue else {
            throw .parsing("[\(isSimple ? "simple_query_string" : "query_string")] must be provided with a [query]")
        }
        let named =
            body["fields"].isNull && !body["default_field"].isNull
            ? SimJSON.array([body["default_field"]]) : body["fields"]
        let isAnd = body["default_operator"].stringValue?.lowercased() == "and"
        var parser = QueryStringParser(text, fields: Self.fields(named), isAnd: isAnd, isSimple: isSimple, now: now)
        return try parser.parse()
    }

    /// A test of a field that the mapping does not have fails always.
    func leaf(_ name: String, _ test: ElasticTest) -> ElasticQuery {
        if name.contains("*") {
            return .or(Self.fields([.string(name)]).map { .leaf($0, test) }, atLeast: 1)
        }
        return ElasticField(name).map { .leaf($0, test) } ?? .none
    }

    /// Field names with wildcards and boosts as fields; none named means every text field.
    static func fields(_ json: SimJSON) -> [ElasticField] {
        let names = json.items.compactMap(\.stringValue).map { String($0.prefix { $0 != "^" }) }
        guard !names.isEmpty else { return ElasticField.all.filter(\.isText) }
        return names.flatMap { name -> [ElasticField] in
            guard name.contains("*") else { return ElasticField(name).map { [$0] } ?? [] }
            let pattern = WildcardPattern(name)
            return ElasticField.all.filter { $0.isText && pattern.matches($0.name) }
        }
    }

    private static func minimum(_ json: SimJSON, of count: Int) -> Int? {
        if let number = json.intValue { return number < 0 ? count + number : number }
        guard let text = json.stringValue else { return nil }
        if let number = Int(text) { return number < 0 ? count + number : number }
        return text.hasSuffix("%") ? Int(text.dropLast()).map { count * $0 / 100 } : nil
    }

    static func bytes(_ json: SimJSON) -> [UInt8] { Array((json.stringValue ?? json.text).utf8) }

    private static func escaped(_ json: SimJSON) -> String {
        (json.stringValue ?? json.text).lowercased().reduce(into: "") { text, character in
            if "*?\\".contains(character) { text += "\\" }
            text.append(character)
        }
    }
}
