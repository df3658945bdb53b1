/// The process that an exec starts.
struct ExecProcess: Sendable {
    let machine: ContainerMachine
    let terminal: Terminal?
    let io: ProcessIO

    func run(_ command: [String]) async -> StreamOutcome {
        guard let name = command.first else { return Self.failure("exec: no command specified") }
        var environment = machine.environment
        if terminal != nil { environment["TERM"] = "xterm" }
        let directory = machine.workingDirectory
        guard let path = machine.find(name, environment: environment, directory: "/") else {
            return Self.failure(
                name.contains("/")
                    ? "exec: \"\(name)\": stat \(name): no such file or directory"
                    : "exec: \"\(name)\": executable file not found in $PATH")
        }
        let invocation = Invocation(
            machine: machine, name: Path.name(name), arguments: Array(command.dropFirst()), environment: environment,
            directory: directory, io: io, terminal: terminal)
        do {
            guard let terminal else { return .exited(try await machine.run(path, invocation)) }
            return .exited(try await terminal.foreground { try await machine.run(path, invocation) } ?? 130)
        } catch is CancellationError {
            return .exited(137)
        } catch FileError.permission {
            return Self.failure("exec: \"\(name)\": permission denied")
        } catch ShellJump.exit(let code) {
            return .exited(code)
        } catch {
            return .exited(1)
        }
    }

    /// The container runtime's words around why a process did not start.
    static func failure(_ reason: String) -> StreamOutcome {
        .failed(
            "error executing command in container: failed to exec in container: failed to start exec: OCI runtime "
                + "exec failed: exec failed: unable to start container process: \(reason): unknown")
    }
}
