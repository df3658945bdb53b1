import Foundation
import Testing

@Suite("--once prints a settled screen", .enabled(if: Program.path != nil), .timeLimit(.minutes(3)))
struct OnceTests {
    @Test("the demo's overview at 80x24 has a row for each kind, and code 0")
    func demo() async throws {
        let outcome = try await Program()("demo", "--once", "--size", "80x24", "--scenario", "calm")
        #expect(outcome.code == 0, "\(outcome.problem)\n\(outcome.output)")
        #expect(outcome.lines.count == 25)
        #expect(outcome.lines[3].split(separator: " ").prefix(3) == ["KIND", "TOTAL", "WELL"])
        let rows = outcome.lines[4...10].compactMap { $0.firstMatch(of: /([A-Z]\w+) +([1-9]\d*)/) }
        #expect(
            rows.map(\.1) == ["Deployments", "StatefulSets", "DaemonSets", "Jobs", "CronJobs", "Pods", "Nodes"])
    }

    @Test("what is not there at all is code 2, and the reason stands on the screen")
    func absent() async throws {
        let stage = try await Stage.shared.set()
        let outcome = try await stage.program(
            "--once", "-c", "alerts", "--kubeconfig", stage.kubeconfig, "--context", "sandbox", "--size", "100x20")
        #expect(outcome.code == 2, "\(outcome.output)")
    }
}
