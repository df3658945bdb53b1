/// How much a feed can be trusted right now; every pane shows it.
public struct FeedStatus: Sendable, Equatable {
    public enum Phase: Sendable, Equatable {
        /// Nothing has come yet; the number is what has been received so far, where that is known.
        case loading(received: Int)
        /// A watch or a stream is open, or the last poll is recent.
        case live
        /// What is shown was true at `since`; midwatch keeps trying.
        case stale(reason: String)
        /// Nothing to show; midwatch keeps trying.
        case failed(reason: String)
        case forbidden(reason: String)
        /// The system is not configured, or the server does not have it; nothing is tried.
        case absent(reason: String)
        /// A stream that came to its end (a finished run's log, a pod that is gone).
        case ended(reason: String)
    }
    public var phase: Phase
    /// When the phase began; for stale, when the data was last known to be true.
    public var since: Timestamp
    /// Plain words that belong on the screen: "showing payments only: listing all namespaces is forbidden".
    public var notices: [String]
    /// What the person can do about it; "" when nothing.
    public var hint: String

    public init(_ phase: Phase, since: Timestamp = .zero, notices: [String] = [], hint: String = "") {
        self.phase = phase
        self.since = since
        self.notices = notices
        self.hint = hint
    }

    public static let idle = FeedStatus(.loading(received: 0))
}
