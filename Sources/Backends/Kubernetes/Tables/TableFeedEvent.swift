import Model

/// What a followed table says: how far it can be trusted, and what changed.
public enum TableFeedEvent: Sendable {
    case status(FeedStatus)
    case delta(TableDelta)
}
