import Model

/// One status for a table that is made of several lists: as bad as the worst of them, without hiding what works.
enum MergedStatus {
    static func of(_ states: [TableWatchState], notices: [String]) -> FeedStatus {
        guard states.count != 1 else {
            return FeedStatus(states[0].phase, since: states[0].since, notices: notices, hint: hint(states[0].phase))
        }
        let refused = states.filter(\.isRefused)
        let working = states.filter { !$0.isRefused }
        guard let worst = working.max(by: { $0.severity < $1.severity }) else {
            let phase = refused.first?.phase ?? .loading(received: 0)
            return FeedStatus(phase, since: refused.first?.since ?? .zero, notices: notices, hint: hint(phase))
        }
        let words = refused.map { "\($0.scope.namespace ?? ""): \($0.reason)" }
        return FeedStatus(phase(worst, among: working), since: worst.since, notices: notices + words)
    }

    private static func phase(_ worst: TableWatchState, among working: [TableWatchState]) -> FeedStatus.Phase {
        let place = worst.scope.namespace.map { "\($0): " } ?? ""
        switch worst.phase {
        case .loading: return .loading(received: working.reduce(0) { $0 + $1.delivered.count })
        case .stale(let reason): return .stale(reason: place + reason)
        case .failed(let reason):
            // Rows of other namespaces are on the screen: the table as a whole is incomplete rather than empty.
            let hasRows = working.contains { !$0.delivered.isEmpty }
            return hasRows ? .stale(reason: place + reason) : .failed(reason: place + reason)
        case let other: return other
        }
    }

    private static func hint(_ phase: FeedStatus.Phase) -> String {
        if case .forbidden = phase { "ask for rights, or choose another namespace" } else { "" }
    }
}

extension TableWatchState {
    fileprivate var isRefused: Bool {
        switch phase {
        case .forbidden, .absent: true
        default: false
        }
    }

    fileprivate var reason: String {
        switch phase {
        case .forbidden(let reason), .absent(let reason), .stale(let reason), .failed(let reason), .ended(let reason):
            reason
        case .loading, .live: ""
        }
    }

    fileprivate var severity: Int {
        switch phase {
        case .live, .ended: 0
        case .loading: 1
        case .stale: 2
        case .failed: 3
        case .forbidden, .absent: 4
        }
    }
}
