/// Why no usable answer came from a server: what failed, where, why, and what to try.
public struct HTTPError: Error, Sendable, Equatable, CustomStringConvertible {
    public enum Reason: Sendable, Equatable {
        case nameNotFound, refused, unreachable
        case timedOut(phase: String)
        case unknownAuthority, certificateExpired
        case wrongHostName(String)
        case tls, proxy, reset
        case bodyTooLarge(limit: Int)
        case badAddress, protocolViolation, other
        /// It would change something, and this connection is for questions only: our own mistake, never the person's.
        case guarded
    }

    public var reason: Reason
    /// Scheme, host and port; never a credential, never a query.
    public var target: String
    /// The library's own words, lower case, for the log and the detail line.
    public var detail: String

    public init(_ reason: Reason, target: String, detail: String = "") {
        self.reason = reason
        self.target = target
        self.detail = detail
    }

    public var description: String { message }
}
