import Foundation

/// The pattern of `grep` and `sed`.
struct LineMatcher {
    private enum Kind {
        case fixed(String)
        case expression(NSRegularExpression)
    }

    private let kind: Kind

    init(_ pattern: String, isFixed: Bool, ignoresCase: Bool, isWord: Bool = false) throws {
        let isPlain = !pattern.contains { "\\^$.*[](){}+?|".contains($0) }
        if (isFixed || isPlain) && !ignoresCase && !isWord {
            kind = .fixed(pattern)
            return
        }
        var text = isFixed ? NSRegularExpression.escapedPattern(for: pattern) : pattern.replacing("\\|", with: "|")
        if isWord { text = "\\b(?:\(text))\\b" }
        do {
            kind = .expression(try NSRegularExpression(pattern: text, options: ignoresCase ? .caseInsensitive : []))
        } catch {
            throw ProgramError("bad regex '\(pattern)'", code: 2)
        }
    }

    func matches(_ text: String) -> Bool {
        switch kind {
        case .fixed(let part): part.isEmpty || text.contains(part)
        case .expression(let expression): expression.firstMatch(in: text, range: Self.whole(text)) != nil
        }
    }

    /// What matches, without the rest.
    func parts(_ text: String) -> [String] {
        switch kind {
        case .fixed(let part): Array(repeating: part, count: text.ranges(of: part).count)
        case .expression(let expression):
            expression.matches(in: text, range: Self.whole(text)).compactMap {
                Range($0.range, in: text).map { String(text[$0]) }
            }
        }
    }

    /// The text with the first match, or all, replaced; `\1` and `&` stand for what matched.
    func replaced(_ text: String, with template: String, all: Bool) -> String {
        switch kind {
        case .fixed(let part):
            return all ? text.replacing(part, with: template) : text.replacing(part, with: template, maxReplacements: 1)
        case .expression(let expression):
            var pattern = template.replacing("$", with: "\\$").replacing("&", with: "$0")
            for digit in 1...9 { pattern = pattern.replacing("\\\(digit)", with: "$\(digit)") }
            var range = Self.whole(text)
            if !all {
                guard let first = expression.firstMatch(in: text, range: range) else { return text }
                range = first.range
            }
            return expression.stringByReplacingMatches(in: text, range: range, withTemplate: pattern)
        }
    }

    private static func whole(_ text: String) -> NSRange { NSRange(text.startIndex..., in: text) }
}
