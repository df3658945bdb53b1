import Foundation

@testable import Simulator

/// Recorded answers of a real API server, and a small cluster to compare with them.
enum KubernetesFixtures {
    static let now = Date(timeIntervalSince1970: 1_800_000_000)

    /// A fixture file as a tree.
    static func json(_ path: String) throws -> SimJSON {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        return try SimJSON(parsing: Data(contentsOf: folder.appending(path: "Fixtures/\(path)")))
    }

    /// A cluster with rights and nothing else, its clock standing still.
    static func server(
        clock: any SimulationClock = ManualClock(now: now), ledger: ContainerLedger = ContainerLedger()
    ) -> KubernetesServer {
        let description = SimCluster(
            name: "test", isProtected: false, version: "v1.36.2", nodes: [], namespaces: [], workloads: [])
        let store = ClusterStore()
        for object in ClusterFurniture(cluster: description, now: clock.now).objects {
            _ = try? store.create(object.resource, object.json)  // Each is made once.
        }
        return KubernetesServer(
            name: "test", version: "v1.36.2", store: store, clock: clock,
            logs: ContainerLogs(cluster: "test", ledger: ledger, script: LogScript(seed: 1)),
            metrics: ContainerMetrics(description))
    }

    /// A config map, the simplest object there is.
    static func configMap(_ name: String, namespace: String = "demo", color: String? = nil) -> SimJSON {
        [
            "metadata": Manifest.metadata(
                name: name, namespace: .string(namespace), createdAt: now,
                labels: color.map { ["color": .string($0)] } ?? .null),
            "data": ["a": "1"],
        ]
    }
}

extension SimRequest {
    /// A request as a client of this user writes it.
    static func api(
        _ method: String, _ target: String, as user: String? = "admin", accept: String = "application/json",
        headers: [String: String] = [:], body: String = ""
    ) -> SimRequest {
        let parts = target.split(separator: "?", maxSplits: 1).map(String.init)
        var headers = headers
        headers["accept"] = accept
        if let user { headers["authorization"] = "Bearer \(user)" }
        return SimRequest(
            method: method, path: parts[0], query: parts.count > 1 ? SimRequest.form(parts[1]) : [], headers: headers,
            body: Array(body.utf8))
    }
}

extension SimResponse {
    /// The body in full, for answers that end.
    func text() async throws -> String {
        switch body {
        case .bytes(let bytes): return String(decoding: bytes, as: UTF8.self)
        case .stream(let next):
            var all: [UInt8] = []
            while let chunk = try await next() { all += chunk }
            return String(decoding: all, as: UTF8.self)
        }
    }

    /// The next piece of a stream.
    func nextText() async throws -> String? {
        guard case .stream(let next) = body else { return nil }
        return try await next().map { String(decoding: $0, as: UTF8.self) }
    }
}

let tableAccept = "application/json;as=Table;v=v1;g=meta.k8s.io,application/json"
