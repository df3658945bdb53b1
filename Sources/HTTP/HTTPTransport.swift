/// What backends send requests through. One transport stands for one server: its TLS settings, proxy and connections.
///
/// CurlHTTP has the real one; tests use `FakeTransport`. An HTTP status of 400 and above is an answer, not an error.
public protocol HTTPTransport: Sendable {
    /// Sends and waits for the whole answer. Throws `HTTPError`, or `CancellationError` when the task was cancelled.
    func send(_ request: HTTPRequest) async throws -> HTTPResponse
    /// Sends and returns when the head is here.
    func stream(_ request: HTTPRequest) async throws -> HTTPStream
    /// Asks for a WebSocket (RFC 6455) with one of these subprotocols. `request` is a GET with an http or https address;
    /// its answer limit is for the handshake. Redirects are given as they came.
    func webSocket(_ request: HTTPRequest, protocols: [String]) async throws -> WebSocketOpening
}

/// How the connection to one server is made: what a kubeconfig cluster, or a configured system, says about it.
public struct HTTPServerSettings: Sendable, Equatable, Hashable {
    public enum Trust: Sendable, Equatable, Hashable {
        case system
        case file(String)
        /// PEM, one or more certificates.
        case data([UInt8])
        /// Verification off: only when the person asked for it by name.
        case insecure
    }
    public enum ClientIdentity: Sendable, Equatable, Hashable {
        case files(certificate: String, key: String)
        /// PEM; never written to disk.
        case data(certificate: [UInt8], key: [UInt8])
    }

    public var trust: Trust = .system
    public var identity: ClientIdentity?
    /// Host name to expect in the server's certificate (and to send as SNI) instead of the address's.
    public var serverName: String?
    /// `http://`, `https://`, `socks5://`; nil means the usual variables (HTTPS_PROXY, NO_PROXY, …).
    public var proxy: String?

    public init() {}
}
