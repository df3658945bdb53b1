import Foundation

/// A parsed `labelSelector`: `a=b,c!=d,e in (f,g),h notin (i),j,!k`.
struct LabelSelector: Sendable, Equatable {
    enum Requirement: Sendable, Equatable {
        case isIn(String, Set<String>)
        case isNotIn(String, Set<String>)
        case exists(String)
        case isAbsent(String)
    }

    var requirements: [Requirement] = []

    /// Throws the message that a real server answers with 400.
    init(_ text: String) throws(APIStatus) {
        var rest = Substring(text.trimmingCharacters(in: .whitespaces))
        while !rest.isEmpty {
            requirements.append(try Self.requirement(&rest))
            rest = rest.drop { $0 == " " }
            guard !rest.isEmpty else { return }
            guard rest.first == "," else { throw Self.problem("found '\(rest)', expected: ',' or 'end of string'") }
            rest = rest.dropFirst().drop { $0 == " " }
        }
    }

    /// The selector of a workload: `matchLabels` and `matchExpressions`.
    init(workload selector: SimJSON) {
        for label in selector["matchLabels"].members {
            requirements.append(.isIn(label.key, [label.value.stringValue ?? ""]))
        }
        for expression in selector["matchExpressions"].items {
            let key = expression["key"].stringValue ?? ""
            let values = Set(expression["values"].items.compactMap(\.stringValue))
            switch expression["operator"].stringValue {
            case "In": requirements.append(.isIn(key, values))
            case "NotIn": requirements.append(.isNotIn(key, values))
            case "Exists": requirements.append(.exists(key))
            default: requirements.append(.isAbsent(key))
            }
        }
    }

    func matches(_ labels: SimJSON) -> Bool {
        requirements.allSatisfy { requirement in
            switch requirement {
            case .isIn(let key, let values): labels[key].stringValue.map { values.contains($0) } ?? false
            case .isNotIn(let key, let values): labels[key].stringValue.map { !values.contains($0) } ?? true
            case .exists(let key): !labels[key].isNull
            case .isAbsent(let key): labels[key].isNull
            }
        }
    }

    private static func problem(_ text: String) -> APIStatus {
        .badRequest("unable to parse requirement: \(text)")
    }

    private static func word(_ rest: inout Substring) -> String {
        rest = rest.drop { $0 == " " }
        let word = rest.prefix { !" ,()=!".contains($0) }
        rest = rest.dropFirst(word.count).drop { $0 == " " }
        return String(word)
    }

    private static func requirement(_ rest: inout Substring) throws(APIStatus) -> Requirement {
        if rest.first == "!" {
            rest = rest.dropFirst()
            return .isAbsent(word(&rest))
        }
        let key = word(&rest)
        guard !key.isEmpty else {
            throw problem("found '\(rest.prefix(1))', expected: !, identifier, or 'end of string'")
        }
        if rest.isEmpty || rest.first == "," { return .exists(key) }
        if rest.hasPrefix("!=") {
            rest = rest.dropFirst(2)
            return .isNotIn(key, [word(&rest)])
        }
        if rest.first == "=" {
            rest = rest.drop { $0 == "=" }
            return .isIn(key, [word(&rest)])
        }
        let relation = word(&rest)
        guard relation == "in" || relation == "notin" else {
            throw problem("found '\(relation)', expected: in, notin, =, ==, !=, gt, lt")
        }
        let values = try set(&rest)
        return relation == "in" ? .isIn(key, values) : .isNotIn(key, values)
    }

    private static func set(_ rest: inout Substring) throws(APIStatus) -> Set<String> {
        guard rest.first == "(" else { throw problem("found '\(rest.prefix(1))' expected: '('") }
        rest = rest.dropFirst()
        var values: Set<String> = []
        while true {
            values.insert(word(&rest))
            switch rest.first {
            case ",": rest = rest.dropFirst()
            case ")":
                rest = rest.dropFirst()
                return values
            default: throw problem("found '\(rest.prefix(1))', expected: ',', ')' or identifier")
            }
        }
    }
}
