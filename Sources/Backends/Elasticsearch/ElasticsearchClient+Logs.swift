import HTTP
import JSON
import Model

extension ElasticsearchClient {
    /// The lines before `time` (inclusive), or before the page that `cursor` ends; at most `size` of them.
    public func page(
        _ query: ElasticsearchLogQuery, fields: ElasticsearchFields, before time: Timestamp,
        cursor: ElasticsearchCursor? = nil, size: Int = 500
    ) async throws -> ElasticsearchLogPage {
        let operation = "read older log lines of \(Self.words(for: query))"
        let body = Self.body(query, fields: fields, before: time, cursor: cursor, size: size)
        let answer = try await caller.json(operation, request(indexAddress("_search"), body: body))
        guard let hits = answer["hits"]?["hits"], hits.kind == .array else {
            throw caller.failure(operation, .garbage("it holds no hits; is this an Elasticsearch?"))
        }
        if answer["_shards"]?["total"]?.int == 0 {
            throw caller.failure(operation, .missing("index that matches \(index); check index in the configuration"))
        }
        let documents = hits.elements.compactMap { ElasticsearchHit($0, query: query, fields: fields) }
        let older = hits.count < size ? nil : Self.cursor(after: documents, from: cursor)
        return ElasticsearchLogPage(
            lines: Self.lines(of: documents), older: older, notices: Self.notices(in: answer))
    }

    private static func words(for query: ElasticsearchLogQuery) -> String {
        query.pods.count == 1 ? "\(query.namespace)/\(query.pods[0])" : "\(query.pods.count) pods in \(query.namespace)"
    }

    /// The edge moves down; what was seen at the same edge before still counts.
    private static func cursor(
        after documents: [ElasticsearchHit], from cursor: ElasticsearchCursor?
    ) -> ElasticsearchCursor? {
        guard let edge = documents.last?.sort else { return nil }
        let atEdge = documents.filter { $0.sort == edge }.map(\.id)
        return ElasticsearchCursor(edge: edge, seen: (cursor?.edge == edge ? cursor?.seen ?? [] : []) + atEdge)
    }

    private static func lines(of documents: [ElasticsearchHit]) -> [LogLine] {
        // Within one time the answer keeps the order of writing, so only the times are turned round.
        let sorted = documents.enumerated().sorted {
            ($0.element.line.time, $0.offset) < ($1.element.line.time, $1.offset)
        }
        return PartialLines.joined(sorted.map(\.element))
    }

    private static func notices(in answer: JSONValue) -> [String] {
        var notices: [String] = []
        if let failed = answer["_shards"]?["failed"]?.int, failed > 0 {
            let total = answer["_shards"]?["total"]?.int ?? failed
            let reason = answer["_shards"]?["failures"]?[0]?["reason"]?["reason"]?.string
            notices.append("\(failed) of \(total) shards did not answer" + (reason.map { ": \($0)" } ?? ""))
        }
        if answer["timed_out"]?.bool == true { notices.append("the search timed out: lines may be missing") }
        return notices
    }

    static func body(
        _ query: ElasticsearchLogQuery, fields: ElasticsearchFields, before time: Timestamp,
        cursor: ElasticsearchCursor?, size: Int
    ) -> JSONLiteral {
        let range: JSONLiteral = ["lte": .integer(upperMilliseconds(time)), "format": "epoch_millis"]
        var filters: [JSONLiteral] = [["range": .object([(fields.time, range)])]]
        if !fields.namespace.isEmpty { filters.append(oneOf(fields.namespace, [query.namespace])) }
        if !query.pods.isEmpty { filters.append(oneOf(fields.pod, query.pods)) }
        if let container = query.container, !fields.container.isEmpty {
            filters.append(oneOf(fields.container, [container]))
        }
        var clauses: [(key: String, value: JSONLiteral)] = [("filter", .array(filters))]
        if let cursor {
            let seen = JSONLiteral.array(cursor.seen.map { .string($0) })
            clauses.append(("must_not", .array([["ids": ["values": seen]]])))
        }
        let newestFirst: JSONLiteral = ["order": "desc"]
        var body: [(key: String, value: JSONLiteral)] = [
            ("size", .integer(size)),
            ("track_total_hits", false),
            ("sort", .array([.object([(fields.time, newestFirst)])])),
            ("query", ["bool": .object(clauses)]),
            ("_source", .array(ElasticsearchHit.sources.map { .string($0) })),
        ]
        if let cursor { body.append(("search_after", .array([.integer(cursor.edge + 1)]))) }
        return .object(body)
    }

    /// Equal to one of the values in one of the fields.
    private static func oneOf(_ fields: [ElasticsearchFields.Field], _ values: [String]) -> JSONLiteral {
        var choices: [JSONLiteral] = []
        for field in fields {
            if field.isAnalysed {
                choices += values.map { ["match_phrase": .object([(field.name, .string($0))])] }
            } else {
                choices.append(["terms": .object([(field.name, .array(values.map { .string($0) }))])])
            }
        }
        guard choices.count != 1 else { return choices[0] }
        return ["bool": ["should": .array(choices), "minimum_should_match": 1]]
    }

    /// Whole milliseconds at or after the time: most indices keep no more, and doubles at the seam are found anyway.
    private static func upperMilliseconds(_ time: Timestamp) -> Int {
        Int((time.nanoseconds + 999_999) / 1_000_000)
    }
}
