import Model

/// The state machine of one list and watch: what came goes in, what changed and what to do next comes out.
///
/// It does no work of its own; `TableFollower` asks the server and sleeps. What was delivered is remembered, so that a
/// new list is told as differences: nothing vanishes and comes back.
struct TableWatchState: Sendable {
    enum Step: Equatable, Sendable {
        /// A page of a list; the first one when `continuation` is nil.
        case list(limit: Int, continuation: String?)
        case watch(version: String, seconds: Int)
        /// Sleep, then call `waited`.
        case wait(seconds: Double)
        /// Listing everywhere is refused: try namespace by namespace.
        case narrow
    }

    enum Next: Equatable { case list, watch }

    let scope: TableScope
    /// Where a slow retry makes sense, in seconds: rights and kinds come seldom.
    static let slowRetry = 60.0
    /// How often a kind that cannot be watched is listed again.
    static let pollInterval = 10.0

    private(set) var phase = FeedStatus.Phase.loading(received: 0)
    private(set) var since: Timestamp
    private(set) var delivered: Set<DeliveredRow> = []
    private var next = Next.list
    private var backOff = BackOff()
    /// The first page's version: a watch from there misses nothing that happened while the pages came.
    private var version = ""
    private var listing: Listing?
    private var hasListed = false
    private var canWatch: Bool
    private var watchBegan = 0.0
    private var watchMoved = false

    /// A list under way.
    private struct Listing {
        var version: String
        /// What the pages held, to find what is gone; nil for the first list, where nothing can be.
        var arrived: Set<DeliveredRow>?
        var received = 0
    }

    init(scope: TableScope, now: Timestamp) {
        self.scope = scope
        since = now
        canWatch = scope.kind.verbs.isEmpty || scope.kind.verbs.contains("watch")
    }

    static let start = Step.list(limit: KubernetesClient.firstPage, continuation: nil)

    mutating func received(_ page: TablePage, now: Timestamp, dice: Double) -> (TableDelta, Step) {
        var delta = TableDelta()
        var current = listing ?? Listing(version: page.resourceVersion, arrived: delivered.isEmpty ? nil : [])
        listing = nil  // so that the sets below have one owner and are changed in place
        for row in page.rows {
            current.arrived?.insert(DeliveredRow(row: row))
            put(row, &delta)
        }
        current.received += page.rows.count
        if let continuation = page.continuation {
            if !hasListed { enter(.loading(received: current.received), now) }
            listing = current
            return (delta, .list(limit: KubernetesClient.laterPages, continuation: continuation))
        }
        if let arrived = current.arrived { removeAll(but: arrived, &delta) }
        version = current.version
        hasListed = true
        enter(.live, now)
        return (delta, afterList(dice))
    }

    mutating func received(_ events: [(TableWatchEvent, String)], now: Timestamp, dice: Double) -> (TableDelta, Step?) {
        var delta = TableDelta()
        for (event, version) in events {
            watchMoved = true
            switch event {
            case .put(let rows, _): for row in rows { put(row, &delta) }
            case .removed(let rows): for row in rows { remove(row, &delta) }
            case .bookmark: break
            case .failed(let code, let message):
                watchMoved = false
                return (delta, watchFailed(code: code, message: message, now: now, dice: dice))
            }
            if !version.isEmpty { self.version = version }
        }
        if watchMoved { backOff.reset() }
        return (delta, nil)
    }

    mutating func watchOpened(now: Timestamp, uptime: Double) {
        watchBegan = uptime
        watchMoved = false
        enter(.live, now)
    }

    /// The watch came to a clean end, which says nothing: it goes on from where it was.
    mutating func watchEnded(uptime: Double, dice: Double) -> Step {
        if watchMoved || uptime - watchBegan > 10 { backOff.reset() }
        // A server that closes at once, again and again, must not be asked in a tight circle.
        guard watchMoved || uptime - watchBegan > 10 else { return pause(before: .watch, dice) }
        return watchStep(dice)
    }

