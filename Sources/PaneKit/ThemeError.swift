/// What is wrong with a theme file: where, what, and the nearest right word.
public struct ThemeError: Error, Hashable, CustomStringConvertible {
    public struct Mistake: Hashable, Sendable {
        public var line: Int
        public var text: String
    }
    public var file: String
    public var mistakes: [Mistake]

    public var description: String {
        mistakes.map { $0.line > 0 ? "\(file):\($0.line): \($0.text)" : "\(file): \($0.text)" }
            .joined(separator: "\n")
    }
}
