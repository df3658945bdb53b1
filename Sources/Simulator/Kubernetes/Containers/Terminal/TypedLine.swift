/// How the line that is being typed is shown and edited.
enum TypedLine {
    /// How a typed byte is shown: control characters as `^C`.
    static func echo(_ byte: UInt8) -> [UInt8] {
        guard byte < 0x20, byte != 0x09, byte != 0x0a else { return [byte] }
        return [UInt8(ascii: "^"), byte + 0x40]
    }

    static func eraseCharacter(_ line: inout [UInt8]) -> [UInt8] {
        guard !line.isEmpty else { return [] }
        var scalar: [UInt8] = []
        repeat { scalar.insert(line.removeLast(), at: 0) } while scalar[0] & 0xc0 == 0x80 && !line.isEmpty
        return Array(repeatElement([0x08, 0x20, 0x08] as [UInt8], count: width(scalar)).joined())
    }

    static func eraseAll(_ line: inout [UInt8]) -> [UInt8] {
        var out: [UInt8] = []
        while !line.isEmpty { out += eraseCharacter(&line) }
        return out
    }

    static func eraseWord(_ line: inout [UInt8]) -> [UInt8] {
        var out: [UInt8] = []
        while line.last == 0x20 { out += eraseCharacter(&line) }
        while let last = line.last, last != 0x20 { out += eraseCharacter(&line) }
        return out
    }

    /// Columns of one scalar as its echo filled them.
    private static func width(_ bytes: [UInt8]) -> Int {
        String(decoding: bytes, as: UTF8.self).unicodeScalars.first.map(width) ?? 1
    }

    /// Columns of a scalar; a control character is shown as `^C`.
    static func width(_ scalar: Unicode.Scalar) -> Int {
        switch scalar.value {
        case ..<0x20: 2
        case 0x300...0x36f: 0
        case 0x1100...0x115f, 0x2e80...0xa4cf, 0xac00...0xd7a3, 0xf900...0xfaff, 0xff00...0xff60, 0x1f300...0x1faff: 2
        default: 1
        }
    }
}
