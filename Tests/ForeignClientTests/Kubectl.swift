import Foundation
import Simulator

/// The real kubectl against a simulation of its own, shared by the tests that only look.
actor Kubectl {
    static let shared = Kubectl()
    /// Another simulation, for the tests that change things.
    static let writing = Kubectl()

    /// Where kubectl is, if the machine has one: `KUBECTL`, or anywhere on the PATH.
    static let program: String? = {
        let environment = ProcessInfo.processInfo.environment
        let folders = (environment["PATH"] ?? "").split(separator: ":").map { "\($0)/kubectl" }
        let candidates = (environment["KUBECTL"].map { [$0] } ?? []) + folders
        return candidates.first { FileManager.default.isExecutableFile(atPath: $0) }
    }()

    struct Outcome: Sendable {
        var status: Int32
        var output: String
        var problem: String

        /// The output without its padding, line by line, for comparing with words.
        var lines: [[String]] {
            output.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
        }
    }

    private var starting: Task<URL, any Error>?

    /// Runs kubectl in a context of the simulation; output beyond `seconds` is not waited for.
    func callAsFunction(
        _ arguments: String..., context: String = "sandbox", input: String = "", seconds: Int = 60,
        variables: [String: String] = [:]
    ) async throws -> Outcome {
        let folder = try await folder()
        return try await Self.run(
            Self.program ?? "kubectl", Self.options(folder, context) + arguments, in: folder, input: input,
            seconds: seconds, variables: variables)
    }

    /// Writes a file for kubectl to read, or a program for it to run, and gives its path.
    func file(_ name: String, _ text: String, isProgram: Bool = false) async throws -> String {
        let file = try await folder().appending(path: name)
        try text.write(to: file, atomically: true, encoding: .utf8)
        if isProgram {
            try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: file.path)
        }
        return file.path
    }

    /// Runs kubectl in a terminal of its own into which the input is typed.
    func inTerminal(_ arguments: String..., input: String, seconds: Int = 60) async throws -> Outcome {
        let folder = try await folder()
        let words = [Self.program ?? "kubectl"] + Self.options(folder, "sandbox") + arguments
        return try await Self.run(
            "/usr/bin/script", ["-qec", words.joined(separator: " "), "/dev/null"], in: folder, input: input,
            seconds: seconds)
    }

    /// Where kubectl runs.
    func workFolder() async throws -> URL { try await folder() }

    private static func options(_ folder: URL, _ context: String) -> [String] {
        ["--kubeconfig", folder.appending(path: "config").path, "--context", context]
    }

    private func folder() async throws -> URL {
        if let starting { return try await starting.value }
        let task = Task {
            let folder = FileManager.default.temporaryDirectory.appending(path: "kubectl-\(UUID().uuidString)")
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            let simulation = Simulation()
            _ = try await simulation.start()
            try await simulation.writeKubeconfig(to: folder.appending(path: "config"))
            await Keeper.shared.keep(simulation)
            return folder
        }
        starting = task
        return try await task.value
    }

    /// Runs a program to its end, or for so many seconds.
    static func run(
        _ program: String, _ arguments: [String], in folder: URL, input: String = "", seconds: Int,
        variables: [String: String] = [:]
    )
        async throws -> Outcome
    {
        let name = UUID().uuidString
        let typed = folder.appending(path: "\(name).in")
        try Data(input.utf8).write(to: typed)
        let (out, problem) = (folder.appending(path: "\(name).out"), folder.appending(path: "\(name).err"))
        for file in [out, problem] { _ = FileManager.default.createFile(atPath: file.path, contents: nil) }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/timeout")
        process.arguments = ["--foreground", "\(seconds)", program] + arguments
        process.currentDirectoryURL = folder
        process.environment = ["HOME": folder.path, "PATH": "/usr/bin:/bin"].merging(variables) { _, own in own }
        process.standardInput = try FileHandle(forReadingFrom: typed)
        process.standardOutput = try FileHandle(forWritingTo: out)
        process.standardError = try FileHandle(forWritingTo: problem)
        let status = try await withCheckedThrowingContinuation { continuation in
            process.terminationHandler = { continuation.resume(returning: $0.terminationStatus) }
            do { try process.run() } catch { continuation.resume(throwing: error) }
        }
        return Outcome(
            status: status, output: try String(contentsOf: out, encoding: .utf8),
            problem: try String(contentsOf: problem, encoding: .utf8))
    }
}

/// Holds the simulation for as long as the tests run.
private actor Keeper {
    static let shared = Keeper()
    private var simulations: [Simulation] = []

    func keep(_ simulation: Simulation) { simulations.append(simulation) }
}
