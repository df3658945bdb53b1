import Foundation
import Simulator

/// The simulated company for tests that only look: its clock stands still, so that two programs see the same.
actor Stage {
    static let shared = Stage()

    /// The program with `kubeconfig` in its folder.
    struct Set: Sendable {
        var program: Program
        var kubeconfig: String
    }

    private var starting: Task<Set, any Error>?
    private var simulation: Simulation?

    func set() async throws -> Set {
        if let starting { return try await starting.value }
        let task = Task {
            let program = try Program()
            let clock = ManualClock(now: Date())
            let simulation = Simulation(options: SimulationOptions(clock: clock))
            _ = try await simulation.start()
            // A node that goes leaves events to look at.
            await simulation.setNode("sbx-worker-05", ofCluster: "sandbox", isUp: false)
            await clock.advance(by: 60)
            let file = program.folder.appending(path: "kubeconfig")
            try await simulation.writeKubeconfig(to: file)
            try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file.path)
            keep(simulation)
            return Set(program: program, kubeconfig: file.path)
        }
        starting = task
        return try await task.value
    }

    private func keep(_ simulation: Simulation) { self.simulation = simulation }
}
