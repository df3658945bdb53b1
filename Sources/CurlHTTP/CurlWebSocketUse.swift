import HTTP

/// An open WebSocket as its users hold it; when the last reference is gone, the connection is cut.
final class CurlWebSocketUse: WebSocketConnection {
    let subprotocol: String
    private let engine: CurlEngine
    private let webSocket: CurlWebSocket
    private var shared: CurlWebSocketState { webSocket.shared }

    init(engine: CurlEngine, webSocket: CurlWebSocket, subprotocol: String) {
        self.engine = engine
        self.webSocket = webSocket
        self.subprotocol = subprotocol
    }

    deinit {
        shared.abandon()
        engine.look(at: webSocket)
    }

    func send(_ message: WebSocketMessage) async throws {
        // Masked here, not on the one curl thread.
        let frame = WebSocketEncoder.frame(message, mask: .random(in: 0 ... .max))
        try await shared.waitForRoom()
        if try shared.append(frame) { engine.look(at: webSocket) }
    }

    func next() async throws -> WebSocketMessage? {
        try await shared.next { engine.look(at: webSocket) }
    }

    func close(code: UInt16) async {
        guard shared.appendGoodbye(WebSocketEncoder.close(code: code, mask: .random(in: 0 ... .max))) else { return }
        engine.look(at: webSocket)
        await shared.untilEnded()
    }
}
