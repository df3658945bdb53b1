import JSON

/// Whether labels answer to a selector as objects hold it.
enum LabelMatch {
    /// `{matchLabels, matchExpressions}`, or the bare map of services. An empty bare map selects nothing, as with services.
    static func matches(_ selector: JSONValue, _ labels: [String: String]) -> Bool {
        let isBare = selector["matchLabels"] == nil && selector["matchExpressions"] == nil
        if isBare, selector.count == 0 { return false }
        let pairs = (isBare ? selector : selector["matchLabels"]).map { Array($0.members) } ?? []
        return pairs.allSatisfy { labels[$0.key] == $0.value.string }
            && selector.list("matchExpressions").allSatisfy { matches(expression: $0, labels) }
    }

    private static func matches(expression: JSONValue, _ labels: [String: String]) -> Bool {
        let value = labels[expression.text("key")]
        let values = expression.texts("values")
        switch expression.text("operator") {
        case "In": return value.map { values.contains($0) } ?? false
        case "NotIn": return value.map { !values.contains($0) } ?? true
        case "Exists": return value != nil
        case "DoesNotExist": return value == nil
        default: return false
        }
    }
}
