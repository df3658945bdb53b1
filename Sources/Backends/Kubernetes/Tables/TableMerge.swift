import Model

/// Makes one table and one status of several lists and watches, and posts both in order.
///
/// An actor, so that the columns are posted before any row whichever namespace answers first.
actor TableMerge {
    private var states: [TableWatchState] = []
    private var columns: [TableColumn]?
    private var notices: [String] = []
    private var posted: FeedStatus?
    private let pacer: any Pacer
    private let post: @Sendable (TableFeedEvent) -> Void

    init(pacer: any Pacer, post: @escaping @Sendable (TableFeedEvent) -> Void) {
        self.pacer = pacer
        self.post = post
    }

    /// Starts afresh with these scopes; `notices` go with every status from now on. After a refusal nothing is said
    /// before the server has: a pane that is refused every minute need not flicker.
    func begin(_ scopes: [TableScope], notices: [String]) {
        states = scopes.map { TableWatchState(scope: $0, now: pacer.now) }
        self.notices = notices
        if case .forbidden = posted?.phase { return }
        postStatus()
    }

    func received(_ page: TablePage, in index: Int) -> TableWatchState.Step {
        let (delta, step) = states[index].received(page, now: pacer.now, dice: pacer.random())
        send(delta, columns: page.columns)
        postStatus()
        return step
    }

    func received(_ events: [(TableWatchEvent, String)], in index: Int) -> TableWatchState.Step? {
        let (delta, step) = states[index].received(events, now: pacer.now, dice: pacer.random())
        send(delta, columns: events.lazy.compactMap(\.0.columns).last ?? columns ?? [])
        if step != nil { postStatus() }
        return step
    }

    func watchOpened(in index: Int) {
        states[index].watchOpened(now: pacer.now, uptime: pacer.uptime)
        postStatus()
    }

    func watchEnded(in index: Int) -> TableWatchState.Step {
        states[index].watchEnded(uptime: pacer.uptime, dice: pacer.random())
    }

    func failed(_ error: KubernetesError, in index: Int) -> TableWatchState.Step {
        let step = states[index].failed(error, now: pacer.now, dice: pacer.random())
        if step != .narrow { postStatus() }
        return step
    }

    func waited(in index: Int) -> TableWatchState.Step { states[index].waited(dice: pacer.random()) }

    /// Nothing at all may be listed.
    func refused(_ reason: String) {
        let phase = FeedStatus.Phase.forbidden(reason: reason)
        let since = posted?.phase == phase ? posted!.since : pacer.now
        postStatus(FeedStatus(phase, since: since, hint: "ask for rights, or name a namespace"))
    }

    /// Columns come once; if the server changes them, the table is begun anew with all its rows.
    private func send(_ delta: TableDelta, columns new: [TableColumn]) {
        guard !new.isEmpty, new != columns else {
            if !delta.isEmpty { post(.delta(delta)) }
            return
        }
        columns = new
        var whole = TableDelta(reset: new)
        for state in states {
            for row in state.delivered { whole.put(row.row) }
        }
        post(.delta(whole))
    }

    private func postStatus() {
        postStatus(MergedStatus.of(states, notices: notices))
    }

    private func postStatus(_ status: FeedStatus) {
        guard status != posted else { return }
        posted = status
        post(.status(status))
    }
}

extension TableWatchEvent {
    fileprivate var columns: [TableColumn]? { if case .put(_, let columns) = self { columns } else { nil } }
}
