import HTTP
import HTTPTesting
import Synchronization
import Testing

@testable import Backends

struct CredentialedTransportTests {
    @Test("a refused token is renewed once and the request is sent again")
    func renewsAfter401() async throws {
        let server = TokenServer(accepts: "Bearer second")
        let connection = KubernetesConnection(
            server: "https://api.example", credentials: TwoTokens(), impersonation: ["Impersonate-User": "ada"])
        let transport = connection.transport { _ in server }
        let answer = try await transport.send(HTTPRequest(.get, "https://api.example/version"))
        #expect(answer.status == 200)
        #expect(server.seen == ["Bearer first as ada", "Bearer second as ada"])
    }

    @Test("a WebSocket that is refused for its token is asked for once more with a renewed one")
    func renewsForWebSockets() async throws {
        let server = FakeTransport()
        let connection = KubernetesConnection(
            server: "https://api.example", credentials: TwoTokens(), impersonation: ["Impersonate-User": "ada"])
        server.answer(.get, "/exec", status: 401)
        server.openWebSocket("/exec", subprotocol: "v5.channel.k8s.io")
        let opening = try await connection.transport { _ in server }.webSocket(
            HTTPRequest(.get, "https://api.example/exec"), protocols: ["v5.channel.k8s.io"])
        guard case .open(let webSocket) = opening else {
            Issue.record("it was refused")
            return
        }
        #expect(webSocket.subprotocol == "v5.channel.k8s.io")
        #expect(server.requests.map { $0.headers["Authorization"] } == ["Bearer first", "Bearer second"])
        #expect(server.requests.map { $0.headers["Impersonate-User"] } == ["ada", "ada"])
    }
}

/// Hands out "first" until it is asked to renew, then "second".
private final class TwoTokens: KubernetesCredentials {
    private let renewed = Mutex(false)
    func headers() async throws -> HTTPHeaders {
        renewed.withLock { ["Authorization": $0 ? "Bearer second" : "Bearer first"] }
    }
    func renew(refused: HTTPHeaders) async -> Bool {
        renewed.withLock { $0 = true }
        return true
    }
}

/// Answers 200 to one Authorization header and 401 to all others.
private final class TokenServer: HTTPTransport {
    private let accepts: String
    private let requests = Mutex<[String]>([])
    var seen: [String] { requests.withLock { $0 } }

    init(accepts: String) { self.accepts = accepts }

    func send(_ request: HTTPRequest) async throws -> HTTPResponse {
        let token = request.headers["Authorization"] ?? "nobody"
        requests.withLock { $0.append("\(token) as \(request.headers["Impersonate-User"] ?? "themselves")") }
        return HTTPResponse(head: HTTPHead(status: token == accepts ? 200 : 401), body: [])
    }

    func stream(_ request: HTTPRequest) async throws -> HTTPStream {
        HTTPStream(head: try await send(request).head, body: HTTPByteStream(chunks: []))
    }
}
