import HTTP
import JSON
import Model

/// Follows all containers of a pod, a workload or a selector, with new pods joining as they come.
struct LogFollower: Sendable {
    /// More streams than this would cost the API server more than a person can read.
    static let mostContainers = 100

    let client: KubernetesClient
    let query: LogQuery
    let tail: Int
    let since: Timestamp?
    let lines: @Sendable ([LogLine]) async -> Void
    let merge: LogMerge

    func run() async throws {
        let followed = FollowedContainers(limit: Self.mostContainers)
        let events = client.followTable(try await podTable())
        try await withThrowingTaskGroup(of: Void.self) { containers in
            for await event in events { await take(event, followed, &containers) }
            try await containers.waitForAll()
        }
    }

    private func take(
        _ event: TableFeedEvent, _ followed: FollowedContainers, _ group: inout ThrowingTaskGroup<Void, any Error>
    ) async {
        switch event {
        case .status(let status): await merge.pods(status)
        case .delta(let delta):
            for key in delta.order {
                guard let row = delta.changes[key] ?? nil, await followed.isNew(uid: row.uid) else { continue }
                await merge.sawPods()
                group.addTask { try await follow(pod: key.name, uid: row.uid, followed) }
            }
        }
    }

    /// All containers of one pod, each in a task of its own, as far as there is room.
    private func follow(pod: String, uid: String, _ followed: FollowedContainers) async throws {
        guard let state = try await state(of: pod) else { return }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for container in state.containers where query.container == nil || query.container == container.name {
                let source = LogSource(namespace: query.namespace, pod: pod, container: container.name)
                group.addTask { try await follow(source, uid: uid, followed) }
            }
            try await group.waitForAll()
        }
    }

    private func follow(_ source: LogSource, uid: String, _ followed: FollowedContainers) async throws {
        while await !followed.enter() {
            await merge.leftOut(source)
            try await client.pacer.sleep(client.pacer.jittered(5))
        }
        await merge.container(source, .opening)
        let follower = ContainerLogFollower(
            client: client, source: source, uid: uid, tail: tail, since: since, lines: lines,
            report: { await merge.container(source, $0) })
        // An error here is the end of all of them: nobody waits for the room.
        try await follower.run()
        await followed.leave()
    }

    /// Tries until the pod answers; nil when it is gone.
    private func state(of pod: String) async throws -> PodState? {
        var backOff = BackOff(base: 0.5, ceiling: 10)
        while true {
            do {
                return PodState(try await client.json(.get, client.podPath(query.namespace, pod)))
            } catch let error as KubernetesError {
                if error.statusCode == 404 { return nil }
                let source = LogSource(namespace: query.namespace, pod: pod, container: query.container ?? "")
                await merge.container(source, error.isForbidden ? .refused(error.message) : .broken(error.message))
                try await client.pacer.sleep(backOff.next(dice: client.pacer.random()))
                await merge.container(source, .ended)
            }
        }
    }

    /// The pods that the log is made of, as a table to follow; waits while the workload cannot be read.
    private func podTable() async throws -> TableQuery {
        var table = TableQuery(environment: query.environment, kind: .pods, scope: .some([query.namespace]))
        switch query.target {
        case .pod(let name): table.fieldSelector = "metadata.name=\(name)"
        case .selector(let selector): table.labelSelector = selector
        case .workload(let kind, let name):
            table.labelSelector = try await selector(kind, name)
        }
        return table
    }

    private func selector(_ kind: String, _ name: String) async throws -> String {
        var backOff = BackOff()
        while true {
            do {
                return try await client.podSelector(ofWorkload: kind, namespace: query.namespace, name: name)
            } catch let error as KubernetesError {
                await merge.pods(FeedStatus(error.feedPhase, since: client.pacer.now))
                try await client.pacer.sleep(backOff.next(dice: client.pacer.random()))
            }
        }
    }
}

/// Which pods are known, and room for so many containers.
private actor FollowedContainers {
    private let limit: Int
    private var uids: Set<String> = []
    private var count = 0

    init(limit: Int) { self.limit = limit }

    func isNew(uid: String) -> Bool { uids.insert(uid).inserted }

    /// Takes a place; false when there is none.
    func enter() -> Bool {
        guard count < limit else { return false }
        count += 1
        return true
    }

    func leave() { count -= 1 }
}
