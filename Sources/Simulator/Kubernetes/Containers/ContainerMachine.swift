import Foundation
import Synchronization

/// One instance of a container as its processes see it: files, time, name, neighbours.
///
/// It is made when somebody first looks into the container and forgotten when the container is started anew.
final class ContainerMachine: Sendable {
    let identity: ContainerIdentity
    let files: FileSystem
    let clock: any SimulationClock
    let logs: ContainerLogs
    /// The main process where that is a shell to talk to.
    let shell: MainShell?
    /// What was started with `&`.
    let jobs = BackgroundJobs()
    private let processes = Mutex(0)
    /// A container may run so many at once, as its cgroup says.
    private static let mostProcesses = 500
    /// Ends the main process with a code.
    let kill: @Sendable (Int) async -> Void

    init(
        _ identity: ContainerIdentity, clock: any SimulationClock, logs: ContainerLogs, budget: StorageBudget,
        kill: @escaping @Sendable (Int) async -> Void
    ) {
        self.identity = identity
        self.clock = clock
        self.logs = logs
        self.kill = kill
        shell = identity.runsShell && !identity.isDistroless ? MainShell() : nil
        files = FileSystem(budget: budget) { clock.now }
        ImageFiles(identity: identity).lay(in: files)
    }

    /// Ends what still runs, when the container is gone or forgotten.
    func end() {
        shell?.end()
        jobs.end()
    }

    /// The environment a process starts with.
    var environment: [String: String] {
        var environment = [
            "PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "HOME": "/root",
            "HOSTNAME": identity.pod, "KUBERNETES_SERVICE_HOST": "10.96.0.1", "KUBERNETES_SERVICE_PORT": "443",
        ]
        environment.merge(identity.environment) { _, own in own }
        return environment
    }

    var workingDirectory: String { files.exists("/app") ? "/app" : "/" }

    /// The path of a program, or nil where none of that name can be run.
    func find(_ name: String, environment: [String: String], directory: String) -> String? {
        if name.contains("/") {
            let path = Path.absolute(name, from: directory)
            return files.exists(path) ? path : nil
        }
        for folder in (environment["PATH"] ?? "").split(separator: ":") {
            let path = "\(folder)/\(name)"
            // Nothing at one place of the search path is no failure.
            if let info = try? files.info(path), info.isExecutable { return path }
        }
        return nil
    }

    /// Runs the program at a path to its end and gives its exit code.
    func run(_ path: String, _ invocation: Invocation) async throws -> Int {
        let info = try files.info(path)
        guard info.isExecutable else { throw FileError.permission }
        guard
            processes.withLock({
                $0 += 1; return $0 <= Self.mostProcesses
            })
        else {
            processes.withLock { $0 -= 1 }
            throw FileError.tooMany
        }
        defer { processes.withLock { $0 -= 1 } }
        switch info.node.kind {
        case .program(let name):
            guard let program = ProgramTable.programs[name] else { throw FileError.noEntry }
            return try await Self.guarded(invocation) { try await program(invocation) }
        case .file:
            // A file without `#!` is a script of the shell, as every shell sees it.
            let text = String(decoding: files.read(info.number, at: 0, count: 1 << 20), as: UTF8.self)
            let shell = Shell(invocation, name: path, arguments: invocation.arguments)
            return try await shell.run(text)
        default: throw FileError.permission
        }
    }

    /// Turns what programs throw into what they print and their exit code.
    static func guarded(_ invocation: Invocation, _ body: () async throws -> Int) async throws -> Int {
        do {
            return try await body()
        } catch let error as ProgramError {
            try? await invocation.complain(error.text)  // Nobody may be listening to complaints.
            return error.code
        } catch let error as FileError {
            try? await invocation.complain(error.text)  // The same.
            return 1
        } catch PipeError.broken {
            return 141
        }
    }
}
