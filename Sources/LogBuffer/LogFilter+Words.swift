import Model
import Pattern

extension LogFilter {
    /// Reads what a person types: `text`, `/regex/`, `!not`, `level:warn`, in any mix; every word must hold.
    public init(words: String) throws(PatternError) {
        self.init()
        for word in Self.split(words) {
            if word.lowercased().hasPrefix("level:") {
                minimumLevel = Self.level(word.dropFirst(6).lowercased())
                continue
            }
            let isNegated = word.count > 1 && word.hasPrefix("!")
            let pattern = try Self.pattern(isNegated ? word.dropFirst() : word[...])
            if isNegated { exclude.append(pattern) } else { include.append(pattern) }
        }
    }

    /// One search: a text with its blanks, or a /regex/.
    public init(search: String) throws(PatternError) {
        self.init(include: search.isEmpty ? [] : [try Self.pattern(search[...])])
    }

    private static func pattern(_ word: Substring) throws(PatternError) -> Pattern {
        guard word.count > 1, word.hasPrefix("/") else { return try Pattern(String(word), syntax: .text) }
        let body = word.dropFirst()
        return try Pattern(String(body.hasSuffix("/") ? body.dropLast() : body), syntax: .regex)
    }

    /// At blanks, but not inside `/…/` or quotes.
    private static func split(_ text: String) -> [String] {
        var words: [String] = []
        var current = ""
        var closing: Character?
        for character in text {
            if let close = closing {
                if character == close { closing = nil }
                if close != "\"" || character != "\"" { current.append(character) }
            } else if character == " " {
                if !current.isEmpty { words.append(current) }
                current = ""
            } else if character == "\"" {
                closing = "\""
            } else {
                if character == "/", current.isEmpty || current == "!" { closing = "/" }
                current.append(character)
            }
        }
        return current.isEmpty ? words : words + [current]
    }

    private static func level(_ word: String) -> LogLevel {
        switch word.prefix(1) {
        case "t": .trace
        case "d": .debug
        case "i": .info
        case "w": .warning
        case "e": .error
        case "f", "c": .fatal
        default: .unknown
        }
    }
}

extension LogSnapshot {
    /// Where the included patterns of a filter are found in a line, in bytes of its text.
    public func ranges(of filter: LogFilter, at position: Int) -> [Range<Int>] {
        filter.include.flatMap { ranges(of: $0, at: position) }
    }
}
