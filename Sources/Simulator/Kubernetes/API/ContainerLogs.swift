import Foundation

/// What the kubelets of one cluster know of logs: which container ran when, and what it wrote.
struct ContainerLogs: Sendable {
    let cluster: String
    let ledger: ContainerLedger
    let script: LogScript

    /// The run that is asked for: the newest, or the one before.
    func run(namespace: String, pod: String, uid: String, container: String, previous: Bool) -> SimContainer? {
        let runs = ledger.runs(cluster: cluster, namespace: namespace, pod: pod, container: container)
            .filter { $0.podUID == uid }
        guard previous else { return runs.last }
        return runs.count > 1 ? runs[runs.count - 2] : nil
    }
}
