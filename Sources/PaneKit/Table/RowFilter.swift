import Model
import Pattern

/// What `/` takes: words that all must match, in any mix of
/// `text`, `/regex/`, `!not`, `-f fuzzy`, `-l labels`, `COLUMN:word`, `!COLUMN:word` or `COLUMN:!word`.
///
/// Several words for one column are alternatives, as a person means when typing `STATUS:Crash STATUS:Error`.
public struct RowFilter: Sendable {
    struct Term: Sendable {
        /// Lower-case column title, nil for any cell.
        var column: String?
        var pattern: Pattern
        var isNegated: Bool
    }

    /// As typed.
    public let source: String
    let terms: [Term]
    /// The `-l` part, which the server evaluates.
    public let labelSelector: String
    /// What is wrong with the text, when something is; the rest of the filter works all the same.
    public let problem: String?

    public static let none = RowFilter("")

    public var isEmpty: Bool { terms.isEmpty }

    public init(_ source: String) {
        self.source = source
        var parser = FilterParser(source)
        parser.run()
        terms = parser.terms
        labelSelector = parser.labels.joined(separator: ",")
        problem = parser.problem
    }
}

/// Reads a filter word by word.
private struct FilterParser {
    var terms: [RowFilter.Term] = []
    var labels: [String] = []
    var problem: String?
    private var words: [String]

    init(_ source: String) { words = Self.split(source) }

    /// Blanks separate words, but not inside `/…/` or quotes.
    static func split(_ source: String) -> [String] {
        var words: [String] = []
        var current = ""
        var closing: Character?
        for character in source {
            if let close = closing {
                if character == close, !(close == "/" && current.hasSuffix("\\")) { closing = nil }
                if !(close == "\"" && closing == nil) { current.append(character) }
            } else if character == " " {
                if !current.isEmpty { words.append(current) }
                current = ""
            } else if character == "\"" {
                closing = "\""
            } else {
                if character == "/", opensRegex(current) { closing = "/" }
                current.append(character)
            }
        }
        if !current.isEmpty { words.append(current) }
        return words
    }

    private static func opensRegex(_ current: String) -> Bool {
        current.isEmpty || current == "!" || current.hasSuffix(":") || current.hasSuffix(":!")
    }

    mutating func run() {
        var index = 0
        while index < words.count {
            let word = words[index]
            let next = index + 1 < words.count ? words[index + 1] : nil
            switch word {
            case "-l":
                if let next { labels.append(next) }
                index += 2
            case "-f":
                if let next { add(next, .fuzzy, column: nil, isNegated: false) }
                index += 2
            default:
                addWord(word)
                index += 1
            }
        }
    }

    private mutating func addWord(_ word: String) {
        var rest = Substring(word)
        var isNegated = rest.first == "!"
        if isNegated { rest = rest.dropFirst() }
        var column: String?
        if rest.first != "/", let colon = rest.firstIndex(of: ":"), colon != rest.startIndex {
            column = rest[..<colon].lowercased()
            rest = rest[rest.index(after: colon)...]
            if rest.first == "!" {
                isNegated.toggle()
                rest = rest.dropFirst()
            }
        }
        guard !rest.isEmpty else { return }
        if rest.count > 1, rest.first == "/" {
            let body = rest.last == "/" ? rest.dropFirst().dropLast() : rest.dropFirst()
            if !body.isEmpty { add(String(body), .regex, column: column, isNegated: isNegated) }
        } else if rest != "/" {
            add(String(rest), .text, column: column, isNegated: isNegated)
        }
    }

    private mutating func add(_ text: String, _ syntax: Pattern.Syntax, column: String?, isNegated: Bool) {
        do {
            terms.append(
                RowFilter.Term(column: column, pattern: try Pattern(text, syntax: syntax), isNegated: isNegated))
        } catch {
            problem = "\(text): \(error.message)"
        }
    }
}
