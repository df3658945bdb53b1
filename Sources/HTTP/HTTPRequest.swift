/// One request as a backend describes it; the transport adds connection, TLS and credentials of the server.
public struct HTTPRequest: Sendable, Equatable {
    public enum Method: String, Sendable {
        case get = "GET"
        case post = "POST"
        case put = "PUT"
        case patch = "PATCH"
        case delete = "DELETE"
        case head = "HEAD"
    }

    public var method: Method
    /// Absolute address, query included, percent-encoded.
    public var url: String
    public var headers: HTTPHeaders
    public var body: [UInt8]?
    public var limits: HTTPLimits

    public init(
        _ method: Method = .get, _ url: String, headers: HTTPHeaders = [:], body: [UInt8]? = nil,
        limits: HTTPLimits = HTTPLimits()
    ) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
        self.limits = limits
    }
}

/// Time limits in seconds and the bound on a buffered body in bytes.
public struct HTTPLimits: Sendable, Equatable {
    public var connect: Double
    /// Until the response head has come.
    public var answer: Double
    /// The longest silence inside a body; nil for streams that may be quiet (a dead peer is still noticed by keep-alive probes).
    public var idle: Double?
    /// A buffered body longer than this fails with `bodyTooLarge`; streams are not bounded.
    public var bodyBytes: Int

    public init(connect: Double = 5, answer: Double = 30, idle: Double? = 30, bodyBytes: Int = 256 << 20) {
        self.connect = connect
        self.answer = answer
        self.idle = idle
        self.bodyBytes = bodyBytes
    }
}
