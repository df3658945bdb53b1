import JSON
import Model

/// Facts that many kinds share.
enum ObjectFacts {
    typealias Fact = ObjectDocument.Fact

    /// The rows of a table that have a value.
    static func rows(_ rows: [FactRow], of object: JSONValue) -> [Fact] {
        rows.compactMap { row in
            let text = object.at(row.path).map(oneLine) ?? ""
            return text.isEmpty ? nil : Fact(row.name, text)
        }
    }

    /// A scalar, or the scalars of a list with commas, or the members of a map as "a=1, b=2".
    static func oneLine(_ value: JSONValue) -> String {
        switch value.kind {
        case .array: value.elements.map(oneLine).joined(separator: ", ")
        case .object: value.members.map { "\($0.key)=\(oneLine($0.value))" }.sorted().joined(separator: ", ")
        case .number: GoText.scalar(value)
        case .null: "null"
        default: value.scalarText ?? ""
        }
    }

    /// Labels or annotations, one a line.
    static func map(_ pairs: [(key: String, value: JSONValue)]) -> [Fact] {
        pairs.map { key, value in
            let text = value.string ?? oneLine(value)
            // kubectl apply's copy of the whole object says nothing new, and of a secret it says too much.
            guard key != "kubectl.kubernetes.io/last-applied-configuration" else {
                return Fact(key, "\(text.utf8.count) bytes", tone: .muted)
            }
            return Fact(key, text)
        }
    }

    static func conditions(_ object: JSONValue) -> [Fact] {
        var facts: [Fact] = []
        for condition in object.list("status", "conditions") {
            let (type, status) = (condition.text("type"), condition.text("status"))
            let tone = StatusTone.condition(type, status)
            let words = [status, condition.text("reason"), condition.text("message")].filter { !$0.isEmpty }
            facts.append(Fact(type, words.joined(separator: " · "), tone: tone))
            let since = condition.text("lastTransitionTime")
            if tone != .good, tone != .muted, !since.isEmpty {
                facts.append(Fact("since", since, tone: .muted, depth: 1))
            }
        }
        return facts
    }

    /// A label selector as `-l` has it; "" when there is none.
    static func selector(_ value: JSONValue?) -> String { value.map(LabelSelectorText.text) ?? "" }

    /// Everything below a value, nested, up to a bound: for kinds that nobody here knows.
    static func outline(_ value: JSONValue, without skipped: Set<String> = [], limit: Int = 300) -> [Fact] {
        var facts: [Fact] = []
        add(value, 0, limit, without: skipped, &facts)
        if facts.count >= limit { facts.append(Fact("…", "the rest is in the YAML", tone: .muted)) }
        return facts
    }

    private static func add(
        _ value: JSONValue, _ depth: Int, _ limit: Int, without skipped: Set<String> = [], _ facts: inout [Fact]
    ) {
        for (key, member) in value.members where !skipped.contains(key) {
            guard facts.count < limit else { return }
            let isDeep = depth >= 3
            switch member.kind {
            case .object where member.count > 0 && !isDeep:
                facts.append(Fact(key, "", depth: depth))
                add(member, depth + 1, limit, &facts)
            case .array where !isDeep && member.elements.contains { $0.kind == .object }:
                facts.append(Fact(key, "", depth: depth))
                for element in member.elements where facts.count < limit {
                    let title = ["name", "type", "key"].first { !element.text($0).isEmpty } ?? ""
                    facts.append(Fact("-", title.isEmpty ? oneLine(element) : element.text(title), depth: depth + 1))
                    if !title.isEmpty { add(element, depth + 2, limit, without: [title], &facts) }
                }
            default: facts.append(Fact(key, oneLine(member), depth: depth))
            }
        }
    }
}
