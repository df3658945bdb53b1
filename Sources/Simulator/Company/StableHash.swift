/// Hashes that stay the same from run to run, which Swift's own do not.
enum StableHash {
    /// FNV-1a over the UTF-8 of `text`.
    static func of(_ text: String) -> UInt64 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in text.utf8 {
            hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3
        }
        return hash
    }

    /// Two hashes made one; the order matters.
    static func mix(_ first: UInt64, _ second: UInt64) -> UInt64 {
        finish(first ^ (second &* 0x9E37_79B9_7F4A_7C15))
    }

    /// SplitMix64's last step: every bit of the input moves every bit of the output.
    static func finish(_ value: UInt64) -> UInt64 {
        var z = value
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
