import Model

/// One source of data that somebody looks at; the hub runs each in a task of its own.
public protocol Feed: Sendable {
    /// Posts what it learns until its task is cancelled, or until nothing more can come (a finished log).
    ///
    /// It deals with every error itself: as a status, and by trying again.
    func run(_ sink: FeedSink) async

    /// Reads one page further back. Feeds without a past do nothing.
    func loadOlder(_ sink: FeedSink) async

    /// Whether the server tells every change by itself, so that there is nothing to ask for while the feed is live.
    var isPushed: Bool { get }
}

extension Feed {
    public var isPushed: Bool { false }
    public func loadOlder(_ sink: FeedSink) async {}
}

/// Knows which feed answers which question; `EnvironmentSet` is the real one.
public protocol FeedSource: Sendable {
    func feed(for id: FeedID) -> any Feed
}
