import Foundation
import Synchronization

@testable import Simulator

/// A container without a cluster, for trying its programs.
struct ContainerBench {
    struct Outcome: Sendable {
        var code: Int
        var output: String
        var problems: String
    }

    let machine: ContainerMachine
    let clock: ManualClock

    init(image: String = "registry.example/shop:1", budget: StorageBudget = StorageBudget()) {
        let clock = ManualClock(now: KubernetesFixtures.now)
        let identity = ContainerIdentity(
            cluster: "test", namespace: "odd", pod: "shop-1", podUID: "u", name: "app", id: "c1", image: image,
            node: "node-1",
            address: "10.128.0.9", app: "shop", hasTerminal: false, hasInput: false, environment: ["LOG_LEVEL": "info"],
            ports: [8080], startedAt: KubernetesFixtures.now)
        let logs = ContainerLogs(cluster: "test", ledger: ContainerLedger(), script: LogScript(seed: 1))
        self.clock = clock
        machine = ContainerMachine(identity, clock: clock, logs: logs, budget: budget) { _ in }
    }

    /// Runs a command without a terminal.
    func run(_ command: [String], input: String = "") async -> Outcome {
        let (output, problems) = (Collector(), Collector())
        let io = ProcessIO(input: TextSource(input), output: output, problems: problems)
        let outcome = await ExecProcess(machine: machine, terminal: nil, io: io).run(command)
        guard case .exited(let code) = outcome else { return Outcome(code: -1, output: "", problems: "\(outcome)") }
        return Outcome(code: code, output: output.text, problems: problems.text)
    }

    /// Runs a script of the shell.
    func sh(_ script: String, input: String = "") async -> Outcome { await run(["sh", "-c", script], input: input) }
}

/// Everything that was written.
final class Collector: ByteSink {
    private let bytes = Mutex<[UInt8]>([])

    func write(_ more: [UInt8]) async throws { bytes.withLock { $0 += more } }

    var all: [UInt8] { bytes.withLock { $0 } }
    var text: String { String(decoding: all, as: UTF8.self) }
}
