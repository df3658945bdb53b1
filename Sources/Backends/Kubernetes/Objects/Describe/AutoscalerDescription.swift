import JSON
import Model

/// A horizontal pod autoscaler: its bounds, and each measure against its target.
enum AutoscalerDescription {
    @Sendable static func of(_ object: JSONValue) -> KindDescription {
        var result = KindDescription()
        let target = object["spec"]?["scaleTargetRef"]
        if let target { result.say("Scales", "\(target.text("kind")) \(target.text("name"))") }
        result.facts += ObjectFacts.rows(
            [
                FactRow("At least", "spec", "minReplicas"), FactRow("At most", "spec", "maxReplicas"),
                FactRow("Replicas now", "status", "currentReplicas"),
                FactRow("Replicas wanted", "status", "desiredReplicas"),
                FactRow("Last scaled", "status", "lastScaleTime"),
            ], of: object)
        let current = object.list("status", "currentMetrics")
        let measures = object.list("spec", "metrics").enumerated().map { index, metric in
            measure(metric, index < current.count ? current[index] : nil)
        }
        result.section("Measures", measures)
        if let target {
            result.link("scales", target.text("kind"), object.text("metadata", "namespace"), target.text("name"))
        }
        return result
    }

    private static func measure(_ metric: JSONValue, _ current: JSONValue?) -> ObjectDocument.Fact {
        let type = metric.text("type")
        let key = type.prefix(1).lowercased() + type.dropFirst()
        guard let source = metric[key] else { return .init(type, "") }
        let name = source.text("name").isEmpty ? source.text("metric", "name") : source.text("name")
        let now = current?[key]?["current"].map(amount) ?? "unknown"
        return .init(name.isEmpty ? type : name, "\(now) of \(source["target"].map(amount) ?? "")")
    }

    private static func amount(_ value: JSONValue) -> String {
        if let percent = value.number("averageUtilization") { return "\(percent)%" }
        let average = value.text("averageValue")
        return average.isEmpty ? value.text("value") : average
    }
}
