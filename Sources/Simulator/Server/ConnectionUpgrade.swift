import FlyingFox
import FlyingSocks
import Foundation

/// Leaves HTTP for a WebSocket, or for another protocol: answers 101 with these header fields and gives the bare connection to `serve`.
///
/// The connection closes when `serve` returns; when the server stops, the task that runs it is cancelled.
struct ConnectionUpgrade: Sendable {
    /// Anything but `websocket` gets no handshake but the header fields.
    var protocolName = "websocket"
    var headers: [(name: String, value: String)] = []
    var fault: Fault?
    var serve: @Sendable (UpgradedConnection) async -> Void
}

extension ConnectionUpgrade {
    /// The answer in FlyingFox's terms; 400 where the request is no WebSocket handshake.
    func flyingFoxResponse(to request: HTTPRequest, pool: any AsyncSocketPool) async throws -> HTTPResponse {
        guard case .ip4(_, let port) = request.remoteAddress else { return HTTPResponse(statusCode: .badRequest) }
        let handler = RawHandler(upgrade: self, peerPort: port, pool: pool)
        var response = HTTPResponse(webSocket: handler)
        if protocolName == "websocket" {
            response = try await WebSocketHTTPHandler(handler: handler).handleRequest(request)
            guard response.statusCode == .switchingProtocols else { return response }
        } else {
            response.headers[.upgrade] = protocolName
        }
        response.headers[.connection] = "Upgrade"
        for header in headers { response.headers.addValue(header.value, for: HTTPHeader(header.name)) }
        return response
    }
}

/// Takes the connection over at the moment when FlyingFox, having sent the 101, asks for the first frame to send: it never
/// gets one.
private struct RawHandler: WSHandler {
    let upgrade: ConnectionUpgrade
    let peerPort: UInt16
    let pool: any AsyncSocketPool

    func makeFrames(for client: AsyncThrowingStream<WSFrame, any Error>) async throws -> AsyncStream<WSFrame> {
        let connection = try UpgradedConnection(peerPort: peerPort, pool: pool, fault: upgrade.fault)
        return AsyncStream {
            await upgrade.serve(connection)
            return nil
        }
    }
}
