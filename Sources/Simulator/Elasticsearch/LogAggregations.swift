import Foundation

/// The `aggs` of a search, by name; fed with every hit.
final class LogAggregations {
    private var named: [(name: String, aggregation: LogAggregation)] = []

    /// - Parameter bounds: the stretch of time of the query, for histograms that choose their own interval.
    init(_ json: SimJSON, bounds: Range<Int64>, now: Date) throws(ElasticError) {
        for member in json.members {
            let kinds = member.value.members.filter { !["aggs", "aggregations", "meta"].contains($0.key) }
            guard let kind = kinds.first, kinds.count == 1 else {
                throw .parsing("Missing definition for aggregation [\(member.key)]")
            }
            let children = member.value["aggs"].isNull ? member.value["aggregations"] : member.value["aggs"]
            let aggregation = try LogAggregation(
                name: member.key, kind: kind.key, kind.value, children: children, bounds: bounds, now: now)
            named.append((member.key, aggregation))
        }
    }

    var needsText: Bool { named.contains { $0.aggregation.needsText } }

    func add(_ hit: LogHit) { for entry in named { entry.aggregation.add(hit) } }

    /// The answer's `aggregations`.
    var json: SimJSON { .object(SimObject(named.map { ($0.name, $0.aggregation.json) })) }
}
