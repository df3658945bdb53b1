import Pattern

/// The filter of short lists: words that must all be found, `!not`, `/regex/`.
public struct ListFilter: Sendable {
    public let source: String
    private var terms: [(pattern: Pattern, isNegated: Bool)] = []
    /// What is wrong with the text, if something is.
    public private(set) var problem: String?

    public var isEmpty: Bool { terms.isEmpty }

    public init(_ source: String) {
        self.source = source
        for word in source.split(separator: " ") {
            let isNegated = word.hasPrefix("!")
            let body = isNegated ? word.dropFirst() : word
            guard !body.isEmpty, body != "/" else { continue }
            let isRegex = body.hasPrefix("/")
            let text = isRegex ? (body.hasSuffix("/") ? body.dropFirst().dropLast() : body.dropFirst()) : body
            do {
                terms.append((try Pattern(String(text), syntax: isRegex ? .regex : .text), isNegated))
            } catch {
                problem = "\(text): \(error.message)"
            }
        }
    }

    public func matches(_ texts: [String]) -> Bool {
        terms.allSatisfy { term in texts.contains { term.pattern.matches($0) } != term.isNegated }
    }
}
