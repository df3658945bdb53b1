/// Backslash sequences in texts, as `echo -e`, `printf` and `$'…'` know them.
enum EscapeText {
    static func decoded(_ text: String) -> String { String(decoding: bytes(text), as: UTF8.self) }

    /// The bytes a text with sequences stands for; unknown ones stay as they are.
    static func bytes(_ text: String) -> [UInt8] {
        let source = Array(text.utf8)
        var out: [UInt8] = []
        var at = 0
        while at < source.count {
            guard source[at] == UInt8(ascii: "\\"), at + 1 < source.count else {
                out.append(source[at])
                at += 1
                continue
            }
            at += 1
            if let simple = simple[source[at]] {
                out.append(simple)
                at += 1
            } else if source[at] == UInt8(ascii: "x") {
                at += 1
                let digits = source[at...].prefix(2).prefix { hexValue($0) != nil }
                out.append(digits.reduce(0) { $0 << 4 | (hexValue($1) ?? 0) })
                at += digits.count
            } else if (0x30...0x37).contains(source[at]) {
                let digits = source[at...].prefix(source[at] == 0x30 ? 4 : 3).prefix { (0x30...0x37).contains($0) }
                out.append(UInt8(truncatingIfNeeded: digits.reduce(0) { $0 << 3 | Int($1 - 0x30) }))
                at += digits.count
            } else {
                out += [UInt8(ascii: "\\"), source[at]]
                at += 1
            }
        }
        return out
    }

    private static let simple: [UInt8: UInt8] = [
        UInt8(ascii: "n"): 0x0a, UInt8(ascii: "t"): 0x09, UInt8(ascii: "r"): 0x0d, UInt8(ascii: "a"): 0x07,
        UInt8(ascii: "b"): 0x08, UInt8(ascii: "f"): 0x0c, UInt8(ascii: "v"): 0x0b, UInt8(ascii: "e"): 0x1b,
        UInt8(ascii: "\\"): 0x5c,
    ]

    private static func hexValue(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 0x30...0x39: byte - 0x30
        case 0x41...0x46: byte - 0x37
        case 0x61...0x66: byte - 0x57
        default: nil
        }
    }
}
