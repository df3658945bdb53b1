/// Everything that is wrong with one configuration file, in the order of its lines.
public struct ConfigurationError: Error, Sendable, Equatable, CustomStringConvertible {
    public struct Mistake: Sendable, Equatable {
        /// Counted from 1; 0 when it is about the file as a whole.
        public var line: Int
        public var words: String
        public init(line: Int, words: String) {
            self.line = line
            self.words = words
        }
    }

    /// As the person would name it.
    public var file: String
    public var mistakes: [Mistake]

    public init(file: String, mistakes: [Mistake]) {
        self.file = file
        self.mistakes = mistakes
    }

    /// One line a mistake: "config.yaml:3: unknown key …". Secrets are never quoted.
    public var message: String {
        mistakes
            .map { $0.line > 0 ? "\(file):\($0.line): \($0.words)" : "\(file): \($0.words)" }
            .joined(separator: "\n")
    }
    public var description: String { message }
}
