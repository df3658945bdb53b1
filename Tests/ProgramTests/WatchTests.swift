import Foundation
import Simulator
import Testing

@Suite("get -w prints one list and then what changes", .enabled(if: Program.path != nil), .timeLimit(.minutes(3)))
struct WatchTests {
    @Test("a name watches that object alone, and the first table is there at once though it goes into a pipe")
    func oneName() async throws {
        let stage = try await Stage.shared.set()
        let watched = try stage.program.firstLines(
            2, "get", "deployments", "payments-api", "-n", "payments", "-w", "--kubeconfig", stage.kubeconfig,
            "--context", "sandbox")
        let list = try await stage.program(
            "get", "deployments", "payments-api", "-n", "payments", "--kubeconfig", stage.kubeconfig,
            "--context", "sandbox")
        #expect(AgelessTable(watched).lines == AgelessTable(list.output).lines)
        #expect(list.lines.count == 3)
    }

    @Test("several names are picked; one that is not there is code 2")
    func severalNames() async throws {
        let stage = try await Stage.shared.set()
        let outcome = try await stage.program(
            "get", "deployments", "payments-api", "nobody", "-n", "payments", "-w", "--kubeconfig", stage.kubeconfig,
            "--context", "sandbox", seconds: 20)
        #expect(
            outcome
                == .init(code: 2, output: "", problem: "midwatch: deployments.apps \"nobody\" not found in payments\n"))
    }
}
