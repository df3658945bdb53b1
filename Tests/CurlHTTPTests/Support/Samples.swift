/// Bytes that several tests send.
enum Samples {
    /// 262,144 zeros as `gzip -9n` packs them: 289 bytes, so also a small decompression bomb.
    static let zippedZeros =
        [UInt8](hex: "1f8b0800000000000203edc13101000000c2a0f54fed6d07a0") + [UInt8](repeating: 0, count: 254)
        + [UInt8](hex: "de0022ea0ee200000400")
}

extension [UInt8] {
    init(hex: String) {
        let digits = hex.utf8.compactMap { Character(UnicodeScalar($0)).hexDigitValue }
        self = stride(from: 0, to: digits.count, by: 2).map { UInt8(digits[$0] * 16 + digits[$0 + 1]) }
    }
}
