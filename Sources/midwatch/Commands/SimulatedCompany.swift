import Foundation
import Simulator

/// A running simulation with its files.
struct SimulatedCompany {
    let kubeconfig: URL
    let config: URL
    /// Names and addresses of the servers, for people.
    let lines: [(String, String)]
    private let simulation: Simulation

    init(_ options: SimulationOptions, folder: URL) throws {
        let (kubeconfig, config) = (folder.appending(path: "kubeconfig"), folder.appending(path: "config.yaml"))
        self.kubeconfig = kubeconfig
        self.config = config
        let simulation = Simulation(options: options)
        self.simulation = simulation
        try FileManager.default.createDirectory(
            at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        let addresses = try waiting {
            let addresses = try await simulation.start()
            try await simulation.writeKubeconfig(to: kubeconfig)
            try await simulation.writeConfig(to: config)
            try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: kubeconfig.path)
            return addresses
        }
        lines =
            addresses.kubernetes.sorted { $0.key < $1.key }.map { ($0.key, $0.value.absoluteString) }
            + addresses.elasticsearch.sorted { $0.key < $1.key }.map {
                ("elasticsearch \($0.key)", $0.value.absoluteString)
            }
            + [("jenkins", addresses.jenkins), ("alertmanager", addresses.alertmanager)].compactMap { name, address in
                address.map { (name, $0.absoluteString) }
            }
    }

    /// Takes no longer than a person waits for a prompt: what has not ended by then ends with the process.
    func stop() {
        let done = DispatchSemaphore(value: 0)
        Task { [simulation] in
            await simulation.stop()
            done.signal()
        }
        _ = done.wait(timeout: .now() + 2)
    }
}
