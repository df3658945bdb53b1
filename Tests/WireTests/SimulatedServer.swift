import Backends
import CurlHTTP
import Foundation
import HTTP
import Model
import Simulator

/// The simulated company's sandbox cluster on loopback, with a client before it.
struct SimulatedServer {
    let simulation: Simulation
    let address: URL

    /// Runs a test against a server of its own.
    static func with(
        _ options: SimulationOptions = SimulationOptions(), _ body: (SimulatedServer) async throws -> Void
    ) async throws {
        let simulation = Simulation(options: options)
        let addresses = try await simulation.start()
        let server = SimulatedServer(simulation: simulation, address: addresses.kubernetes["sandbox"]!)
        do {
            try await body(server)
        } catch {
            await simulation.stop()
            throw error
        }
        await simulation.stop()
    }

    func client(as user: String = "admin", defaultNamespace: String = "default") -> KubernetesClient {
        let server = address.absoluteString.trimmingSuffix("/") + "/users/\(user)"
        return Self.client(of: KubernetesConnection(server: server, defaultNamespace: defaultNamespace))
    }

    func fault(_ fault: Fault, on path: String, count: Int? = nil) async {
        await simulation.add(FaultRule(fault, path: path, count: count), toCluster: "sandbox")
    }
}

/// A followed table as the console would hold it.
struct MirroredTable {
    private(set) var table = Table()
    private(set) var status = FeedStatus.idle
    private(set) var phases: [String] = []
    private(set) var resets = 0
    private var events: AsyncStream<TableFeedEvent>.Iterator

    init(_ stream: AsyncStream<TableFeedEvent>) { events = stream.makeAsyncIterator() }

    /// Reads on until the condition holds; the test's time limit is the only bound.
    mutating func read(until condition: (MirroredTable) -> Bool) async {
        while !condition(self), let event = await events.next() {
            switch event {
            case .status(let status):
                self.status = status
                phases.append(Self.word(status.phase))
            case .delta(let delta):
                if delta.reset != nil { resets += 1 }
                _ = table.apply(delta)
            }
        }
    }

    var names: Set<String> { Set(table.rows.compactMap { $0.map { "\($0.namespace)/\($0.name)" } }) }
    var isLive: Bool { status.phase == .live }

    private static func word(_ phase: FeedStatus.Phase) -> String {
        switch phase {
        case .loading: "loading"
        case .live: "live"
        case .stale: "stale"
        case .failed: "failed"
        case .forbidden: "forbidden"
        case .absent: "absent"
        case .ended: "ended"
        }
    }
}

extension SimulatedServer {
    static func client(of connection: KubernetesConnection) -> KubernetesClient {
        KubernetesClient(
            connection: connection, transport: connection.transport { CurlTransport(settings: $0) }, pacer: HastyPacer()
        )
    }

    /// Deletes a pod ("namespace/name"), so that its owner makes another.
    func restartPod(_ key: String) async throws {
        let parts = key.split(separator: "/")
        let url = address.absoluteString.trimmingSuffix("/")
        let answer = try await CurlTransport(settings: HTTPServerSettings()).send(
            HTTPRequest(
                .delete, "\(url)/users/admin/api/v1/namespaces/\(parts[0])/pods/\(parts[1])?gracePeriodSeconds=0"))
        guard answer.status < 300 else { throw KubernetesError.decoding(target: key, cause: "\(answer.status)") }
    }
}

extension String {
    fileprivate func trimmingSuffix(_ suffix: String) -> String {
        hasSuffix(suffix) ? String(dropLast(suffix.count)) : self
    }
}
