/// Writes JSON's pieces into bytes; what values and literals share.
enum JSONText {
    static func append(string: UnsafeBufferPointer<UInt8>, to out: inout [UInt8]) {
        out.append(UInt8(ascii: "\""))
        var plain = 0
        for (at, byte) in string.enumerated()
        where byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") {
            out.append(contentsOf: string[plain..<at])
            append(escaped: byte, to: &out)
            plain = at + 1
        }
        out.append(contentsOf: string[plain...])
        out.append(UInt8(ascii: "\""))
    }

    static func append(string: String, to out: inout [UInt8]) {
        var string = string
        string.withUTF8 { append(string: $0, to: &out) }
    }

    /// A double that is no number of JSON's (infinite or not a number) becomes null, as browsers do it.
    static func append(double: Double, to out: inout [UInt8]) {
        out.append(contentsOf: (double.isFinite ? double.description : "null").utf8)
    }

    private static func append(escaped byte: UInt8, to out: inout [UInt8]) {
        out.append(UInt8(ascii: "\\"))
        switch byte {
        case UInt8(ascii: "\n"): out.append(UInt8(ascii: "n"))
        case UInt8(ascii: "\t"): out.append(UInt8(ascii: "t"))
        case UInt8(ascii: "\r"): out.append(UInt8(ascii: "r"))
        case UInt8(ascii: "\""), UInt8(ascii: "\\"): out.append(byte)
        default:
            let digits = Array("0123456789abcdef".utf8)
            out.append(contentsOf: "u00".utf8)
            out.append(digits[Int(byte >> 4)])
            out.append(digits[Int(byte & 15)])
        }
    }
}
