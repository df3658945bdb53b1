/// Everything the servers said, as far as somebody looks at it: one half of what the screen is a function of.
///
/// Owned by the main thread; grows only by `apply`.
public struct World: Sendable {
    public var environments: [EnvironmentInfo]
    /// The time of the frame; the main loop sets it, `draw` reads no clock.
    public var now: Timestamp
    public private(set) var status: [FeedID: FeedStatus] = [:]
    public private(set) var tables: [FeedID: Table] = [:]
    public private(set) var servers: [EnvironmentID: ServerState] = [:]
    public private(set) var kinds: [EnvironmentID: [ResourceKind]] = [:]
    public private(set) var objects: [ObjectReference: ObjectDocument] = [:]
    public private(set) var metrics: [MetricsQuery: Metrics] = [:]
    public private(set) var logs: [LogQuery: any LogLines] = [:]
    public private(set) var runLogs: [FeedID: any LogLines] = [:]
    public private(set) var jobs: [EnvironmentID: [PipelineJob]] = [:]
    public private(set) var runs: [FeedID: [PipelineRun]] = [:]
    public private(set) var alerts: [EnvironmentID: [Alert]] = [:]
    public private(set) var actions: [ActionID: ActionState] = [:]
    public private(set) var guards: [EnvironmentID: GuardState] = [:]
    public private(set) var rights: [FeedID: Rights] = [:]
    public private(set) var sessions: [SessionInfo] = []
    public private(set) var screens: [SessionID: any SessionScreen] = [:]
    public private(set) var forwards: [ForwardInfo] = []
    public private(set) var related: [FeedID: RelatedObjects] = [:]
    public private(set) var releases: [EnvironmentID: [HelmRelease]] = [:]
    public private(set) var releaseDetails: [HelmReleaseReference: HelmReleaseDetail] = [:]

    private var revision: UInt64 = 0

    public init(environments: [EnvironmentInfo] = [], now: Timestamp = .zero) {
        self.environments = environments
        self.now = now
    }

    public func environment(_ id: EnvironmentID) -> EnvironmentInfo? { environments.first { $0.id == id } }
    public func status(of feed: FeedID) -> FeedStatus { status[feed] ?? .idle }

    /// Takes in an update and says which rows it touched (empty for anything but tables).
    public mutating func apply(_ update: FeedUpdate) -> Table.Changes {
        if case .forgotten = update.change { forget(update.feed) }
        if let status = update.status { self.status[update.feed] = status }
        guard let change = update.change else { return Table.Changes() }
        if case .table(let delta) = change {
            revision += 1
            let from = tables[update.feed]?.revision ?? 0
            var changes = tables[update.feed, default: Table()].apply(delta)
            changes.from = from
            tables[update.feed]?.revision = revision
            return changes
        }
        replace(update.feed, with: change)
        return Table.Changes()
    }

    /// Forgets what nobody looks at any more; `.forgotten` does the same. What a server is and has stays known.
    public mutating func forget(_ feed: FeedID) {
        status[feed] = nil
        switch feed {
        case .table: tables[feed] = nil
        case .object(let reference): objects[reference] = nil
        case .metrics(let query): metrics[query] = nil
        case .log(let query): logs[query] = nil
        case .runLog: runLogs[feed] = nil
        case .runs: runs[feed] = nil
        case .jobs(let id): jobs[id] = nil
        case .alerts(let id): alerts[id] = nil
        case .action(_, let id): actions[id] = nil
        case .rights: rights[feed] = nil
        case .session(let id): screens[id] = nil
        case .related: related[feed] = nil
        case .releases(let id): releases[id] = nil
        case .release(let reference): releaseDetails[reference] = nil
        case .server, .kinds, .guarded, .sessions, .forwards: break
        }
    }

    private mutating func replace(_ feed: FeedID, with change: FeedChange) {
        switch (change, feed) {
        case (.server(let state), _): servers[feed.environment] = state
        case (.kinds(let list), _): kinds[feed.environment] = list
        case (.object(let document), .object(let reference)): objects[reference] = document
        case (.metrics(let figures), .metrics(let query)): metrics[query] = figures
        case (.log(let lines), .log(let query)): logs[query] = lines
        case (.log(let lines), _): runLogs[feed] = lines
        case (.jobs(let list), _): jobs[feed.environment] = list
        case (.runs(let list), _): runs[feed] = list
        case (.alerts(let list), _): alerts[feed.environment] = list
        case (.action(let state), .action(_, let id)): actions[id] = state
        case (.guarded(let state), _): guards[feed.environment] = state
        case (.rights(let rights), _): self.rights[feed] = rights
        case (.sessions(let list), _): sessions = list
        case (.session(let screen), .session(let id)): screens[id] = screen
        case (.forwards(let list), _): forwards = list
        case (.related(let objects), _): related[feed] = objects
        case (.releases(let list), _): releases[feed.environment] = list
        case (.release(let detail), .release(let reference)): releaseDetails[reference] = detail
        case (.forgotten, _): break
        default: preconditionFailure("a \(change) does not belong to \(feed)")
        }
    }
}
