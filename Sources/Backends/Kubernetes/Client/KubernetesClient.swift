import HTTP
import JSON

/// One API server as Core uses it: discovery, tables, objects, logs, metrics and the person's rights.
///
/// A plain value: it holds no connection and no cache, and may be copied freely. `transport` is the connection's own
/// (`KubernetesConnection.transport`), so that credentials are on every request and are renewed after a 401.
/// Everything throws `KubernetesError`, or `CancellationError` when the task was cancelled.
public struct KubernetesClient: Sendable {
    public let connection: KubernetesConnection
    let transport: any HTTPTransport
    let pacer: any Pacer

    public init(connection: KubernetesConnection, transport: any HTTPTransport, pacer: any Pacer = SystemPacer()) {
        self.connection = connection
        self.transport = transport
        self.pacer = pacer
    }

    /// The server's version ("v1.36.2") and how many seconds the answer took.
    public func version() async throws -> (version: String, roundTrip: Double) {
        let start = pacer.uptime
        let answer = try await json(.get, APIPath("version"), limits: HTTPLimits(answer: 10, bodyBytes: 1 << 20))
        return (answer["gitVersion"]?.string ?? "", pacer.uptime - start)
    }
}
