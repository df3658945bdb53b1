import HTTP
import Synchronization

/// Puts a connection's credentials on every request, and tries once more with renewed ones after a 401.
final class CredentialedTransport: HTTPTransport {
    private struct Inner {
        var settings: HTTPServerSettings
        var transport: any HTTPTransport
    }

    private let connection: KubernetesConnection
    private let makeTransport: @Sendable (HTTPServerSettings) -> any HTTPTransport
    private let inner: Mutex<Inner?> = Mutex(nil)

    init(
        connection: KubernetesConnection,
        makeTransport: @escaping @Sendable (HTTPServerSettings) -> any HTTPTransport
    ) {
        self.connection = connection
        self.makeTransport = makeTransport
    }

    func send(_ request: HTTPRequest) async throws -> HTTPResponse {
        let first = try await credentialed(request)
        let answer = try await first.transport.send(first.request)
        guard answer.status == 401, await connection.credentials.renew(refused: first.credentials) else {
            return answer
        }
        let second = try await credentialed(request)
        return try await second.transport.send(second.request)
    }

    func stream(_ request: HTTPRequest) async throws -> HTTPStream {
        let first = try await credentialed(request)
        let answer = try await first.transport.stream(first.request)
        guard answer.head.status == 401, await connection.credentials.renew(refused: first.credentials) else {
            return answer
        }
        let second = try await credentialed(request)
        return try await second.transport.stream(second.request)
    }

    func webSocket(_ request: HTTPRequest, protocols: [String]) async throws -> WebSocketOpening {
        let first = try await credentialed(request)
        let opening = try await first.transport.webSocket(first.request, protocols: protocols)
        guard case .refused(let answer) = opening, answer.status == 401,
            await connection.credentials.renew(refused: first.credentials)
        else { return opening }
        let second = try await credentialed(request)
        return try await second.transport.webSocket(second.request, protocols: protocols)
    }

    private struct Attempt {
        var request: HTTPRequest
        var credentials: HTTPHeaders
        var transport: any HTTPTransport
    }

    private func credentialed(_ request: HTTPRequest) async throws -> Attempt {
        var request = request
        let credentials = try await connection.credentials.headers()
        for field in credentials.fields { request.headers[field.name] = field.value }
        for field in connection.impersonation.fields { request.headers[field.name] = nil }
        for field in connection.impersonation.fields { request.headers.add(field.name, field.value) }
        if connection.disableCompression { request.headers["Accept-Encoding"] = "identity" }
        return Attempt(request: request, credentials: credentials, transport: currentTransport())
    }

    /// Asked after `headers()`, because only then has a plugin said which certificate it gives.
    private func currentTransport() -> any HTTPTransport {
        var settings = connection.settings
        if let identity = connection.credentials.identity { settings.identity = identity }
        return inner.withLock { inner in
            if let inner, inner.settings == settings { return inner.transport }
            let transport = makeTransport(settings)
            inner = Inner(settings: settings, transport: transport)
            return transport
        }
    }
}
