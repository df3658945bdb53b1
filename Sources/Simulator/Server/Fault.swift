/// One way a server can go wrong, for tests and scenarios.
public enum Fault: Sendable, Equatable {
    /// Answers this many seconds late; a stream that left HTTP sends each piece so late.
    case delay(seconds: Double)
    /// Cuts the connection after this many bytes of the body.
    case cut(afterBytes: Int)
    /// Answers this status instead, with `Retry-After` where given.
    case status(Int, retryAfter: Int? = nil)
    /// Answers 200 with bytes that are no protocol at all.
    case garbage
    /// Says that the resource version is too old when a watch starts next.
    case watchGone
    /// Takes the request, sends what it sent so far, and never answers again.
    case halfOpen
}

/// When a fault strikes: requests whose path begins with `path`, `count` times (nil: until it is cleared).
public struct FaultRule: Sendable, Equatable {
    public var fault: Fault
    public var path: String
    public var count: Int?
    /// Only requests of this method; nil: of any.
    public var method: String?

    public init(_ fault: Fault, path: String = "/", count: Int? = nil, method: String? = nil) {
        self.fault = fault
        self.path = path
        self.count = count
        self.method = method
    }
}
