/// Whole-number expressions of `$((…))`.
struct Arithmetic {
    private var rest: ArraySlice<Character>
    private let variables: [String: String]

    /// The value, or nil where the text is no expression; an unknown name counts as 0.
    static func value(_ text: String, variables: [String: String]) -> Int? {
        guard text.utf8.count <= 1000 else { return nil }
        var parser = Arithmetic(rest: Array(text)[...], variables: variables)
        guard let value = parser.binary(0) else { return nil }
        parser.skip()
        return parser.rest.isEmpty ? value : nil
    }

    private static let levels: [[String]] = [
        ["||"], ["&&"], ["==", "!="], ["<=", ">=", "<", ">"], ["+", "-"], ["*", "/", "%"],
    ]

    private mutating func skip() { rest = rest.drop { $0.isWhitespace } }

    private mutating func take(_ symbols: [String]) -> String? {
        skip()
        guard let symbol = symbols.first(where: { rest.starts(with: $0) }) else { return nil }
        rest = rest.dropFirst(symbol.count)
        return symbol
    }

    private mutating func binary(_ level: Int) -> Int? {
        guard level < Self.levels.count else { return unary() }
        guard var left = binary(level + 1) else { return nil }
        while let symbol = take(Self.levels[level]) {
            guard let right = binary(level + 1), let value = Self.apply(symbol, left, right) else { return nil }
            left = value
        }
        return left
    }

    private static func apply(_ symbol: String, _ left: Int, _ right: Int) -> Int? {
        switch symbol {
        case "||": left != 0 || right != 0 ? 1 : 0
        case "&&": left != 0 && right != 0 ? 1 : 0
        case "==": left == right ? 1 : 0
        case "!=": left != right ? 1 : 0
        case "<=": left <= right ? 1 : 0
        case ">=": left >= right ? 1 : 0
        case "<": left < right ? 1 : 0
        case ">": left > right ? 1 : 0
        case "+": left &+ right
        case "-": left &- right
        case "*": left &* right
        case "/": right == 0 ? nil : left.dividedReportingOverflow(by: right).partialValue
        default: right == 0 ? nil : left.remainderReportingOverflow(dividingBy: right).partialValue
        }
    }

    private mutating func unary() -> Int? {
        if take(["-"]) != nil { return unary().map { 0 &- $0 } }
        if take(["+"]) != nil { return unary() }
        if take(["!"]) != nil { return unary().map { $0 == 0 ? 1 : 0 } }
        if take(["("]) != nil {
            guard let value = binary(0), take([")"]) != nil else { return nil }
            return value
        }
        skip()
        let word = rest.prefix { $0.isLetter || $0.isNumber || $0 == "_" }
        guard let first = word.first else { return nil }
        rest = rest.dropFirst(word.count)
        if first.isNumber { return Int(String(word)) }
        return Int(variables[String(word)] ?? "0") ?? 0
    }
}
