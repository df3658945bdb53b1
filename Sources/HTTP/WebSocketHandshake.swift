/// The opening of a WebSocket over a connection that is there already: what to send, and what to make of the answer
/// (RFC 6455 §4).
public struct WebSocketHandshake: Sendable {
    public enum Step: Sendable, Equatable {
        case more
        /// Bytes after `used` belong to frames.
        case open(subprotocol: String, used: Int)
        case refused(HTTPResponse)
    }

    /// What goes over the wire.
    public let requestBytes: [UInt8]
    private let key: String
    private let protocols: [String]
    private let target: String
    private var reader: HTTPAnswerReader

    /// - Parameter nonce: 16 bytes that nobody can foresee.
    /// - Parameter userAgent: where the request names none.
    public init(
        _ request: HTTPRequest, to address: HTTPAddress, protocols: [String], nonce: [UInt8], userAgent: String
    ) throws(HTTPError) {
        key = Self.base64(nonce)
        self.protocols = protocols
        target = address.origin
        reader = HTTPAnswerReader(limit: request.limits.bodyBytes)
        requestBytes = try Self.bytes(request, address, protocols, key: key, userAgent)
    }

    /// Takes what came next; to be called until it says other than `more`.
    public mutating func take(_ bytes: UnsafeRawBufferPointer) throws(HTTPError) -> Step {
        do throws(HTTPAnswerReader.Fault) {
            return try step(after: reader.take(bytes))
        } catch {
            throw HTTPError(.protocolViolation, target: target, detail: error.detail)
        }
    }

    /// The peer has closed: what came so far is the answer, if it can be one.
    public mutating func end() throws(HTTPError) -> Step {
        guard let response = reader.end() else {
            throw HTTPError(.reset, target: target, detail: "the connection closed before an answer came")
        }
        return .refused(response)
    }

    private func step(after answer: HTTPAnswerReader.Step) throws(HTTPAnswerReader.Fault) -> Step {
        switch answer {
        case .more: return .more
        case .whole(let response): return .refused(response)
        case .switched(let head, let used):
            if let wrong = violation(head) { throw HTTPAnswerReader.Fault(detail: wrong) }
            return .open(subprotocol: head.headers["Sec-WebSocket-Protocol"] ?? "", used: used)
        }
    }

    private func violation(_ head: HTTPHead) -> String? {
        guard head.headers["Upgrade"]?.lowercased() == "websocket" else {
            return "it switches to another protocol than WebSocket"
        }
        guard head.headers["Sec-WebSocket-Accept"] == Self.accept(for: key) else {
            return "its WebSocket handshake has the wrong proof"
        }
        guard head.headers["Sec-WebSocket-Extensions"]?.isEmpty ?? true else {
            return "it uses a WebSocket extension that was not agreed on"
        }
        let chosen = head.headers["Sec-WebSocket-Protocol"] ?? ""
        return chosen.isEmpty || protocols.contains(chosen)
            ? nil : "it chose a WebSocket subprotocol that was not offered"
    }

    /// What a server proves itself with (§4.2.2).
    static func accept(for key: String) -> String {
        base64(SHA1.digest(Array((key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").utf8)))
    }

    private static func bytes(
        _ request: HTTPRequest, _ address: HTTPAddress, _ protocols: [String], key: String, _ userAgent: String
    ) throws(HTTPError) -> [UInt8] {
        var lines = ["GET \(address.pathAndQuery) HTTP/1.1", "Host: \(address.authority)"]
        if request.headers["User-Agent"] == nil { lines.append("User-Agent: \(userAgent)") }
        lines += [
            "Connection: Upgrade", "Upgrade: websocket", "Sec-WebSocket-Version: 13", "Sec-WebSocket-Key: \(key)",
        ]
        if !protocols.isEmpty { lines.append("Sec-WebSocket-Protocol: \(protocols.joined(separator: ", "))") }
        for field in request.headers.fields {
            guard field.isSafe else {
                throw HTTPError(
                    .protocolViolation, target: address.origin,
                    detail: "the header \(field.name.filter(\.isLetter)) holds a character that HTTP forbids")
            }
            lines.append("\(field.name): \(field.value)")
        }
        return Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8)
    }

    static func base64(_ bytes: [UInt8]) -> String {
        let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
        var text: [UInt8] = []
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let group = bytes[start..<min(start + 3, bytes.count)]
            let bits = group.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - group.count))
            for place in 0..<4 {
                text.append(place <= group.count ? digits[bits >> (18 - 6 * place) & 63] : UInt8(ascii: "="))
            }
        }
        return String(decoding: text, as: UTF8.self)
    }
}
