import HTTP
import JSON
import Model

extension ElasticsearchClient {
    /// The lines before `time` (inclusive), or before the page that `cursor` ends; at most `size` of them.
    public func page(
        _ query: ElasticsearchLogQuery, fields: ElasticsearchFields, before time: Timestamp,
        cursor: ElasticsearchCursor? = nil, size: Int = 500
    ) async throws -> ElasticsearchLogPage {
        let operation = "read older log lines of \(query.words)"
        let search = ElasticsearchLogSearch(query: query, fields: fields, before: time, cursor: cursor, size: size)
        let answer = try await caller.json(operation, request(indexAddress("_search"), body: search.body))
        guard let hits = answer["hits"]?["hits"], hits.kind == .array else {
            throw caller.failure(operation, .garbage("it holds no hits; is this an Elasticsearch?"))
        }
        if answer["_shards"]?["total"]?.int == 0 {
            throw caller.failure(operation, .missing("index that matches \(index); check index in the configuration"))
        }
        let documents = hits.elements.compactMap { ElasticsearchHit($0, query: query, fields: fields) }
        let older = hits.count < size ? nil : Self.cursor(after: hits, from: cursor)
        return ElasticsearchLogPage(
            lines: Self.lines(of: documents), older: older, notices: Self.notices(in: answer))
    }

    /// The edge moves down; what was seen at the same edge before still counts.
    private static func cursor(after hits: JSONValue, from cursor: ElasticsearchCursor?) -> ElasticsearchCursor? {
        let read = hits.elements.map { (sort: $0["sort"]?[0]?.int, id: $0["_id"]?.string ?? "") }
        guard let edge = read.last?.sort else { return nil }
        let atEdge = read.filter { $0.sort == edge }.map(\.id)
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
}
