import Foundation
import Simulator
import Testing

@Suite("Subcommands that go into containers", .enabled(if: Program.path != nil))
struct StreamCommandTests {
    private let simulation = Simulation(options: SimulationOptions())
    private let program: Program

    init() throws { program = try Program() }

    @Test("exec passes outputs and the exit code on; cp brings a folder there and back; the story is written down")
    func execAndCopy() async throws {
        try await begin()
        let pod = try await pod()
        let ran = try await midwatch("exec", pod, "--", "sh", "-c", "echo out; echo err >&2; exit 3")
        #expect(ran == Program.Outcome(code: 3, output: "out\n", problem: "err\n"))
        let rehearsed = try await midwatch("exec", pod, "--dry-run", "--", "touch", "/tmp/rehearsed")
        #expect(rehearsed.code == 0)
        #expect(rehearsed.output.hasSuffix("nothing was done (dry run)\n"))
        let absent = try await midwatch("exec", pod, "--", "test", "-e", "/tmp/rehearsed")
        #expect(absent.code == 1)
        let missing = try await midwatch("exec", pod, "--", "nosuchprogram")
        #expect(missing.code == 1)
        #expect(
            missing.problem.hasSuffix(#"exec: "nosuchprogram": executable file not found in $PATH: unknown"# + "\n"))
        let nowhere = try await midwatch("exec", "nope", "--", "true")
        #expect(nowhere.code == 2)
        #expect(nowhere.problem == "midwatch: there is no pod/nope in checkout\n")

        let there = program.folder.appending(path: "there")
        try FileManager.default.createDirectory(at: there.appending(path: "sub"), withIntermediateDirectories: true)
        try Data(repeating: 9, count: 300_000).write(to: there.appending(path: "sub/big"))
        #expect(try await midwatch("cp", there.path, "\(pod):/tmp").output == "copied 1 file, 300.0 kB\n")
        let back = program.folder.appending(path: "back")
        #expect(try await midwatch("cp", "checkout/\(pod):/tmp/there", back.path).output == "copied 1 file, 300.0 kB\n")
        #expect(try Data(contentsOf: back.appending(path: "sub/big")) == Data(repeating: 9, count: 300_000))

        let story = try await program("audit", "-o", "json")
        #expect(story.lines.contains { $0.contains(#""event":"session-ended""#) && $0.contains("exit code 3") })
        await simulation.stop()
    }

    @Test("a protected environment is not entered without its name, a read-only one not at all")
    func guarded() async throws {
        try await begin()
        let arguments = ["exec", "nope", "-n", "checkout", "--context", "production"]
        let unnamed = try await run(arguments + ["--", "true"])
        #expect(unnamed.code == 2 || unnamed.code == 4)
        let readOnly = try await run(arguments + ["--read-only", "--confirm", "production", "--", "true"])
        #expect(readOnly.code == 4)
        #expect(
            readOnly.problem
                == "midwatch: production is read-only by --read-only; lift it for a while with :unlock 15m\n")
        await simulation.stop()
    }

    @Test("a forward says when it is ready, and what is not saved has no name")
    func forward() async throws {
        try await begin()
        let unknown = try await midwatch("forward", "web")
        #expect(unknown.code == 2)
        #expect(
            unknown.problem
                == "midwatch: no forward is saved as \"web\" for sandbox; to open one, name its ports as well\n")
        let bad = try await midwatch("forward", "deploy/basket", "8080:8080:8080")
        #expect(bad.code == 64)
        #expect(bad.problem == "midwatch: \"8080:8080:8080\" is not LOCAL:REMOTE\n")
        await simulation.stop()
    }

    private func begin() async throws {
        _ = try await simulation.start()
        try await simulation.writeKubeconfig(to: program.folder.appending(path: "kube"))
        try await simulation.writeConfig(to: program.folder.appending(path: "config.yaml"))
    }

    private func pod() async throws -> String {
        let names = try await midwatch("get", "pods", "-l", "app=basket", "-o", "name").lines
        return try #require(names.first).replacing("pods/", with: "").replacing("pod/", with: "")
    }

    private func midwatch(_ arguments: String...) async throws -> Program.Outcome {
        let more = ["--context", "sandbox", "-n", "checkout"]
        guard let end = arguments.firstIndex(of: "--") else { return try await run(arguments + more) }
        return try await run(arguments[..<end] + more + arguments[end...])
    }

    private func run(_ arguments: [String]) async throws -> Program.Outcome {
        let places = [
            "--kubeconfig", program.folder.appending(path: "kube").path, "--config",
            program.folder.appending(path: "config.yaml").path,
        ]
        return try await program.run(Program.path!, [arguments[0]] + places + arguments.dropFirst())
    }
}
