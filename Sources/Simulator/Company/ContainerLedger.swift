import Foundation
import Synchronization

/// Which containers ran when, in all clusters: the kubelet writes it, its log endpoint and Elasticsearch read it.
///
/// Runs that ended stay for `retention`, so that logs of pods that are gone can still be found.
final class ContainerLedger: Sendable {
    /// How long a run that ended is remembered.
    static let retention: TimeInterval = 48 * 3600

    private struct PodKey: Hashable {
        var cluster: String
        var namespace: String
        var pod: String
    }

    private struct State {
        var pods: [PodKey: [SimContainer]] = [:]
        var generation = 0
        var lastSweep = Date.distantPast
    }

    private let state = Mutex(State())

    /// Grows with every change, so that a reader knows whether what it derived is still true.
    var generation: Int { state.withLock { $0.generation } }

    /// Notes that a container started.
    func started(_ container: SimContainer) {
        state.withLock { state in
            state.pods[Self.key(container), default: []].append(container)
            state.generation += 1
        }
    }

    /// Notes that the newest run of a container ended; nothing happens when it had ended already.
    func ended(
        cluster: String, namespace: String, pod: String, container: String, at moment: Date,
        _ ending: SimContainer.Ending
    ) {
        state.withLock { state in
            let key = PodKey(cluster: cluster, namespace: namespace, pod: pod)
            guard let index = state.pods[key]?.lastIndex(where: { $0.name == container }),
                state.pods[key]?[index].endedAt == nil
            else { return }
            state.pods[key]?[index].endedAt = moment
            state.pods[key]?[index].ending = ending
            state.generation += 1
            Self.sweep(&state, at: moment)
        }
    }

    /// The runs of one container of a pod, oldest first: the last is the present one, the one before is `previous`.
    func runs(cluster: String, namespace: String, pod: String, container: String) -> [SimContainer] {
        state.withLock { $0.pods[PodKey(cluster: cluster, namespace: namespace, pod: pod)] ?? [] }
            .filter { $0.name == container }
    }

    /// Every run that is remembered, in no order.
    func allRuns() -> [SimContainer] {
        state.withLock { $0.pods.values.flatMap { $0 } }
    }

    /// Every run that is remembered of one cluster, in no order.
    func allRuns(cluster: String) -> [SimContainer] {
        state.withLock { state in state.pods.filter { $0.key.cluster == cluster }.values.flatMap { $0 } }
    }

    private static func key(_ container: SimContainer) -> PodKey {
        PodKey(cluster: container.cluster, namespace: container.namespace, pod: container.pod)
    }

    /// Looks through everything once in ten minutes only: endings come by the thousand.
    private static func sweep(_ state: inout State, at moment: Date) {
        guard moment.timeIntervalSince(state.lastSweep) > 600 else { return }
        state.lastSweep = moment
        let horizon = moment.addingTimeInterval(-retention)
        state.pods = state.pods.compactMapValues { runs in
            let kept = runs.filter { ($0.endedAt ?? .distantFuture) > horizon }
            return kept.isEmpty ? nil : kept
        }
    }
}