    mutating func failed(_ error: KubernetesError, now: Timestamp, dice: Double) -> Step {
        let wasListing = next == .list
        if wasListing, case .pageExpired(let continuation, _) = error, listing != nil {
            return .list(limit: KubernetesClient.laterPages, continuation: continuation)
        }
        listing = nil
        switch error.statusCode {
        case 401:
            fall(error.message, now)
            return .wait(seconds: Self.slowRetry / 2)
        case 403: return refused(error, now)
        case 404 where !hasListed: return settle(.absent(reason: error.message), now)
        case 405 where !wasListing:
            canWatch = false
            return afterList(dice)
        case 410:
            return listAgain(dice)
        default:
            fall(error.message, now)
            if case .throttled(let seconds, _, _, _) = error {
                return .wait(seconds: max(0.5, seconds) * (1 + 0.2 * dice))
            }
            return pause(before: next, dice)
        }
    }

    /// The sleep is over.
    mutating func waited(dice: Double) -> Step {
        next == .watch ? watchStep(dice) : Self.start
    }

    private mutating func afterList(_ dice: Double) -> Step {
        guard canWatch else {
            next = .list
            return .wait(seconds: Self.pollInterval * (0.9 + 0.2 * dice))
        }
        return watchStep(dice)
    }

    private mutating func watchStep(_ dice: Double) -> Step {
        next = .watch
        return .watch(version: version, seconds: 300 + Int(300 * dice))
    }

    private mutating func watchFailed(code: Int, message: String, now: Timestamp, dice: Double) -> Step {
        if code == 410 { return listAgain(dice) }
        fall(message.isEmpty ? "the server ended the watch (\(code))" : message, now)
        return pause(before: .watch, dice)
    }

    /// The version is too old to watch from. The first time at once; a server that says it every time is left to rest.
    private mutating func listAgain(_ dice: Double) -> Step {
        next = .list
        let isFirst = backOff.failures == 0
        let seconds = backOff.next(dice: dice)
        return isFirst ? Self.start : .wait(seconds: seconds)
    }

    private mutating func pause(before next: Next, _ dice: Double) -> Step {
        self.next = next
        return .wait(seconds: backOff.next(dice: dice))
    }

    private mutating func refused(_ error: KubernetesError, _ now: Timestamp) -> Step {
        if scope.namespace == nil, scope.kind.isNamespaced, !hasListed { return .narrow }
        return settle(.forbidden(reason: error.message), now)
    }

    private mutating func settle(_ phase: FeedStatus.Phase, _ now: Timestamp) -> Step {
        enter(phase, now)
        next = .list
        return .wait(seconds: Self.slowRetry)
    }

    /// What is shown stays, with the word that it may have changed meanwhile.
    private mutating func fall(_ reason: String, _ now: Timestamp) {
        enter(hasListed || !delivered.isEmpty ? .stale(reason: reason) : .failed(reason: reason), now)
    }

    /// A phase keeps its beginning while only its words change.
    private mutating func enter(_ phase: FeedStatus.Phase, _ now: Timestamp) {
        if !phase.isSameKind(as: self.phase) { since = now }
        self.phase = phase
    }

    private mutating func put(_ row: TableRow, _ delta: inout TableDelta) {
        let before = delivered.update(with: DeliveredRow(row: row))
        if before?.row != row { delta.put(row) }
    }

    private mutating func remove(_ row: TableRow, _ delta: inout TableDelta) {
        if delivered.remove(DeliveredRow(row: row)) != nil { delta.remove(row.key) }
    }

    private mutating func removeAll(but arrived: Set<DeliveredRow>, _ delta: inout TableDelta) {
        let gone = delivered.filter { !arrived.contains($0) }
        for row in gone {
            delivered.remove(row)
            delta.remove(row.row.key)
        }
    }
}

extension FeedStatus.Phase {
    fileprivate func isSameKind(as other: FeedStatus.Phase) -> Bool {
        switch (self, other) {
        case (.loading, .loading), (.live, .live), (.stale, .stale), (.failed, .failed), (.forbidden, .forbidden),
            (.absent, .absent), (.ended, .ended):
            true
        default: false
        }
    }
}
