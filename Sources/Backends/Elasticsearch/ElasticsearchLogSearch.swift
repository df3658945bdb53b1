import JSON
import Model

/// The body of one `_search` for log lines, newest first.
struct ElasticsearchLogSearch {
    let query: ElasticsearchLogQuery
    let fields: ElasticsearchFields
    let before: Timestamp
    let cursor: ElasticsearchCursor?
    let size: Int

    var body: JSONLiteral {
        let newestFirst: JSONLiteral = ["order": "desc"]
        var body: [(key: String, value: JSONLiteral)] = [
            ("size", .integer(size)),
            ("track_total_hits", false),
            ("sort", .array([.object([(fields.time, newestFirst)])])),
            ("query", ["bool": .object(clauses)]),
            ("_source", texts(ElasticsearchHit.sources)),
        ]
        if let cursor { body.append(("search_after", .array([.integer(cursor.edge &+ 1)]))) }
        return .object(body)
    }

    private var clauses: [(key: String, value: JSONLiteral)] {
        let range: JSONLiteral = ["lte": .integer(upperMilliseconds), "format": "epoch_millis"]
        var filters: [JSONLiteral] = [["range": .object([(fields.time, range)])]]
        if !fields.namespace.isEmpty { filters.append(oneOf(fields.namespace, [query.namespace])) }
        filters.append(pods)
        if let container = query.container, !fields.container.isEmpty {
            filters.append(oneOf(fields.container, [container]))
        }
        var left = held
        if let cursor { left.append(["ids": ["values": texts(cursor.seen)]]) }
        guard !left.isEmpty else { return [("filter", .array(filters))] }
        return [("filter", .array(filters)), ("must_not", .array(left))]
    }

    /// More than a server takes gladly in one query; what is not left out comes twice and is found to be double.
    private static let mostHeld = 200

    /// What the reader has already. Analysed text cannot tell "api" from "api-2", so there nothing is left out.
    private var held: [JSONLiteral] {
        guard !fields.container.isEmpty, !(fields.pod + fields.container).contains(where: \.isAnalysed) else {
            return []
        }
        return query.held.prefix(Self.mostHeld).map { held in
            // The millisecond of the seam comes from both sides: an index keeps no more of the time than that.
            let from = held.since.nanoseconds / 1_000_000 + 1
            let range: JSONLiteral = ["gt": .integer(Int(from)), "format": "epoch_millis"]
            let parts = [
                oneOf(fields.pod, [held.pod]), oneOf(fields.container, [held.container]),
                ["range": .object([(fields.time, range)])],
            ]
            return ["bool": ["filter": .array(parts)]]
        }
    }

    private var pods: JSONLiteral {
        switch query.pods {
        case .named(let names): oneOf(fields.pod, names)
        case .ofWorkload(let kind, let name): anyOf(fields.pod.map { self.pods(of: kind, name, in: $0) })
        }
    }

    private static let longestWhole = 46

    /// Names as Kubernetes' controllers make them. Analysed text holds no whole names, so there it is only the beginning.
    private func pods(of kind: String, _ name: String, in field: ElasticsearchFields.Field) -> JSONLiteral {
        guard !field.isAnalysed else { return ["match_phrase_prefix": .object([(field.name, .string(name))])] }
        // Controllers cut names so that the whole fits into 63 characters.
        let isCut = name.count > Self.longestWhole
        let escaped = name.prefix(Self.longestWhole).replacing(".", with: "\\.")
        let tail =
            switch kind {
            case "Deployment": "-[a-z0-9]+-[a-z0-9]{5}"
            case "StatefulSet": "-[0-9]+"
            case "CronJob": "-[0-9]+-[a-z0-9]{5}"
            default: "-[a-z0-9]{5}"
            }
        return ["regexp": .object([(field.name, .string(escaped + (isCut ? ".+" : tail)))])]
    }

    /// Equal to one of the values in one of the fields.
    private func oneOf(_ fields: [ElasticsearchFields.Field], _ values: [String]) -> JSONLiteral {
        anyOf(
            fields.flatMap { field -> [JSONLiteral] in
                guard field.isAnalysed else { return [["terms": .object([(field.name, texts(values))])]] }
                return values.map { ["match_phrase": .object([(field.name, .string($0))])] }
            })
    }

    private func anyOf(_ choices: [JSONLiteral]) -> JSONLiteral {
        choices.count == 1 ? choices[0] : ["bool": ["should": .array(choices), "minimum_should_match": 1]]
    }

    private func texts(_ list: [String]) -> JSONLiteral { .array(list.map { .string($0) }) }

    /// Whole milliseconds at or after the time: most indices keep no more, and doubles at the seam are found anyway.
    private var upperMilliseconds: Int {
        let (whole, rest) = before.nanoseconds.quotientAndRemainder(dividingBy: 1_000_000)
        return Int(whole) + (rest > 0 ? 1 : 0)
    }
}
