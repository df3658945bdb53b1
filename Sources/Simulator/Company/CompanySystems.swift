import Foundation
import Synchronization

/// The systems around the company's clusters, on loopback: an Elasticsearch for each cluster, one Jenkins, one Alertmanager.
final class CompanySystems: Sendable {
    /// Where they listen.
    struct Addresses: Sendable, Equatable {
        var elasticsearch: [String: URL] = [:]
        var jenkins: URL
        var alertmanager: URL
    }

    /// Ports that somebody wants; 0 or none takes any free one. Elasticsearch's are keyed by cluster.
    struct Ports: Sendable {
        var elasticsearch: [String: UInt16] = [:]
        var jenkins: UInt16 = 0
        var alertmanager: UInt16 = 0
    }

    private let state: CompanyState
    private let elasticsearch: [String: LoopbackServer]
    private let jenkins: LoopbackServer
    private let alertmanager: LoopbackServer

    init(state: CompanyState, ports: Ports = Ports(), latency: Double = 0) throws {
        self.state = state
        elasticsearch = try state.company.clusters.reduce(into: [:]) { servers, cluster in
            let service = ElasticsearchService(state: state, cluster: cluster.name)
            servers[cluster.name] = try Self.server(ports.elasticsearch[cluster.name] ?? 0, latency, service.answer)
        }
        jenkins = try Self.server(ports.jenkins, latency, JenkinsService(state: state).answer)
        alertmanager = try Self.server(ports.alertmanager, latency, AlertmanagerService(state: state).answer)
    }

    /// Opens every server.
    func start() async throws -> Addresses {
        var addresses = Addresses(jenkins: try await jenkins.start(), alertmanager: try await alertmanager.start())
        for (name, server) in elasticsearch { addresses.elasticsearch[name] = try await server.start() }
        return addresses
    }

    /// Closes every server.
    func stop() async {
        for server in [jenkins, alertmanager] + elasticsearch.values { await server.stop() }
    }

    /// The faults of one of them, by name: `jenkins`, `alertmanager`, `elasticsearch-CLUSTER`.
    func faults(of system: String) -> FaultBox? {
        switch system {
        case "jenkins": jenkins.faults
        case "alertmanager": alertmanager.faults
        default: elasticsearch[String(system.dropFirst("elasticsearch-".count))]?.faults
        }
    }

    private static func server(
        _ port: UInt16, _ latency: Double, _ answer: @escaping LoopbackServer.Handler
    ) throws -> LoopbackServer {
        try LoopbackServer(port: port) { request in
            // A cancelled wait is a stopped server: whatever the answer, nobody reads it.
            if latency > 0 { try? await Task.sleep(for: .seconds(latency)) }
            return await answer(request)
        }
    }
}
