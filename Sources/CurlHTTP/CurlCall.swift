import HTTP

/// One exchange as the engine carries it out: what to send, to whom, and how the connection is made.
struct CurlCall: Sendable {
    var request: HTTPRequest
    var address: HTTPAddress
    var settings: HTTPServerSettings
    /// The proxy that the settings or the environment name, credentials included; nil for a direct connection.
    var proxy: String?
    var userAgent: String
    /// Asks `OPTIONS *` instead, to see whether the server is there.
    var isPing = false
    /// Only a connection is wanted, which a WebSocket takes over.
    var isUpgrade = false
}
