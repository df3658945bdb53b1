import Model
import Yams

/// Collects what is wrong while a configuration is read, so that the person sees all of it at once.
final class ConfigurationMistakes {
    private(set) var list: [ConfigurationError.Mistake] = []
    func add(line: Int, _ words: String) { list.append(ConfigurationError.Mistake(line: line, words: words)) }
}

/// One place of a configuration file: its YAML node and its path in words ("environments.sandbox.jenkins").
///
/// Each reading function gives nil after it has noted why the value is not usable.
struct ConfigurationNode {
    let node: Node
    let path: String
    let mistakes: ConfigurationMistakes
    let line: Int

    init(_ node: Node, path: String, mistakes: ConfigurationMistakes) {
        self.node = node
        self.path = path
        self.mistakes = mistakes
        line = node.mark?.line ?? 0
    }

    /// The key was written without a value: `ui:` and nothing beneath.
    var isEmpty: Bool { node.scalar.map { $0.string.isEmpty && $0.style == .plain || $0.string == "null" } ?? false }

    func mistake(_ words: String) { mistakes.add(line: line, words) }

    /// The members of a mapping whose keys are fixed; any other key is a mistake.
    func members(_ known: [String]) -> [String: ConfigurationNode] {
        var members: [String: ConfigurationNode] = [:]
        for entry in entries() {
            guard known.contains(entry.key) else {
                mistakes.add(line: entry.keyLine, Self.unknown(entry.key, in: path, known: known))
                continue
            }
            members[entry.key] = entry.value
        }
        return members
    }

    /// The members of a mapping whose keys are the person's own, in order.
    func entries() -> [(key: String, keyLine: Int, value: ConfigurationNode)] {
        if isEmpty { return [] }
        guard case .mapping(let mapping) = node else {
            mistake("\(place) must be a mapping (NAME: VALUE), not \(kindWords)")
            return []
        }
        return mapping.compactMap { key, value in
            guard let name = key.scalar?.string else {
                mistakes.add(line: key.mark?.line ?? line, "the keys of \(place) must be plain words")
                return nil
            }
            let value = ConfigurationNode(value, path: path.isEmpty ? name : "\(path).\(name)", mistakes: mistakes)
            return (name, key.mark?.line ?? line, value)
        }
    }

    func text() -> String? {
        guard let text = node.scalar?.string, !text.isEmpty else {
            mistake("\(place) must be a text, not \(kindWords)")
            return nil
        }
        return text
    }

    func flag() -> Bool? {
        guard let flag = node.bool else {
            mistake("\(place) must be true or false, not \(valueWords)")
            return nil
        }
        return flag
    }

    func choice<Choice: RawRepresentable<String> & CaseIterable>(_ type: Choice.Type) -> Choice? {
        let words = Choice.allCases.map(\.rawValue)
        guard let choice = node.scalar.flatMap({ Choice(rawValue: $0.string) }) else {
            let nearest = node.scalar.flatMap { closestWord(to: $0.string, among: words) }
            let advice = nearest.map { "; did you mean \"\($0)\"?" } ?? ""
            mistake("\(place) must be one of \(words.joined(separator: ", ")), not \(valueWords)\(advice)")
            return nil
        }
        return choice
    }

    /// A list of texts; a single text counts as a list of one.
    func texts() -> [String]? {
        if let single = node.scalar?.string, !single.isEmpty { return [single] }
        guard case .sequence(let sequence) = node else {
            mistake("\(place) must be a list of texts, not \(kindWords)")
            return nil
        }
        return sequence.compactMap {
            ConfigurationNode($0, path: "each of \(path)", mistakes: mistakes).text()
        }
    }

    var place: String { path.isEmpty ? "the file" : path }

    /// The value as written, for values that hold no secret.
    var valueWords: String {
        guard let scalar = node.scalar else { return kindWords }
        return isEmpty ? "nothing" : "\"\(scalar.string)\""
    }

    var kindWords: String {
        switch node {
        case .mapping: "a mapping"
        case .sequence: "a list"
        default: isEmpty ? "nothing" : "a single value"
        }
    }

    static func unknown(_ key: String, in path: String, known: [String]) -> String {
        let start = path.isEmpty ? "unknown key \"\(key)\"" : "unknown key \"\(key)\" in \(path)"
        if let nearest = closestWord(to: key, among: known) { return "\(start); did you mean \"\(nearest)\"?" }
        return "\(start); it knows \(known.joined(separator: ", "))"
    }
}
