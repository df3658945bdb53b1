import Model

/// Where one running feed posts; worthless from the moment the hub closes the feed.
public struct FeedSink: Sendable {
    public let feed: FeedID
    let inbox: Inbox
    let ticket: Inbox.Ticket

    public func post(_ change: FeedChange, status: FeedStatus? = nil) {
        inbox.post(FeedUpdate(feed, status: status, change: change), ticket: ticket)
    }

    public func post(_ status: FeedStatus) {
        inbox.post(FeedUpdate(feed, status: status), ticket: ticket)
    }
}
