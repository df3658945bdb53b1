extension SimJSON {
    /// The value as compact JSON, in UTF-8.
    public var bytes: [UInt8] {
        var out: [UInt8] = []
        out.reserveCapacity(512)
        write(to: &out)
        return out
    }

    /// The value as compact JSON text.
    public var text: String { String(decoding: bytes, as: UTF8.self) }

    /// Appends the value as compact JSON. `<`, `>` and `&` are escaped as Go's encoder does, so that the bytes equal a
    /// real API server's.
    public func write(to out: inout [UInt8]) {
        switch self {
        case .null: out.append(literal: "null")
        case .bool(let value): out.append(literal: value ? "true" : "false")
        case .int(let value): out.append(number: value)
        case .double(let value): out.append(literal: Self.text(of: value))
        case .string(let value): out.append(quoted: value)
        case .array(let items):
            out.append(UInt8(ascii: "["))
            for (index, item) in items.enumerated() {
                if index > 0 { out.append(UInt8(ascii: ",")) }
                item.write(to: &out)
            }
            out.append(UInt8(ascii: "]"))
        case .object(let object):
            out.append(UInt8(ascii: "{"))
            var isFirst = true
            for member in object.members {
                if !isFirst { out.append(UInt8(ascii: ",")) }
                isFirst = false
                out.append(quoted: member.key)
                out.append(UInt8(ascii: ":"))
                member.value.write(to: &out)
            }
            out.append(UInt8(ascii: "}"))
        }
    }

    private static func text(of value: Double) -> String {
        guard value.isFinite else { return "null" }
        guard let whole = Int(exactly: value) else { return "\(value)" }
        return "\(whole)"
    }
}

extension [UInt8] {
    /// Appends an ASCII literal.
    mutating func append(literal: String) {
        var literal = literal
        literal.withUTF8 { append(contentsOf: $0) }
    }

    /// Appends a decimal number.
    mutating func append(number: Int) {
        guard number >= 0 else { return append(literal: "\(number)") }
        var digits: (UInt64, UInt64, UInt64) = (0, 0, 0)
        Swift.withUnsafeMutableBytes(of: &digits) { buffer in
            var rest = number
            var index = buffer.count
            repeat {
                index -= 1
                buffer[index] = UInt8(ascii: "0") + UInt8(rest % 10)
                rest /= 10
            } while rest > 0
            append(contentsOf: buffer[index...])
        }
    }

    /// Appends a JSON string with its quotes.
    mutating func append(quoted text: String) {
        append(UInt8(ascii: "\""))
        var text = text
        text.withUTF8 { buffer in
            var start = 0
            for index in buffer.indices {
                let byte = buffer[index]
                guard Self.mustEscape(buffer, index) else { continue }
                append(contentsOf: buffer[start..<index])
                if byte == 0xe2 {
                    append(literal: buffer[index + 2] == 0xa8 ? "\\u2028" : "\\u2029")
                    start = index + 3
                } else {
                    appendEscape(of: byte)
                    start = index + 1
                }
            }
            append(contentsOf: buffer[start...])
        }
        append(UInt8(ascii: "\""))
    }

    /// Control characters, quotes, backslashes, and what Go's encoder escapes besides: `<`, `>`, `&`, U+2028, U+2029.
    private static func mustEscape(_ buffer: UnsafeBufferPointer<UInt8>, _ index: Int) -> Bool {
        let byte = buffer[index]
        if byte >= 0x20, byte < 0x7f {
            return byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") || byte == UInt8(ascii: "<")
                || byte == UInt8(ascii: ">") || byte == UInt8(ascii: "&")
        }
        if byte < 0x20 { return true }
        return byte == 0xe2 && index + 2 < buffer.count && buffer[index + 1] == 0x80 && buffer[index + 2] & 0xfe == 0xa8
    }

    private mutating func appendEscape(of byte: UInt8) {
        switch byte {
        case UInt8(ascii: "\""): append(literal: "\\\"")
        case UInt8(ascii: "\\"): append(literal: "\\\\")
        case 0x0a: append(literal: "\\n")
        case 0x0d: append(literal: "\\r")
        case 0x09: append(literal: "\\t")
        case 0x08: append(literal: "\\b")
        case 0x0c: append(literal: "\\f")
        default:
            append(literal: "\\u00")
            append(Self.hex[Int(byte >> 4)])
            append(Self.hex[Int(byte & 15)])
        }
    }

    private static let hex = [UInt8]("0123456789abcdef".utf8)
}
