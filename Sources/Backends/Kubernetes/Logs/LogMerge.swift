import Model

/// One status for all containers that a log is made of.
actor LogMerge {
    private var table = FeedStatus.idle
    private var hasPods = false
    private var hasListed = false
    private var containers: [LogSource: ContainerLogFollower.Phase] = [:]
    private var left: Set<LogSource> = []
    private var posted: FeedStatus?
    private let target: LogQuery.Target
    private let pacer: any Pacer
    private let post: @Sendable (FeedStatus) -> Void

    init(target: LogQuery.Target, pacer: any Pacer, post: @escaping @Sendable (FeedStatus) -> Void) {
        self.target = target
        self.pacer = pacer
        self.post = post
    }

    func pods(_ status: FeedStatus) {
        table = status
        if status.phase == .live { hasListed = true }
        update()
    }

    func sawPods() {
        hasPods = true
        update()
    }

    func container(_ source: LogSource, _ phase: ContainerLogFollower.Phase) {
        containers[source] = phase
        left.remove(source)
        update()
    }

    /// A container that is not followed because too many are already.
    func leftOut(_ source: LogSource) {
        left.insert(source)
        update()
    }

    private func update() {
        let (phase, hint) = phase()
        guard posted?.phase != phase || posted?.notices != notices() else { return }
        let since = posted?.phase == phase ? posted!.since : pacer.now
        let status = FeedStatus(phase, since: since, notices: notices(), hint: hint)
        posted = status
        post(status)
    }

    private func phase() -> (FeedStatus.Phase, String) {
        let phases = Array(containers.values)
        let open = phases.filter { $0 != .ended }
        if case .refused(let reason)? = open.first(where: \.isRefused), open.allSatisfy(\.isRefused) {
            return (.forbidden(reason: reason), "reading logs needs get on pods/log")
        }
        guard !open.isEmpty else { return (phaseWithoutContainers(hadSome: !phases.isEmpty), "") }
        if let (source, reason) = broken() {
            return (.stale(reason: "\(source.pod)/\(source.container): \(reason)"), "")
        }
        return (open.contains(.opening) && !open.contains(.streaming) ? .loading(received: 0) : .live, "")
    }

    private func phaseWithoutContainers(hadSome: Bool) -> FeedStatus.Phase {
        switch table.phase {
        case .live: break
        case .loading where hadSome || hasListed: break
        case let other: return other
        }
        guard case .pod(let name) = target else { return .live }
        if hadSome { return .ended(reason: "the containers of \(name) have ended") }
        return hasPods ? .loading(received: 0) : .ended(reason: "there is no pod \(name)")
    }

    private func broken() -> (LogSource, String)? {
        for (source, phase) in sorted() { if case .broken(let reason) = phase { return (source, reason) } }
        return nil
    }

    private func notices() -> [String] {
        var words: [String] = []
        for (source, phase) in sorted() {
            if case .waiting(let reason) = phase { words.append("\(source.pod)/\(source.container) waits: \(reason)") }
            if case .refused(let reason) = phase { words.append("\(source.pod)/\(source.container): \(reason)") }
        }
        if words.count > 4 { words = Array(words.prefix(3)) + ["and \(words.count - 3) more containers wait"] }
        if !left.isEmpty {
            let followed = containers.values.count { $0 != .ended }
            words.append("following \(followed) containers; \(left.count) more are left out")
        }
        if containers.isEmpty, hasListed, !hasPods, target.isWorkload { words.append("no pods match yet") }
        return words
    }

    private func sorted() -> [(LogSource, ContainerLogFollower.Phase)] {
        containers.sorted { ($0.key.pod, $0.key.container) < ($1.key.pod, $1.key.container) }.map { ($0.key, $0.value) }
    }
}

extension ContainerLogFollower.Phase {
    fileprivate var isRefused: Bool { if case .refused = self { true } else { false } }
}

extension LogQuery.Target {
    fileprivate var isWorkload: Bool { if case .pod = self { false } else { true } }
}
