import CSimdJSON

extension JSONValue {
    /// Parses one document. The bytes are not needed afterwards.
    public static func parse(_ bytes: [UInt8]) throws(JSONError) -> JSONValue {
        // simdjson reads up to 64 bytes past the end; what an array holds in reserve is there to be read.
        let padded = bytes.capacity - bytes.count >= 64
        let result = bytes.withUnsafeBufferPointer { outcome(of: $0, padded: padded) }
        return try result.get()
    }

    /// Parses one document, from its text.
    public static func parse(_ string: String) throws(JSONError) -> JSONValue {
        var string = string
        let result = string.withUTF8 { outcome(of: $0, padded: false) }
        return try result.get()
    }

    /// Parses one document from memory that is only valid during the call.
    public static func parse(_ bytes: UnsafeBufferPointer<UInt8>) throws(JSONError) -> JSONValue {
        try outcome(of: bytes, padded: false).get()
    }

    private static func outcome(of bytes: UnsafeBufferPointer<UInt8>, padded: Bool) -> Result<JSONValue, JSONError> {
        let bytes = withoutByteOrderMark(bytes)
        var (value, code) = read(bytes, padded: padded)
        if let value { return .success(value) }
        do throws(JSONError) {
            if code != outOfMemory, let mended = try JSONScan.reading(bytes) {
                (value, code) = mended.withUnsafeBufferPointer { read($0, padded: false) }
                if let value { return .success(value) }
            }
        } catch {
            return .failure(error)
        }
        return .failure(JSONError(message: "not JSON: " + String(cString: midwatch_json_message(code))))
    }

    /// What simdjson says: a value, or nil and its error code.
    private static func read(_ bytes: UnsafeBufferPointer<UInt8>, padded: Bool) -> (JSONValue?, Int32) {
        var tape = midwatch_json_tape()
        let code =
            JSONParserPool.shared.withParser(for: bytes.count) { parser in
                midwatch_json_parse(parser, bytes.baseAddress, bytes.count, padded ? 1 : 0, &tape)
            } ?? outOfMemory
        guard code == 0 else { return (nil, code) }
        return (JSONValue(document: JSONDocument(adopting: tape), index: 1), 0)
    }

    /// simdjson's code for it (MEMALLOC).
    private static let outOfMemory: Int32 = 2

    private static func withoutByteOrderMark(_ bytes: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
        bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? UnsafeBufferPointer(rebasing: bytes[3...]) : bytes
    }
}
