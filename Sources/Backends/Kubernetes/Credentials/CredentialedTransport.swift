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
        let answer = try await attempt(request) { try await $0.send($1) }
        guard answer.status == 401, await connection.credentials.renew() else { return answer }
        return try await attempt(request) { try await $0.send($1) }
    }

    func stream(_ request: HTTPRequest) async throws -> HTTPStream {
        let answer = try await attempt(request) { try await $0.stream($1) }
        guard answer.head.status == 401, await connection.credentials.renew() else { return answer }
        return try await attempt(request) { try await $0.stream($1) }
    }

    private func attempt<Answer>(
        _ request: HTTPRequest, _ exchange: (any HTTPTransport, HTTPRequest) async throws -> Answer
    ) async throws -> Answer {
        var request = request
        let credentials = try await connection.credentials.headers()
        for field in credentials.fields { request.headers[field.name] = field.value }
        for name in Set(connection.impersonation.fields.map(\.name)) { request.headers[name] = nil }
        for field in connection.impersonation.fields { request.headers.add(field.name, field.value) }
        if connection.disableCompression { request.headers["Accept-Encoding"] = "identity" }
        return try await exchange(currentTransport(), request)
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
