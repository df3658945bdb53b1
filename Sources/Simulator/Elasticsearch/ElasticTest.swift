/// What a leaf of a query asks of one field.
enum ElasticTest: Sendable {
    /// One of these, as they are: whole values of keywords, single words of texts.
    case terms([[UInt8]])
    /// So many of these words at least.
    case words([[UInt8]], atLeast: Int)
    /// These words in a row; the last may be the beginning of one.
    case phrase([[UInt8]], lastIsPrefix: Bool)
    case prefix([UInt8])
    case wildcard(WildcardPattern, ignoringCase: Bool)
    case pattern(ElasticPattern)
    case exists
    /// Nanoseconds since 1970.
    case time(Range<Int64>)
    /// Between two values by their bytes.
    case between(lower: [UInt8]?, includesLower: Bool, upper: [UInt8]?, includesUpper: Bool)

    /// Whether a value of a field passes.
    func matches(_ value: [UInt8], of field: ElasticField) -> Bool {
        switch self {
        case .exists: true
        case .time: false
        case .words(let words, let atLeast):
            field.isText ? Self.words(value, words, atLeast) : words.contains(value)
        case .phrase(let words, let lastIsPrefix):
            field.isText ? Self.phrase(value, words, lastIsPrefix) : words.contains(value)
        case .terms(let terms):
            field.isText ? Self.anyToken(value, ofThose: terms) : terms.contains(value)
        case .prefix(let prefix): Self.any(value, field) { $0.starts(with: prefix) }
        case .wildcard(let pattern, let ignoringCase):
            Self.any(value, field) { pattern.matches(ignoringCase ? $0.map(Self.lower) : $0) }
        case .pattern(let pattern): Self.any(value, field) { pattern.matches($0) }
        case .between(let lower, let includesLower, let upper, let includesUpper):
            Self.any(value, field) { token in
                let isAbove = lower.map { includesLower ? !Self.less(token, $0) : Self.less($0, token) } ?? true
                let isBelow = upper.map { includesUpper ? !Self.less($0, token) : Self.less(token, $0) } ?? true
                return isAbove && isBelow
            }
        }
    }

    /// Texts are asked word by word, keywords as a whole.
    private static func any(_ value: [UInt8], _ field: ElasticField, _ passes: ([UInt8]) -> Bool) -> Bool {
        field.isText ? TextAnalysis.tokens(value).contains(where: passes) : passes(value)
    }

    private static func anyToken(_ value: [UInt8], ofThose terms: [[UInt8]]) -> Bool {
        guard terms.contains(where: { TextAnalysis.contains(value, $0) }) else { return false }
        return TextAnalysis.tokens(value).contains { terms.contains($0) }
    }

    private static func words(_ value: [UInt8], _ words: [[UInt8]], _ atLeast: Int) -> Bool {
        let present = words.filter { TextAnalysis.contains(value, $0) }
        guard present.count >= atLeast, atLeast > 0 else { return false }
        let tokens = Set(TextAnalysis.tokens(value))
        return present.filter { tokens.contains($0) }.count >= atLeast
    }

    private static func phrase(_ value: [UInt8], _ words: [[UInt8]], _ lastIsPrefix: Bool) -> Bool {
        guard !words.isEmpty, words.allSatisfy({ TextAnalysis.contains(value, $0) }) else { return false }
        let tokens = TextAnalysis.tokens(value)
        guard tokens.count >= words.count else { return false }
        return (0...(tokens.count - words.count)).contains { start in
            words.indices.allSatisfy { index in
                let token = tokens[start + index]
                return index == words.count - 1 && lastIsPrefix
                    ? token.starts(with: words[index]) : token == words[index]
            }
        }
    }

    private static func less(_ one: [UInt8], _ other: [UInt8]) -> Bool { one.lexicographicallyPrecedes(other) }
    static func lower(_ byte: UInt8) -> UInt8 { (0x41...0x5A).contains(byte) ? byte | 0x20 : byte }
}
