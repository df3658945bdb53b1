/// Finds the kind that a person means by a word: what `:` in the console and `midwatch get` accept.
///
/// A word is a plural, a singular, a short name or a kind, in any case, alone or with its group behind a dot
/// ("deployments.apps", "widget.lab", "cronjobs.v1.batch"; the beginning of a group will do). Where several groups have
/// the word, the server's order decides, which has the built-in groups first, as with kubectl.
public struct KindIndex: Sendable {
    public let kinds: [ResourceKind]

    public init(_ kinds: [ResourceKind]) { self.kinds = kinds.filter { $0.verbs.contains("list") } }

    public func resolve(_ word: String) -> ResourceKind? {
        let word = word.lowercased()
        if let kind = find(word, in: kinds) { return kind }
        guard let dot = word.firstIndex(of: ".") else { return nil }
        let (name, group) = (String(word[..<dot]), String(word[word.index(after: dot)...]))
        let exact = kinds.filter { $0.group == group || "\($0.version).\($0.group)" == group }
        return find(name, in: exact) ?? find(name, in: kinds.filter { $0.group.hasPrefix(group) })
    }

    /// Words that may have been meant, the likeliest first: what begins like it, then what is spelled nearly so.
    public func suggestions(for word: String, limit: Int = 5) -> [String] {
        let word = word.lowercased()
        let begun = kinds.filter { $0.plural.hasPrefix(word) || $0.singular.hasPrefix(word) }.map(\.plural)
        let near = closestWord(to: word, among: kinds.flatMap { [$0.plural, $0.singular] + $0.shortNames })
        var result: [String] = []
        for name in begun + (near.flatMap { resolve($0)?.plural }.map { [$0] } ?? []) where !result.contains(name) {
            result.append(name)
        }
        return Array(result.prefix(limit))
    }

    // A full name anywhere wins over a short name anywhere, as with kubectl.
    private func find(_ word: String, in kinds: [ResourceKind]) -> ResourceKind? {
        guard !word.isEmpty else { return nil }
        return kinds.first { $0.plural == word } ?? kinds.first { $0.singular == word }
            ?? kinds.first { $0.shortNames.contains(word) } ?? kinds.first { $0.kind.lowercased() == word }
    }
}
