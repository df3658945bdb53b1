/// What a plain word would be read as: everything that YAML 1.1 takes for a number, a truth, a date or nothing must be
/// quoted to stay a text.
enum YAMLMeaning {
    static func isText(_ text: String) -> Bool {
        guard let first = text.utf8.first else { return false }
        if words.contains(text) { return false }
        switch first {
        case UInt8(ascii: "."): return Double(text).map { _ in false } ?? true
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"):
            return !isNumber(text.replacing("_", with: "")) && !isDate(text) && !isBase60(text)
        default: return true
        }
    }

    private static let words: Set<String> = [
        "~", "null", "Null", "NULL", "y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON", "n", "N",
        "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF", ".nan", ".NaN", ".NAN", ".inf", ".Inf",
        ".INF", "+.inf", "+.Inf", "+.INF", "-.inf", "-.Inf", "-.INF",
    ]

    private static func isNumber(_ text: String) -> Bool {
        let digits = text.first == "+" || text.first == "-" ? text.dropFirst() : text[...]
        guard let first = digits.utf8.first else { return false }
        if digits.hasPrefix("0x") || digits.hasPrefix("0X") { return isInteger(digits.dropFirst(2), 16) }
        if digits.hasPrefix("0o") || digits.hasPrefix("0O") { return isInteger(digits.dropFirst(2), 8) }
        if digits.hasPrefix("0b") || digits.hasPrefix("0B") { return isInteger(digits.dropFirst(2), 2) }
        return (48...57).contains(first) || first == UInt8(ascii: ".") ? isFloat(digits) : false
    }

    private static func isInteger(_ digits: Substring, _ radix: Int) -> Bool {
        digits.utf8.first.map { $0 != 43 && $0 != 45 } ?? false && UInt64(digits, radix: radix) != nil
    }

    /// `(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?`, whole numbers included; one that is out of range is a text.
    private static func isFloat(_ text: Substring) -> Bool {
        var rest = text
        let whole = takeDigits(&rest)
        var fraction = 0
        let hasPoint = rest.first == "."
        if hasPoint {
            rest = rest.dropFirst()
            fraction = takeDigits(&rest)
        }
        guard whole > 0 || fraction > 0 else { return false }
        if rest.first == "e" || rest.first == "E" {
            rest = rest.dropFirst()
            if rest.first == "+" || rest.first == "-" { rest = rest.dropFirst() }
            guard takeDigits(&rest) > 0 else { return false }
        }
        let bare = hasPoint && fraction == 0 ? text.filter { $0 != "." } : String(text)
        return rest.isEmpty && Double(bare)?.isFinite ?? false
    }

    private static func takeDigits(_ text: inout Substring) -> Int {
        let digits = text.prefix { $0.isASCII && $0.isNumber }
        text = text.dropFirst(digits.count)
        return digits.count
    }

    /// "2026-1-2", or that with a time behind a T or a blank.
    private static func isDate(_ text: String) -> Bool {
        let parts = text.split(separator: "-", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0].count == 4, Int(parts[0]) != nil, let month = Int(parts[1]),
            parts[1].count <= 2,
            (1...12).contains(month)
        else { return false }
        var rest = parts[2]
        let day = takeDigits(&rest)
        guard day == 1 || day == 2, let number = Int(parts[2].prefix(day)), (1...31).contains(number) else {
            return false
        }
        return rest.isEmpty || isTime(rest)
    }

    private static func isTime(_ text: Substring) -> Bool {
        guard let mark = text.first, "Tt ".contains(mark) else { return false }
        var rest = text.dropFirst()
        for separator in [":", ":", ""] {
            guard (1...2).contains(takeDigits(&rest)), rest.hasPrefix(separator) else { return false }
            rest = rest.dropFirst(separator.count)
        }
        if rest.first == "." {
            rest = rest.dropFirst()
            guard takeDigits(&rest) > 0 else { return false }
        }
        if mark == " " { return rest.isEmpty }
        if rest == "Z" { return true }
        guard rest.first == "+" || rest.first == "-" else { return false }
        rest = rest.dropFirst()
        guard takeDigits(&rest) == 2, rest.first == ":" else { return false }
        rest = rest.dropFirst()
        return takeDigits(&rest) == 2 && rest.isEmpty
    }

    /// "1:30:00": a number to old readers.
    private static func isBase60(_ text: String) -> Bool {
        let unsigned = text.first == "+" || text.first == "-" ? text.dropFirst() : text[...]
        let parts = unsigned.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count > 1, let head = parts.first, head.first?.isNumber == true else { return false }
        guard head.allSatisfy({ $0.isNumber || $0 == "_" }) else { return false }
        return parts.dropFirst().dropLast().allSatisfy { isSixtieth($0) }
            && isSixtieth(parts[parts.count - 1].prefix { $0 != "." })
            && parts[parts.count - 1].drop { $0 != "." }.dropFirst().allSatisfy { $0.isNumber || $0 == "_" }
    }

    private static func isSixtieth(_ text: Substring) -> Bool {
        (1...2).contains(text.count) && text.allSatisfy(\.isNumber) && (Int(text) ?? 60) < 60
    }
}
