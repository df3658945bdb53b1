import Foundation

extension ContainerLedger {
    /// Fills the ledger as if a cluster had started everything some hours ago, for servers that run without one.
    func fill(from company: Company, at moment: Date) {
        for cluster in company.clusters {
            for workload in cluster.workloads {
                let count = workload.kind == .daemonSet ? cluster.nodes.count : workload.replicas
                for index in 0..<count {
                    startPod(index, of: workload, on: cluster.nodes, at: moment, seed: company.seed)
                }
            }
        }
    }

    private func startPod(_ index: Int, of workload: SimWorkload, on nodes: [SimNode], at moment: Date, seed: UInt64) {
        var generator = SeededGenerator(
            seed: seed, "\(workload.cluster)/\(workload.namespace)/\(workload.name)/\(index)")
        let pod =
            workload.kind == .statefulSet ? "\(workload.name)-\(index)" : "\(workload.name)-\(generator.nameSuffix())"
        let uid = generator.uuid()
        let start = moment.addingTimeInterval(-Double(generator.next() % 400_000) - 3600)
        for spec in workload.containers where spec.role != .initial {
            started(
                SimContainer(
                    cluster: workload.cluster, namespace: workload.namespace, pod: pod, podUID: uid, name: spec.name,
                    id: generator.hex(64), image: spec.image,
                    node: nodes[(index + Int(generator.next() % 7)) % nodes.count].name,
                    labels: workload.labels, profile: spec.profile, linesPerSecond: spec.linesPerSecond,
                    startedAt: start))
        }
    }
}
