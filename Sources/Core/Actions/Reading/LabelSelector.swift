import Backends
import JSON

/// A label selector as objects hold it, applied here.
struct LabelSelector: Sendable {
    private let labels: [String: String]
    private let expressions: [(key: String, sign: String, values: [String])]
    /// One that is not there selects nothing.
    private let isAbsent: Bool

    /// `{matchLabels, matchExpressions}`; an empty one selects everything.
    init(_ selector: JSONValue?) {
        isAbsent = selector == nil || selector?.isNull == true
        labels = Self.map(selector?["matchLabels"])
        expressions =
            selector?.list("matchExpressions").map {
                ($0.text("key"), $0.text("operator"), $0.texts("values"))
            } ?? []
    }

    /// The bare map of services: an empty one selects nothing.
    init(bare selector: JSONValue?) {
        labels = Self.map(selector)
        expressions = []
        isAbsent = labels.isEmpty
    }

    func matches(_ present: [String: String]) -> Bool {
        guard !isAbsent, labels.allSatisfy({ present[$0.key] == $0.value }) else { return false }
        return expressions.allSatisfy { expression in
            let value = present[expression.key]
            switch expression.sign {
            case "In": return value.map { expression.values.contains($0) } ?? false
            case "NotIn": return value.map { !expression.values.contains($0) } ?? true
            case "Exists": return value != nil
            case "DoesNotExist": return value == nil
            default: return false
            }
        }
    }

    private static func map(_ value: JSONValue?) -> [String: String] {
        Dictionary((value?.map() ?? []).map { ($0.key, $0.value.scalarText ?? "") }) { $1 }
    }
}
