/// What a feed posts to the console; merged per feed while it waits.
public struct FeedUpdate: Sendable {
    public var feed: FeedID
    public var status: FeedStatus?
    public var change: FeedChange?
    public init(_ feed: FeedID, status: FeedStatus? = nil, change: FeedChange? = nil) {
        self.feed = feed
        self.status = status
        self.change = change
    }

    /// Takes in what came later of the same feed: tables merge by key, anything else is replaced.
    public mutating func merge(_ later: FeedUpdate) {
        if let status = later.status { self.status = status }
        guard let new = later.change else { return }
        if case .table(let delta) = new, case .table(var waiting) = change {
            change = nil  // the waiting delta is now referenced once and merged in place
            waiting.merge(delta)
            change = .table(waiting)
        } else {
            if case .forgotten = new { self.status = later.status }
            change = new
        }
    }
}

/// The payload of an update. Everything but a table is small, or shared by reference, and comes whole.
public enum FeedChange: Sendable {
    case table(TableDelta)
    case server(ServerState)
    case kinds([ResourceKind])
    case object(ObjectDocument)
    case metrics(Metrics)
    case log(any LogLines)
    case jobs([PipelineJob])
    case runs([PipelineRun])
    case alerts([Alert])
    case action(ActionState)
    case guarded(GuardState)
    case rights(Rights)
    case sessions([SessionInfo])
    case session(any SessionScreen)
    case forwards([ForwardInfo])
    case related(RelatedObjects)
    case releases([HelmRelease])
    case release(HelmReleaseDetail)
    /// Nobody looks at the feed any more and it was closed: its data can go.
    case forgotten
}

/// A log that Core fills and the Logs pane reads; LogBuffer has the real one.
///
/// An update means "look again": the lines themselves never pass through the inbox.
public protocol LogLines: AnyObject, Sendable {
    /// Grows with every change of what the log holds.
    var revision: UInt64 { get }
}
