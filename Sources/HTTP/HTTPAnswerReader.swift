/// Reads one answer of HTTP/1.1 from a connection that nobody else reads: for the refusal of an upgrade, whose body is
/// small, and for the head of one that was granted.
struct HTTPAnswerReader: Sendable {
    enum Step: Equatable {
        case more
        /// 101; what follows the first `used` bytes of the last piece is no longer HTTP.
        case switched(HTTPHead, used: Int)
        case whole(HTTPResponse)
    }

    struct Fault: Error, Equatable { var detail: String }

    private enum Body { case counted(Int), chunked, toTheEnd }

    private let limit: Int
    private var parser = HTTPHeadParser()
    private var line: [UInt8] = []
    private var head: HTTPHead?
    private var body: [UInt8] = []
    private var chunks = ChunkedBytes()
    private var hasBegun = false

    private static let longestLine = 64 << 10

    init(limit: Int) { self.limit = limit }

    mutating func take(_ bytes: UnsafeRawBufferPointer) throws(Fault) -> Step {
        var at = 0
        while head == nil {
            guard at < bytes.count else { return .more }
            line.append(bytes[at])
            at += 1
            guard line.count <= Self.longestLine else { throw Fault(detail: "the response head is too long") }
            if line.last == UInt8(ascii: "\n") { try endLine() }
        }
        guard let head else { return .more }
        if head.status == 101 { return .switched(head, used: at) }
        return try takeBody(UnsafeRawBufferPointer(rebasing: bytes[at...]), head)
    }

    /// What there is when the peer has closed; nil when that is no answer.
    func end() -> HTTPResponse? {
        guard let head, head.status != 101, case .toTheEnd = Self.body(of: head) else { return nil }
        return HTTPResponse(head: head, body: body)
    }

    private mutating func endLine() throws(Fault) {
        guard hasBegun || line.starts(with: Array("HTTP/".utf8)) else {
            throw Fault(detail: "its answer is no HTTP/1.1")
        }
        hasBegun = true
        let step = line.withUnsafeBytes { parser.take($0) }
        line.removeAll(keepingCapacity: true)
        switch step {
        case .more: break
        case .tooLong: throw Fault(detail: "the response head is too long")
        case .head(let whole): head = whole
        }
    }

    private mutating func takeBody(_ bytes: UnsafeRawBufferPointer, _ head: HTTPHead) throws(Fault) -> Step {
        var isWhole = false
        switch Self.body(of: head) {
        case .counted(let count):
            body.append(contentsOf: bytes.prefix(max(0, min(count, limit + 1) - body.count)))
            isWhole = body.count >= count
        case .chunked: isWhole = try chunks.take(bytes, into: &body)
        case .toTheEnd: body.append(contentsOf: bytes)
        }
        guard body.count <= limit else { throw Fault(detail: "the body is longer than \(limit) bytes") }
        return isWhole ? .whole(HTTPResponse(head: head, body: body)) : .more
    }

    private static func body(of head: HTTPHead) -> Body {
        if head.status == 204 || head.status == 304 { return .counted(0) }
        if head.headers["Transfer-Encoding"]?.lowercased().hasSuffix("chunked") == true { return .chunked }
        return head.headers["Content-Length"].flatMap { Int($0) }.map { .counted(max(0, $0)) } ?? .toTheEnd
    }
}

/// Undoes the chunked coding (RFC 9112 §7.1) of a small body.
private struct ChunkedBytes: Sendable {
    private enum Place { case size, data(Int), dataEnd, trailer }
    private var place = Place.size
    private var line: [UInt8] = []

    /// True at the end of the body.
    mutating func take(_ bytes: UnsafeRawBufferPointer, into body: inout [UInt8]) throws(HTTPAnswerReader.Fault) -> Bool
    {
        for byte in bytes {
            if case .data(let left) = place {
                body.append(byte)
                place = left == 1 ? .dataEnd : .data(left - 1)
                continue
            }
            line.append(byte)
            guard line.count <= 4096 else { throw HTTPAnswerReader.Fault(detail: "its chunked answer is broken") }
            guard byte == UInt8(ascii: "\n") else { continue }
            if try endLine() { return true }
        }
        return false
    }

    private mutating func endLine() throws(HTTPAnswerReader.Fault) -> Bool {
        let text = String(decoding: line.prefix { $0 != 13 && $0 != 10 && $0 != UInt8(ascii: ";") }, as: UTF8.self)
        line.removeAll(keepingCapacity: true)
        switch place {
        case .size:
            guard let size = Int(text.filter { $0 != " " }, radix: 16), size >= 0 else {
                throw HTTPAnswerReader.Fault(detail: "its chunked answer is broken")
            }
            place = size == 0 ? .trailer : .data(size)
        case .dataEnd: place = .size
        case .trailer: return text.isEmpty
        case .data: break
        }
        return false
    }
}
