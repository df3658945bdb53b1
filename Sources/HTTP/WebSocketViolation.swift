/// What a peer did against the WebSocket protocol.
public struct WebSocketViolation: Error, Sendable, Equatable {
    /// The code to close with (RFC 6455 §7.4.1).
    public var code: UInt16
    /// Lower case, without the peer's name.
    public var detail: String

    static func against(_ detail: String) -> WebSocketViolation { WebSocketViolation(code: 1002, detail: detail) }

    static func tooBig(_ limit: Int) -> WebSocketViolation {
        WebSocketViolation(code: 1009, detail: "it sent a WebSocket message longer than \(limit) bytes")
    }
}
