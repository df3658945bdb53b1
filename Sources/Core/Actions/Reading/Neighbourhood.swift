import Backends
import Synchronization

/// Keeps the neighbours of each namespace while one plan is made, however many of its objects stand there.
final class Neighbourhood: Sendable {
    private let known = Mutex<[String: Task<Neighbours, Never>]>([:])

    func neighbours(_ client: KubernetesClient, _ namespace: String) async -> Neighbours {
        let task = known.withLock { known in
            if let task = known[namespace] { return task }
            let task = Task { await Neighbours(client, namespace: namespace) }
            known[namespace] = task
            return task
        }
        return await task.value
    }

    deinit { for task in known.withLock({ $0.values }) { task.cancel() } }
}
