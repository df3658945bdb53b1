import Foundation

/// The make-believe company in motion: clusters that live by themselves and the servers before them, on loopback only.
///
/// It runs on its own tasks beside whoever starts it, and stops when told to.
public actor Simulation {
    public let options: SimulationOptions
    let company: Company
    let ledger = ContainerLedger()
    let script: LogScript
    let clusters: [SimulatedCluster]
    private var servers: [String: LoopbackServer] = [:]
    private var tasks: [Task<Void, Never>] = []
    private var addresses = SimulationAddresses()

    public init(options: SimulationOptions = SimulationOptions()) {
        self.options = options
        company = Company.lanternpay(
            seed: options.seed,
            size: Company.Size(productionPods: options.pods, linesPerSecond: options.logLinesPerSecond))
        let script = LogScript(seed: options.seed)
        self.script = script
        let (company, ledger) = (company, ledger)
        clusters = company.clusters.map {
            SimulatedCluster($0, company: company, clock: options.clock, ledger: ledger, script: script)
        }
    }

    /// Fills the clusters, sets them in motion and opens the servers.
    public func start() async throws -> SimulationAddresses {
        for cluster in clusters {
            await cluster.populate()
            if cluster.name == "production" { await cluster.engine.setChurn(options.churnPerSecond) }
            let server = try makeServer(for: cluster)
            servers[cluster.name] = server
            addresses.kubernetes[cluster.name] = try await server.start()
            tasks.append(Task { await cluster.engine.run() })
        }
        return addresses
    }

    /// Closes every server and ends everything that moves.
    public func stop() async {
        for task in tasks { task.cancel() }
        for server in servers.values { await server.stop() }
        for task in tasks { await task.value }
        tasks = []
        servers = [:]
    }

    /// Makes the API server of a cluster go wrong.
    public func add(_ fault: FaultRule, toCluster name: String) {
        servers[name]?.faults.add(fault)
    }

    /// Ends every fault of a cluster's API server.
    public func clearFaults(ofCluster name: String) {
        servers[name]?.faults.clear()
    }

    /// Forgets past changes in a cluster, so that older resource versions are gone.
    public func compact(cluster name: String) {
        cluster(name)?.store.compact()
    }

    /// Takes a node of a cluster down or brings it back.
    public func setNode(_ node: String, ofCluster name: String, isUp: Bool) async {
        guard let engine = cluster(name)?.engine else { return }
        if isUp { await engine.startNode(node) } else { await engine.stopNode(node) }
    }

    /// The cluster of that name.
    func cluster(_ name: String) -> SimulatedCluster? { clusters.first { $0.name == name } }

    private func makeServer(for cluster: SimulatedCluster) throws -> LoopbackServer {
        let (api, latency) = (cluster.api, options.latency)
        return try LoopbackServer(port: options.kubernetesPorts[cluster.name] ?? 0) { request in
            // A cancelled wait is a stopped server: whatever the answer, nobody reads it.
            if latency > 0 { try? await Task.sleep(for: .seconds(latency)) }
            return await api.handle(request)
        }
    }

    /// Writes a kubeconfig with a context for each cluster; further contexts `CLUSTER-USER` are for the other users.
    public func writeKubeconfig(to file: URL) throws {
        try Kubeconfig(addresses: addresses.kubernetes).text.write(to: file, atomically: true, encoding: .utf8)
    }
}
