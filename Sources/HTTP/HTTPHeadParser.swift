/// Puts a response head together from its lines, for whoever reads a connection; heads of interim answers (1xx) are left out.
public struct HTTPHeadParser: Sendable {
    public enum Step: Equatable {
        case more, tooLong
        case head(HTTPHead)
    }

    /// Far above what servers send; libcurl bounds a line, but not the number of lines.
    private static let longest = 1 << 20
    private var status = 0
    private var version = "1.1"
    private var fields: [(String, String)] = []
    private var length = 0
    private var isDone = false

    public init() {}

    /// Takes one line with its line end. After the head only trailers come, and those are dropped.
    public mutating func take(_ bytes: UnsafeRawBufferPointer) -> Step {
        guard !isDone else { return .more }
        length += bytes.count
        guard length <= Self.longest else { return .tooLong }
        let line = Self.trimmed(bytes[...])
        if line.isEmpty { return finishHead() }
        if line.starts(with: Array("HTTP/".utf8)) {
            startHead(line)
        } else if let colon = line.firstIndex(of: UInt8(ascii: ":")) {
            let value = Self.trimmed(line[(colon + 1)...])
            fields.append((String(decoding: line[..<colon], as: UTF8.self), String(decoding: value, as: UTF8.self)))
        } else if !fields.isEmpty {
            // A folded line (RFC 9112 §5.2) goes on where the last one ended.
            fields[fields.count - 1].1 += " " + String(decoding: line, as: UTF8.self)
        }
        return .more
    }

    private mutating func startHead(_ line: Slice<UnsafeRawBufferPointer>) {
        let words = line.split(separator: UInt8(ascii: " "), maxSplits: 2)
        version = String(decoding: words[0].dropFirst(5), as: UTF8.self)
        status = words.count > 1 ? Int(String(decoding: words[1], as: UTF8.self)) ?? 0 : 0
        fields = []
    }

    private mutating func finishHead() -> Step {
        guard status >= 200 || status == 101 else { return .more }
        isDone = true
        return .head(HTTPHead(status: status, headers: HTTPHeaders(fields), version: version))
    }

    private static func trimmed(_ bytes: Slice<UnsafeRawBufferPointer>) -> Slice<UnsafeRawBufferPointer> {
        func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0D || byte == 0x0A }
        var rest = bytes.drop(while: isBlank)
        while let last = rest.last, isBlank(last) { rest = rest.dropLast() }
        return rest
    }
}
