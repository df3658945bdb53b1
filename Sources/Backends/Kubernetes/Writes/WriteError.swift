import HTTP

/// Why a change was not made, or why nobody knows whether it was.
public enum WriteError: Error, Sendable, Equatable, CustomStringConvertible {
    case refused(WriteRefusal)
    /// Nothing left this machine, or nothing reached the server.
    case unsent(KubernetesError)
    /// The request left and no usable answer came: whether it was carried out is not known.
    case unanswered(KubernetesError)

    /// One plain sentence; may hold foreign text.
    public var message: String {
        switch self {
        case .refused(let refusal): refusal.message
        case .unsent(let error), .unanswered(let error): error.message
        }
    }
    public var description: String { message }

    /// The server's code; nil when it gave no answer.
    public var code: Int? { if case .refused(let refusal) = self { refusal.code } else { nil } }

    /// Tells by what the transport says whether the server can have seen the request.
    init(_ error: KubernetesError) {
        guard case .transport(let cause) = error else {
            if case .decoding = error { self = .unanswered(error) } else { self = .unsent(error) }
            return
        }
        switch cause.reason {
        case .nameNotFound, .refused, .unreachable, .unknownAuthority, .certificateExpired, .wrongHostName, .tls,
            .proxy,
            .badAddress, .guarded:
            self = .unsent(error)
        case .timedOut(let phase):
            self = ["answer", "body", "keep-alive"].contains(phase) ? .unanswered(error) : .unsent(error)
        case .reset, .bodyTooLarge, .protocolViolation, .other: self = .unanswered(error)
        }
    }
}
