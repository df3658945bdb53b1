/// Why a text is no JSON: what was expected and at which byte.
public struct SimJSONError: Error, Equatable, CustomStringConvertible {
    public let expected: String
    public let offset: Int

    public var description: String { "cannot read JSON: expected \(expected) at byte \(offset)" }
}

extension SimJSON {
    /// Reads one JSON value; anything but white space after it is an error.
    public init(parsing bytes: some Sequence<UInt8>) throws(SimJSONError) {
        var parser = SimJSONParser(bytes: Array(bytes))
        self = try parser.document()
    }

    /// Reads one JSON value from text.
    public init(parsing text: String) throws(SimJSONError) {
        try self.init(parsing: text.utf8)
    }
}

/// A plain recursive reader of RFC 8259 with a limit of nesting; keys keep their order, the last of equal keys wins.
struct SimJSONParser {
    private let bytes: [UInt8]
    private var index = 0
    private var depth = 0

    init(bytes: [UInt8]) { self.bytes = bytes }

    mutating func document() throws(SimJSONError) -> SimJSON {
        let value = try value()
        skipSpace()
        guard index == bytes.count else { throw error("the end") }
        return value
    }

    private mutating func value() throws(SimJSONError) -> SimJSON {
        skipSpace()
        guard index < bytes.count else { throw error("a value") }
        switch bytes[index] {
        case UInt8(ascii: "{"): return try nested { (parser) throws(SimJSONError) in try parser.object() }
        case UInt8(ascii: "["): return try nested { (parser) throws(SimJSONError) in try parser.array() }
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        default: return try number()
        }
    }

    private mutating func nested(
        _ body: (inout SimJSONParser) throws(SimJSONError) -> SimJSON
    ) throws(SimJSONError) -> SimJSON {
        guard depth < 512 else { throw error("less nesting") }
        depth += 1
        defer { depth -= 1 }
        index += 1
        return try body(&self)
    }

    private mutating func object() throws(SimJSONError) -> SimJSON {
        var object = SimObject()
        if take("}") { return .object(object) }
        repeat {
            skipSpace()
            let key = try string()
            guard take(":") else { throw error("':'") }
            let value = try value()
            object[key] = value
        } while take(",")
        guard take("}") else { throw error("',' or '}'") }
        return .object(object)
    }

    private mutating func array() throws(SimJSONError) -> SimJSON {
        var items: [SimJSON] = []
        if take("]") { return .array(items) }
        repeat { items.append(try value()) } while take(",")
        guard take("]") else { throw error("',' or ']'") }
        return .array(items)
    }

    private mutating func string() throws(SimJSONError) -> String {
        guard index < bytes.count, bytes[index] == UInt8(ascii: "\"") else { throw error("a string") }
        index += 1
        var text: [UInt8] = []
        while index < bytes.count {
            let byte = bytes[index]
            index += 1
            switch byte {
            case UInt8(ascii: "\""): return String(decoding: text, as: UTF8.self)
            case UInt8(ascii: "\\"): try escape(into: &text)
            case 0..<0x20: throw error("no control character")
            default: text.append(byte)
            }
        }
        throw error("a closing quote")
    }

    private mutating func escape(into text: inout [UInt8]) throws(SimJSONError) {
        guard index < bytes.count else { throw error("an escape") }
        let byte = bytes[index]
        index += 1
        switch byte {
        case UInt8(ascii: "n"): text.append(0x0a)
        case UInt8(ascii: "t"): text.append(0x09)
        case UInt8(ascii: "r"): text.append(0x0d)
        case UInt8(ascii: "b"): text.append(0x08)
        case UInt8(ascii: "f"): text.append(0x0c)
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(byte)
        case UInt8(ascii: "u"): text.append(contentsOf: String(try unicodeEscape()).utf8)
        default: throw error("a known escape")
        }
    }

    private mutating func unicodeEscape() throws(SimJSONError) -> Unicode.Scalar {
        let unit = try hexUnit()
        if let scalar = Unicode.Scalar(unit) { return scalar }
        let isHigh = unit < 0xdc00
        guard isHigh, index + 1 < bytes.count, bytes[index] == UInt8(ascii: "\\"), bytes[index + 1] == UInt8(ascii: "u")
        else { return "\u{FFFD}" }
        index += 2
        let low = try hexUnit()
        guard (0xdc00..<0xe000).contains(low) else { return "\u{FFFD}" }
        return Unicode.Scalar(0x10000 + ((unit - 0xd800) << 10) + (low - 0xdc00)) ?? "\u{FFFD}"
    }

    private mutating func hexUnit() throws(SimJSONError) -> UInt32 {
        guard index + 4 <= bytes.count,
            let unit = UInt32(String(decoding: bytes[index..<index + 4], as: UTF8.self), radix: 16)
        else { throw error("four hex digits") }
        index += 4
        return unit
    }

    private mutating func number() throws(SimJSONError) -> SimJSON {
        let start = index
        while index < bytes.count, "+-.0123456789eE".utf8.contains(bytes[index]) { index += 1 }
        let text = String(decoding: bytes[start..<index], as: UTF8.self)
        if let whole = Int(text) { return .int(whole) }
        guard let value = Double(text), value.isFinite else {
            index = start
            throw error("a value")
        }
        return .double(value)
    }

    private mutating func word(_ word: String, _ value: SimJSON) throws(SimJSONError) -> SimJSON {
        guard bytes[index...].starts(with: word.utf8) else { throw error(word) }
        index += word.utf8.count
        return value
    }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        skipSpace()
        guard index < bytes.count, bytes[index] == UInt8(ascii: character) else { return false }
        index += 1
        return true
    }

    private mutating func skipSpace() {
        while index < bytes.count, [0x20, 0x0a, 0x0d, 0x09].contains(bytes[index]) { index += 1 }
    }

    private func error(_ expected: String) -> SimJSONError { SimJSONError(expected: expected, offset: index) }
}
