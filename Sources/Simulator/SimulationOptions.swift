import Foundation

/// What a demo, a test or a load test may want different from the usual make-believe company.
public struct SimulationOptions: Sendable {
    /// The same seed makes the same company, the same names and the same log lines.
    public var seed: UInt64
    public var clock: any SimulationClock
    /// Names of scenarios that play one after the other, over and over; the first has begun two minutes before the start.
    public var scenarios: [String]
    /// Pods of the production cluster in all; nil leaves the company as large as it is.
    public var pods: Int?
    /// Changes of pods a second in the production cluster, besides what happens anyway.
    public var churnPerSecond: Double
    /// Log lines a second over all containers of a cluster; nil leaves each container its usual rate.
    public var logLinesPerSecond: Double?
    /// Ports of the clusters' API servers by cluster; 0 or none takes a free one.
    public var kubernetesPorts: [String: UInt16]
    /// Ports of the Elasticsearch of each cluster, of Jenkins and of Alertmanager; 0 or none takes a free one.
    public var elasticsearchPorts: [String: UInt16] = [:]
    public var jenkinsPort: UInt16 = 0
    public var alertmanagerPort: UInt16 = 0
    /// Seconds by which every answer of every server is late.
    public var latency: Double

    public init(
        seed: UInt64 = 1, clock: any SimulationClock = RealClock(), scenarios: [String] = [], pods: Int? = nil,
        churnPerSecond: Double = 0, logLinesPerSecond: Double? = nil, kubernetesPorts: [String: UInt16] = [:],
        latency: Double = 0
    ) {
        self.seed = seed
        self.clock = clock
        self.scenarios = scenarios
        self.pods = pods
        self.churnPerSecond = churnPerSecond
        self.logLinesPerSecond = logLinesPerSecond
        self.kubernetesPorts = kubernetesPorts
        self.latency = latency
    }
}

extension SimulationOptions {
    /// Every scenario by its name, with one line about it.
    public static var knownScenarios: [(name: String, summary: String)] {
        Scenario.allCases.map { ($0.rawValue, $0.summary) }
    }
}

/// Where the simulated servers listen.
public struct SimulationAddresses: Sendable, Equatable {
    /// The API servers by cluster, which is also the name of the kubeconfig context.
    public var kubernetes: [String: URL] = [:]
    /// An Elasticsearch for each cluster, by its name.
    public var elasticsearch: [String: URL] = [:]
    public var jenkins: URL?
    public var alertmanager: URL?
}
