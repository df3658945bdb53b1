/// A WebSocket that is open. One task may read while others write; when the last reference is gone, the connection is cut.
public protocol WebSocketConnection: Sendable {
    /// The server's choice among the subprotocols that were offered; "" for none.
    var subprotocol: String { get }
    /// Hands a message over and waits while too much that was sent before has not left yet. Throws `HTTPError` when the
    /// connection is lost, `CancellationError` when the task was cancelled.
    func send(_ message: WebSocketMessage) async throws
    /// The next message; nil when the peer has closed as it should. While nobody asks, the peer is slowed down. Throws
    /// `HTTPError`; a task that was cancelled gets `CancellationError`, and the connection stays.
    func next() async throws -> WebSocketMessage?
    /// Says goodbye after what was sent, and returns when the peer has answered or has had time enough to.
    func close(code: UInt16) async
}

/// What asking for a WebSocket came to.
public enum WebSocketOpening: Sendable {
    case open(any WebSocketConnection)
    /// Any answer but 101, with its body, to be read like every other refusal.
    case refused(HTTPResponse)
}

extension HTTPTransport {
    /// A transport that says nothing of WebSockets has none.
    public func webSocket(_ request: HTTPRequest, protocols: [String]) async throws -> WebSocketOpening {
        let target = HTTPAddress(request.url)?.origin ?? ""
        throw HTTPError(.protocolViolation, target: target, detail: "no WebSocket can be opened this way")
    }
}
