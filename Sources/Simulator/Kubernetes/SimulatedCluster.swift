import Foundation

/// One make-believe cluster: its storage, what moves in it, and the API server before it.
final class SimulatedCluster: Sendable {
    let name: String
    let store: ClusterStore
    let engine: ClusterEngine
    let behaviours = BehaviourBook()
    let api: KubernetesServer
    private let description: SimCluster
    private let company: Company
    private let clock: any SimulationClock

    init(
        _ description: SimCluster, company: Company, clock: any SimulationClock, ledger: ContainerLedger,
        script: LogScript
    ) {
        name = description.name
        self.description = description
        self.company = company
        self.clock = clock
        store = ClusterStore(seed: StableHash.mix(company.seed, StableHash.of(description.name)))
        engine = ClusterEngine(
            cluster: description.name, store: store, clock: clock, ledger: ledger,
            directory: ContainerDirectory(description), behaviours: behaviours, seed: company.seed)
        api = KubernetesServer(
            name: description.name, version: description.version, store: store, clock: clock,
            logs: ContainerLogs(cluster: description.name, ledger: ledger, script: script),
            metrics: ContainerMetrics(description),
            kill: { [engine] pod, container, code in await engine.killMainProcess(pod, container, code: code) },
            owners: OwnerText())
    }

    /// Fills the store and brings every workload to where it would be after running for a while.
    func populate() async {
        let seeder = ClusterSeeder(
            cluster: description, company: company, store: store, behaviours: behaviours, now: clock.now)
        seeder.seed()
        await engine.adopt()
    }
}

extension ContainerMetrics {
    init(_ cluster: SimCluster) {
        var usual: [String: (cpuMilli: Int, memoryMiB: Int)] = [:]
        for workload in cluster.workloads {
            for container in workload.containers {
                usual["\(workload.namespace)/\(workload.name)/\(container.name)"] = (
                    container.cpuUsageMilli, container.memoryUsageMiB
                )
            }
        }
        self.init(usual: usual)
    }
}
