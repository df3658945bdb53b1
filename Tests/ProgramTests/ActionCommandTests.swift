import Foundation
import Simulator
import Testing

@Suite("Subcommands that change something", .enabled(if: Program.path != nil))
struct ActionCommandTests {
    @Test("ask for --yes, or for a protected environment's name; do nothing otherwise; and are written down")
    func confirmation() async throws {
        let simulation = Simulation(options: SimulationOptions())
        _ = try await simulation.start()
        let program = try Program()
        let (kubeconfig, config) = (
            program.folder.appending(path: "kube"), program.folder.appending(path: "config.yaml")
        )
        try await simulation.writeKubeconfig(to: kubeconfig)
        try await simulation.writeConfig(to: config)
        func midwatch(_ arguments: String...) async throws -> Program.Outcome {
            try await program.run(
                Program.path!,
                arguments + ["--kubeconfig", kubeconfig.path, "--config", config.path])
        }
        let label = ["label", "deploy/payments-api", "desk=one", "-n", "payments"]
        func labelling(_ more: String...) async throws -> Program.Outcome {
            try await program.run(
                Program.path!, label + more + ["--kubeconfig", kubeconfig.path, "--config", config.path])
        }

        let nameless = try await midwatch(
            "delete", "pods", "", "-n", "payments", "--context", "sandbox", "-y")
        #expect(nameless == .init(code: 64, output: "", problem: "midwatch: a name is empty: KIND/NAME\n"))

        let unconfirmed = try await labelling("--context", "sandbox")
        #expect(unconfirmed.code == 64)
        #expect(unconfirmed.problem.hasSuffix("midwatch: it is not confirmed: add --yes\n"))
        let dry = try await labelling("--context", "sandbox", "--dry-run")
        #expect(dry.code == 0)
        #expect(
            dry.output
                == "label deployment/payments-api in payments\n@@ deployment/payments-api\n+ desk: one\nnothing was changed (dry run)\n"
        )
        let done = try await labelling("--context", "sandbox", "-y", "-o", "json")
        #expect(done.code == 0)
        #expect(done.output.contains(#""summary" : "deployment/payments-api: labelled""#))

        let protected = try await labelling("--context", "production", "-y")
        #expect(protected.code == 4)
        #expect(protected.problem.hasSuffix("midwatch: it is not confirmed: add --confirm production\n"))
        let wrong = try await labelling("--context", "production", "--confirm", "sandbox")
        #expect(wrong.code == 4)
        #expect(wrong.problem.hasSuffix("midwatch: the name does not match: type production to confirm\n"))
        let readOnly = try await labelling("--context", "production", "--confirm", "production", "--read-only")
        #expect(readOnly.code == 4)
        #expect(
            readOnly.problem
                == "midwatch: production is read-only by --read-only; lift it for a while with :unlock 15m\n")
        let named = try await labelling("--context", "production", "--confirm", "production")
        #expect(named.code == 0)

        let missing = try await midwatch("restart", "pod/nope", "-n", "payments", "-y", "--context", "sandbox")
        #expect(missing.code == 2)
        #expect(missing.problem == "midwatch: there is no pod/nope in payments\n")
        let negative = try await midwatch(
            "scale", "deploy/payments-api", "--replicas=-1", "-n", "payments", "-y", "--context", "sandbox")
        #expect(negative.code == 64)
        #expect(negative.problem == "midwatch: there cannot be -1 replicas; 0 or more\n")

        let story = try await program("audit", "-o", "json")
        #expect(story.lines.filter { $0.contains(#""event":"end""#) }.count == 2)
        #expect(story.lines.filter { $0.contains(#""confirmed":"typed""#) && $0.contains("production") }.count == 2)
        await simulation.stop()
    }
}
