/// A slow second reading of bytes that the parser refused: it finds the place and the reason, or mends what servers
/// are known to send all the same.
///
/// Mended are integers that do not fit 64 bits (they become the nearest double) and halves of surrogate pairs (they
/// become U+FFFD): both stand in documents that Elasticsearch hands back as they were put in.
struct JSONScan {
    private let bytes: UnsafeBufferPointer<UInt8>
    private var at = 0
    private var mended: [UInt8] = []
    private var copied = 0

    /// The mended document, nil when there is nothing to mend; throws what is wrong and where.
    static func reading(_ bytes: UnsafeBufferPointer<UInt8>) throws(JSONError) -> [UInt8]? {
        var scan = JSONScan(bytes: bytes)
        try scan.checkText()
        try scan.scanDocument()
        guard scan.copied > 0 else { return nil }
        scan.copy(upTo: bytes.count)
        return scan.mended
    }

    private init(bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

    private enum Expected { case value, elementOrEnd, keyOrEnd, key, commaOrEnd }

    private func checkText() throws(JSONError) {
        do throws(UTF8.ValidationError) {
            _ = try UTF8Span(validating: bytes.span)
        } catch {
            throw fault("invalid UTF-8", at: error.byteOffsets.lowerBound)
        }
    }

    private mutating func scanDocument() throws(JSONError) {
        var closers: [UInt8] = []
        var expected = Expected.value
        repeat {
            let byte = try next()
            if byte == closers.last, expected != .value, expected != .key {
                at += 1
                closers.removeLast()
                expected = .commaOrEnd
                continue
            }
            switch expected {
            case .commaOrEnd:
                guard byte == UInt8(ascii: ",") else { throw unexpected() }
                at += 1
                expected = closers.last == UInt8(ascii: "}") ? .key : .value
            case .key, .keyOrEnd:
                guard byte == UInt8(ascii: "\"") else { throw unexpected() }
                try scanString()
                guard try next() == UInt8(ascii: ":") else { throw unexpected() }
                at += 1
                expected = .value
            case .value, .elementOrEnd:
                expected = try scanValue(starting: byte, closers: &closers)
            }
        } while !closers.isEmpty
        skipSpace()
        if at < bytes.count { throw fault("text after the end of the document", at: at) }
    }

    private mutating func scanValue(starting byte: UInt8, closers: inout [UInt8]) throws(JSONError) -> Expected {
        switch byte {
        case UInt8(ascii: "{"), UInt8(ascii: "["):
            guard closers.count + 1 < JSONParserPool.depth else {
                throw fault("nested deeper than \(JSONParserPool.depth)", at: at)
            }
            at += 1
            closers.append(byte + 2)
            return byte == UInt8(ascii: "{") ? .keyOrEnd : .elementOrEnd
        case UInt8(ascii: "\""): try scanString()
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): try scanNumber()
        case UInt8(ascii: "t"): try scanWord("true")
        case UInt8(ascii: "f"): try scanWord("false")
        case UInt8(ascii: "n"): try scanWord("null")
        default: throw unexpected()
        }
        return .commaOrEnd
    }

    private mutating func scanWord(_ word: StaticString) throws(JSONError) {
        for offset in 0..<word.utf8CodeUnitCount {
            guard at < bytes.count else { throw endsTooEarly() }
            guard bytes[at] == word.utf8Start[offset] else { throw unexpected() }
            at += 1
        }
    }

    private mutating func scanNumber() throws(JSONError) {
        let start = at
        if bytes[at] == UInt8(ascii: "-") { at += 1 }
        let digits = at
        guard skipDigits() > 0, bytes[digits] != UInt8(ascii: "0") || at == digits + 1 else {
            throw fault("invalid number", at: start)
        }
        let wholeEnd = at
        if at < bytes.count, bytes[at] == UInt8(ascii: ".") {
            at += 1
            guard skipDigits() > 0 else { throw fault("invalid number", at: start) }
        }
        if at < bytes.count, bytes[at] | 0x20 == UInt8(ascii: "e") {
            at += 1
            if at < bytes.count, bytes[at] == UInt8(ascii: "+") || bytes[at] == UInt8(ascii: "-") { at += 1 }
            guard skipDigits() > 0 else { throw fault("invalid number", at: start) }
        }
        let text = String(decoding: bytes[start..<at], as: UTF8.self)
        guard let double = Double(text), double.isFinite else { throw fault("number out of range", at: start) }
        if at == wholeEnd, Int64(text) == nil, UInt64(text) == nil {
            copy(upTo: at)
            mended.append(contentsOf: "e0".utf8)
        }
    }

    private mutating func skipDigits() -> Int {
        let start = at
        while at < bytes.count, bytes[at] >= UInt8(ascii: "0"), bytes[at] <= UInt8(ascii: "9") { at += 1 }
        return at - start
    }

    private mutating func scanString() throws(JSONError) {
        at += 1
        while at < bytes.count {
            switch bytes[at] {
            case UInt8(ascii: "\""):
                at += 1
                return
            case UInt8(ascii: "\\"): try scanEscape()
            case 0..<0x20: throw fault("control character in a string", at: at)
            default: at += 1
            }
        }
        throw endsTooEarly()
    }

    private mutating func scanEscape() throws(JSONError) {
        guard at + 1 < bytes.count else { throw endsTooEarly() }
        guard bytes[at + 1] == UInt8(ascii: "u") else {
            guard "\"\\/bfnrt".utf8.contains(bytes[at + 1]) else { throw fault("invalid escape", at: at) }
            at += 2
            return
        }
        guard let unit = codeUnit(escapedAt: at) else { throw fault("invalid escape", at: at) }
        let isPair = 0xD800..<0xDC00 ~= unit && 0xDC00..<0xE000 ~= (codeUnit(escapedAt: at + 6) ?? 0)
        if !isPair, 0xD800..<0xE000 ~= unit {
            copy(upTo: at)
            mended.append(contentsOf: "\\ufffd".utf8)
            copied = at + 6
        }
        at += isPair ? 12 : 6
    }

    private func codeUnit(escapedAt place: Int) -> UInt16? {
        guard place + 6 <= bytes.count, bytes[place] == UInt8(ascii: "\\"), bytes[place + 1] == UInt8(ascii: "u")
        else { return nil }
        var unit: UInt16 = 0
        for byte in bytes[place + 2..<place + 6] {
            guard let digit = Character(UnicodeScalar(byte)).hexDigitValue else { return nil }
            unit = unit << 4 | UInt16(digit)
        }
        return unit
    }

    private mutating func copy(upTo end: Int) {
        mended.append(contentsOf: bytes[copied..<end])
        copied = end
    }

    private mutating func next() throws(JSONError) -> UInt8 {
        skipSpace()
        guard at < bytes.count else { throw endsTooEarly() }
        return bytes[at]
    }

    private mutating func skipSpace() {
        while at < bytes.count, [0x20, 0x0A, 0x0D, 0x09].contains(bytes[at]) { at += 1 }
    }

    private func endsTooEarly() -> JSONError {
        fault(
            bytes.allSatisfy { [0x20, 0x0A, 0x0D, 0x09].contains($0) } ? "nothing there" : "it ends too early", at: at)
    }

    private func unexpected() -> JSONError {
        let byte = bytes[at]
        let shown = 0x21..<0x7F ~= byte ? "'\(Character(UnicodeScalar(byte)))'" : "byte 0x" + String(byte, radix: 16)
        return fault("unexpected \(shown)", at: at)
    }

    private func fault(_ what: String, at offset: Int) -> JSONError {
        JSONError(message: "not JSON: \(what) at byte \(offset)", offset: offset)
    }
}
