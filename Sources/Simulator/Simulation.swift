import Foundation

/// The make-believe company in motion: clusters that live by themselves and the servers before them, on loopback only.
///
/// It runs on its own tasks beside whoever starts it, and stops when told to.
public actor Simulation {
    public let options: SimulationOptions
    let company: Company
    /// What clusters, scenarios and the other systems share.
    let state: CompanyState
    let clusters: [SimulatedCluster]
    private var servers: [String: LoopbackServer] = [:]
    private var systems: CompanySystems?
    private var tasks: [Task<Void, Never>] = []
    private var addresses = SimulationAddresses()

    public init(options: SimulationOptions = SimulationOptions()) {
        self.options = options
        company = Company.lanternpay(
            seed: options.seed,
            size: Company.Size(productionPods: options.pods, linesPerSecond: options.logLinesPerSecond))
        let state = CompanyState(company: company, clock: options.clock)
        self.state = state
        clusters = company.clusters.map {
            SimulatedCluster(
                $0, company: state.company, clock: options.clock, ledger: state.ledger, script: state.logs)
        }
    }

    /// Fills the clusters, sets them in motion and opens the servers.
    public func start() async throws -> SimulationAddresses {
        let scenarios = try options.scenarios.map { name in
            guard let scenario = Scenario(rawValue: name) else { throw SimulationError.unknownScenario(name) }
            return scenario
        }
        for cluster in clusters {
            await cluster.populate()
            if cluster.name == "production" { await cluster.engine.setChurn(options.churnPerSecond) }
            let server = try makeServer(for: cluster)
            servers[cluster.name] = server
            addresses.kubernetes[cluster.name] = try await server.start()
            tasks.append(Task { await cluster.engine.run() })
        }
        try await startSystems()
        let player = ScenarioPlayer(state: state, controls: clusters.reduce(into: [:]) { $0[$1.name] = $1 })
        tasks.append(Task { await player.play(scenarios) })
        return addresses
    }

    /// Closes every server and ends everything that moves.
    public func stop() async {
        for task in tasks { task.cancel() }
        for server in servers.values { await server.stop() }
        await systems?.stop()
        for task in tasks { await task.value }
        tasks = []
        servers = [:]
        systems = nil
    }

    /// Makes the API server of a cluster go wrong.
    public func add(_ fault: FaultRule, toCluster name: String) {
        servers[name]?.faults.add(fault)
    }

    /// Ends every fault of a cluster's API server.
    public func clearFaults(ofCluster name: String) {
        servers[name]?.faults.clear()
    }

    /// Makes one of the other systems go wrong: `jenkins`, `alertmanager`, `elasticsearch-CLUSTER`.
    public func add(_ fault: FaultRule, toSystem name: String) {
        systems?.faults(of: name)?.add(fault)
    }

    /// Ends every fault of one of the other systems.
    public func clearFaults(ofSystem name: String) {
        systems?.faults(of: name)?.clear()
    }

    /// Forgets past changes in a cluster, so that older resource versions are gone.
    public func compact(cluster name: String) {
        cluster(name)?.store.compact()
    }

    /// Takes every right of its own away from a user of a cluster, as somebody who edits the bindings would.
    public func withdrawRights(of user: String, inCluster name: String) {
        guard let store = cluster(name)?.store, let user = SimUser.tokens[user] else { return }
        let names = Set([user.name] + user.groups).subtracting(["system:authenticated"])
        for resource in ["clusterrolebindings", "rolebindings"].map({ "\($0).rbac.authorization.k8s.io" }) {
            for binding in store.all(resource) {
                let subjects = binding.json["subjects"].items
                let left = subjects.filter { !names.contains($0["name"].stringValue ?? "") }
                guard left.count < subjects.count else { continue }
                _ = try? store.update(resource, binding.key) { json in  // Gone already is as good.
                    var json = json
                    json["subjects"] = .array(left)
                    return json
                }
            }
        }
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

    /// Writes a configuration that names both environments and the systems around them, and beside it `FILE.jenkins-token`
    /// with the API token of the person whom it logs in.
    public func writeConfig(to file: URL) throws {
        guard let jenkins = addresses.jenkins, let alertmanager = addresses.alertmanager else {
            throw DemoConfigurationError.notStarted
        }
        let configuration = DemoConfiguration(
            elasticsearch: addresses.elasticsearch, jenkins: jenkins, alertmanager: alertmanager,
            clusters: company.clusters,
            tokenFile: file.appendingPathExtension("jenkins-token"))
        try configuration.write(to: file, token: JenkinsService.token(of: configuration.user, seed: company.seed))
    }

    private func startSystems() async throws {
        let ports = CompanySystems.Ports(
            elasticsearch: options.elasticsearchPorts, jenkins: options.jenkinsPort,
            alertmanager: options.alertmanagerPort)
        let systems = try CompanySystems(state: state, ports: ports, latency: options.latency)
        self.systems = systems
        let open = try await systems.start()
        addresses.elasticsearch = open.elasticsearch
        addresses.jenkins = open.jenkins
        addresses.alertmanager = open.alertmanager
    }
}
