import Foundation

/// One condition on a label: `name="value"`, `!=`, `=~`, `!~`; regular expressions match whole values.
struct AlertMatcher: Sendable, Equatable {
    var name: String
    var value: String
    var isRegex = false
    var isEqual = true

    /// Whether the labels meet it; a label that is not there counts as empty.
    func matches(_ labels: [String: String]) -> Bool {
        let actual = labels[name] ?? ""
        guard isRegex else { return (actual == value) == isEqual }
        // Checked when it was made; a pattern that Swift cannot read then matches nothing.
        guard let regex = try? Regex(value) else { return !isEqual }
        return (actual.wholeMatch(of: regex) != nil) == isEqual
    }
}

extension AlertMatcher {
    /// Reads what a `filter` parameter holds: one matcher, quoted or not; nil where it is none.
    init?(parsing text: String) {
        var rest = Substring(text.trimmingCharacters(in: .whitespaces))
        guard let name = Self.takeName(&rest) else { return nil }
        rest = rest.drop { $0 == " " }
        guard let sign = ["=~", "!~", "!=", "="].first(where: { rest.hasPrefix($0) }) else { return nil }
        let raw = rest.dropFirst(sign.count).trimmingCharacters(in: .whitespaces)
        guard let value = Self.unquoted(raw) else { return nil }
        self.init(name: name, value: value, isRegex: sign.hasSuffix("~"), isEqual: !sign.hasPrefix("!"))
        // A pattern that does not compile is a bad matcher, whatever the reason.
        if isRegex, (try? Regex(value)) == nil { return nil }
    }

    /// Reads several, with or without braces: `{a="b",c=~"d"}`; nil when one is none.
    static func list(parsing text: String) -> [AlertMatcher]? {
        var trimmed = Substring(text.trimmingCharacters(in: .whitespaces))
        if trimmed.hasPrefix("{"), trimmed.hasSuffix("}") { trimmed = trimmed.dropFirst().dropLast() }
        var matchers: [AlertMatcher] = []
        for part in split(trimmed) where !part.allSatisfy(\.isWhitespace) {
            guard let matcher = AlertMatcher(parsing: String(part)) else { return nil }
            matchers.append(matcher)
        }
        return matchers
    }

    private static func takeName(_ rest: inout Substring) -> String? {
        if rest.hasPrefix("\"") {
            guard let end = rest.dropFirst().firstIndex(of: "\"") else { return nil }
            defer { rest = rest[rest.index(after: end)...] }
            return String(rest[rest.index(after: rest.startIndex)..<end])
        }
        let name = rest.prefix { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_" || $0 == ":") }
        guard let first = name.first, !first.isNumber else { return nil }
        rest = rest[name.endIndex...]
        return String(name)
    }

    private static func unquoted(_ raw: String) -> String? {
        guard raw.hasPrefix("\"") else { return raw.contains("\"") ? nil : raw }
        guard raw.count >= 2, raw.hasSuffix("\"") else { return nil }
        var value = ""
        var isEscaped = false
        for character in raw.dropFirst().dropLast() {
            if isEscaped {
                value +=
                    character == "n" ? "\n" : character == "\"" || character == "\\" ? "\(character)" : "\\\(character)"
            } else if character == "\"" {
                return nil
            } else if character != "\\" {
                value.append(character)
            }
            isEscaped = character == "\\" && !isEscaped
        }
        return isEscaped ? nil : value
    }

    private static func split(_ text: Substring) -> [Substring] {
        var parts: [Substring] = []
        var start = text.startIndex
        var isQuoted = false
        var previous: Character = " "
        for index in text.indices {
            if text[index] == "\"", previous != "\\" { isQuoted.toggle() }
            if text[index] == ",", !isQuoted {
                parts.append(text[start..<index])
                start = text.index(after: index)
            }
            previous = text[index]
        }
        return parts + [text[start...]]
    }
}
