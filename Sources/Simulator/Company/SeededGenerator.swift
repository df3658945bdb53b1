/// Random numbers that are the same on every machine for the same seed (SplitMix64).
struct SeededGenerator: RandomNumberGenerator, Sendable {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    /// A generator for one named thing, so that adding a thing elsewhere changes nothing here.
    init(seed: UInt64, _ name: String) {
        self.init(seed: StableHash.mix(seed, StableHash.of(name)))
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        return StableHash.finish(state)
    }

    /// A string of `length` characters out of `alphabet`, for the names and ids that servers invent.
    mutating func string(_ length: Int, of alphabet: [UInt8]) -> String {
        String(decoding: (0..<length).map { _ in alphabet[Int(next() % UInt64(alphabet.count))] }, as: UTF8.self)
    }

    /// Lower-case hexadecimal digits, as in commits and container ids.
    mutating func hex(_ length: Int) -> String { string(length, of: Self.hexDigits) }

    /// What Kubernetes appends to generated names: no vowels and nothing that looks like another character.
    mutating func nameSuffix(_ length: Int = 5) -> String { string(length, of: Self.suffixLetters) }

    /// A version 4 UUID in lower case.
    mutating func uuid() -> String {
        var digits = Array(hex(32).utf8)
        digits[12] = UInt8(ascii: "4")
        digits[16] = Self.variantDigits[Int(next() % 4)]
        let text = String(decoding: digits, as: UTF8.self)
        let cuts = [0..<8, 8..<12, 12..<16, 16..<20, 20..<32]
        return cuts.map { text.dropFirst($0.lowerBound).prefix($0.count) }.joined(separator: "-")
    }

    private static let hexDigits = Array("0123456789abcdef".utf8)
    private static let suffixLetters = Array("bcdfghjklmnpqrstvwxz2456789".utf8)
    private static let variantDigits = Array("89ab".utf8)
}
