/// What a person searches or filters for: plain text, a regular expression, or letters in order. Works on bytes, which
/// need not be valid UTF-8, and from any thread.
///
/// An empty source matches everything and marks nothing. A regular expression that would take very long on a text ends
/// there as no match, counted in `givenUp`.
public struct Pattern: Sendable {
    public enum Syntax: Hashable, Sendable { case text, regex, fuzzy }

    public let source: String
    public let syntax: Syntax
    public let isCaseSensitive: Bool

    private enum Engine {
        case everything
        case compiled(CompiledPattern)
        case fuzzy(FuzzyQuery)
    }

    private let engine: Engine

    /// Without `caseSensitive` the case counts as soon as the source has a capital letter (smart case).
    public init(_ source: String, syntax: Syntax, caseSensitive: Bool? = nil) throws(PatternError) {
        self.source = source
        self.syntax = syntax
        isCaseSensitive = caseSensitive ?? SmartCase.hasCapital(source, syntax: syntax)
        if source.isEmpty {
            engine = .everything
        } else if syntax == .fuzzy {
            engine = .fuzzy(FuzzyQuery(source, caseSensitive: isCaseSensitive))
        } else {
            engine = .compiled(
                try CompiledPattern(source, isLiteral: syntax == .text, isCaseSensitive: isCaseSensitive))
        }
    }

    /// How many texts this pattern was given up on because the match became too costly.
    public var givenUp: Int {
        guard case .compiled(let compiled) = engine else { return 0 }
        return compiled.givenUp.load(ordering: .relaxed)
    }

    public func matches(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        switch engine {
        case .everything: true
        case .compiled(let compiled): compiled.firstRange(in: bytes, from: 0) != nil
        case .fuzzy(let query): query.matches(bytes)
        }
    }

    public func matches(_ bytes: [UInt8]) -> Bool { bytes.withUnsafeBufferPointer(matches) }

    public func matches(_ text: String) -> Bool {
        var text = text
        return text.withUTF8(matches)
    }

    /// Where the first match at or behind `from` is, in bytes; nil when there is none.
    public func firstRange(in bytes: UnsafeBufferPointer<UInt8>, from: Int = 0) -> Range<Int>? {
        switch engine {
        case .everything: from <= bytes.count ? from..<from : nil
        case .compiled(let compiled): compiled.firstRange(in: bytes, from: from)
        case .fuzzy(let query): query.match(in: bytes)?.ranges.first { $0.lowerBound >= from }
        }
    }

    /// Where to mark a text, in bytes: the first `limit` matches that are not empty, from left to right.
    public func ranges(in bytes: UnsafeBufferPointer<UInt8>, limit: Int = 256) -> [Range<Int>] {
        switch engine {
        case .everything: return []
        case .fuzzy(let query): return Array((query.match(in: bytes)?.ranges ?? []).prefix(limit))
        case .compiled(let compiled):
            var ranges: [Range<Int>] = []
            var from = 0
            while ranges.count < limit, let range = compiled.firstRange(in: bytes, from: from) {
                if !range.isEmpty { ranges.append(range) }
                // Behind an empty match the search goes on one character later.
                from = range.isEmpty ? bytes.nextCharacter(after: range.upperBound) : range.upperBound
            }
            return ranges
        }
    }

    /// The same for a text; the offsets count its UTF-8 bytes.
    public func ranges(in text: String, limit: Int = 256) -> [Range<Int>] {
        var text = text
        return text.withUTF8 { ranges(in: $0, limit: limit) }
    }

    /// How well a text answers a fuzzy pattern, higher is better; nil when it does not. Any other pattern scores 0 where
    /// it matches.
    public func fuzzyScore(_ text: String) -> Int? {
        guard case .fuzzy(let query) = engine else { return matches(text) ? 0 : nil }
        var text = text
        return text.withUTF8 { query.match(in: $0)?.score }
    }
}

extension Pattern: Hashable {
    public static func == (a: Pattern, b: Pattern) -> Bool {
        a.source == b.source && a.syntax == b.syntax && a.isCaseSensitive == b.isCaseSensitive
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(source)
        hasher.combine(syntax)
        hasher.combine(isCaseSensitive)
    }
}

extension UnsafeBufferPointer<UInt8> {
    /// The place of the next byte that starts a character; past the end at the end.
    fileprivate func nextCharacter(after place: Int) -> Int {
        var next = place + 1
        while next < count, self[next] & 0xC0 == 0x80 { next += 1 }
        return next
    }
}
