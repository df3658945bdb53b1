/// Whether a request may be sent again, and how soon: the one rule for all backends.
///
/// What may have changed something on the server is repeated only when the server said that it did nothing (429, 503 with
/// `Retry-After`) or never got it (no connection).
public enum HTTPRetry {
    public enum Verdict: Sendable, Equatable {
        /// Take the answer, or the error, as it is.
        case no
        /// Try again after a back-off of at least so many seconds (0 when the server named none).
        case after(Double)
    }

    /// A server that asks for more is not obeyed beyond this; the person would think that nothing happens.
    public static let longestWait: Double = 300

    /// - Parameter now: seconds since 1970, for a `Retry-After` that is a date.
    public static func verdict(on head: HTTPHead, to method: HTTPRequest.Method, now: Double) -> Verdict {
        let asked = retryAfter(head, now: now)
        switch head.status {
        case 429: return .after(asked ?? 0)
        case 503 where asked != nil || isRepeatable(method): return .after(asked ?? 0)
        case 502, 504: return isRepeatable(method) ? .after(asked ?? 0) : .no
        default: return .no
        }
    }

    public static func verdict(on error: HTTPError, to method: HTTPRequest.Method) -> Verdict {
        switch error.reason {
        case .nameNotFound, .refused, .unreachable, .timedOut("name look-up"), .timedOut("connect"),
            .timedOut("TLS handshake"):
            .after(0)
        case .timedOut, .reset, .proxy: isRepeatable(method) ? .after(0) : .no
        case .unknownAuthority, .certificateExpired, .wrongHostName, .tls, .bodyTooLarge, .badAddress,
            .protocolViolation, .guarded, .other:
            .no
        }
    }

    /// The seconds that `Retry-After` asks for, given as a number or as a date; nil without a usable one.
    public static func retryAfter(_ head: HTTPHead, now: Double) -> Double? {
        guard let text = head.headers["Retry-After"] else { return nil }
        let isNumber = text.utf8.allSatisfy { 48...57 ~= $0 }
        if isNumber, let seconds = Double(text) { return min(seconds, longestWait) }
        return HTTPDate.seconds(text).map { min(max(0, $0 - now), longestWait) }
    }

    /// PUT and DELETE are idempotent to HTTP, but a second DELETE can hit an object that was made anew meanwhile.
    private static func isRepeatable(_ method: HTTPRequest.Method) -> Bool { method == .get || method == .head }
}
