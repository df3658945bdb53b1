/// Former answers by the name of their prompt, newest last; a value, so that the assembly can keep it between sessions.
public struct History: Sendable, Hashable {
    public private(set) var lines: [String: [String]]
    private static let limit = 200

    public init(lines: [String: [String]] = [:]) { self.lines = lines.mapValues { $0.suffix(Self.limit) } }

    /// The answers of one prompt, newest last.
    public subscript(name: String) -> [String] { lines[name] ?? [] }

    /// Adds an answer; one that was there moves to the end. Nothing is kept for "" or of blanks.
    public mutating func add(_ line: String, to name: String) {
        guard !name.isEmpty, line.contains(where: { !$0.isWhitespace }) else { return }
        var list = lines[name] ?? []
        list.removeAll { $0 == line }
        list.append(line)
        lines[name] = Array(list.suffix(Self.limit))
    }
}
