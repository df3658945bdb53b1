extension Shell {
    func runSimple(
        _ assignments: [(name: String, value: ShellWord)], _ words: [ShellWord],
        _ redirections: [ShellCommand.Redirection], _ state: inout ShellState, _ io: ProcessIO
    ) async throws -> Int {
        var own: [String: String] = [:]
        for assignment in assignments {
            own[assignment.name] = try await text(of: assignment.value, &state, io)
        }
        let arguments = try await expand(words, &state, io)
        if state.traces, !arguments.isEmpty {
            try await io.problems.write(Array("+ \(arguments.joined(separator: " "))\n".utf8))
        }
        guard let name = arguments.first else {
            state.variables.merge(own) { _, new in new }
            return try await redirected(redirections, &state, io) { state, _ in
                words.isEmpty && !assignments.isEmpty ? 0 : state.status
            }
        }
        let (rest, extra) = (Array(arguments.dropFirst()), own)
        return try await redirected(redirections, &state, io) { state, io in
            if let function = state.functions[name] { return try await call(function, rest, &state, io) }
            if let builtin = Self.builtins[name] {
                if name != "exec" { state.variables.merge(extra) { _, new in new } }
                return try await builtin(self, rest, &state, io)
            }
            return try await runProgram(name, rest, extra, state, io)
        }
    }

    /// Functions and jobs within each other; a bomb of forks ends here.
    private static let deepestCall = 100

    private func call(_ body: ShellScript, _ arguments: [String], _ state: inout ShellState, _ io: ProcessIO)
        async throws -> Int
    {
        guard state.depth < Self.deepestCall else {
            try await complain("maximum function recursion depth (\(Self.deepestCall)) reached", io)
            throw ShellJump.exit(2)
        }
        let outer = state.positional
        state.positional = arguments
        state.depth += 1
        defer {
            state.positional = outer
            state.depth -= 1
        }
        do {
            return try await run(body, &state, io)
        } catch ShellJump.back(let code) {
            return code
        }
    }

    func runProgram(
        _ name: String, _ arguments: [String], _ extra: [String: String], _ state: ShellState, _ io: ProcessIO
    ) async throws -> Int {
        guard let path = machine.find(name, environment: state.variables, directory: state.directory) else {
            let reason =
                name.contains("/") ? "not found" : machine.identity.isDebian ? "command not found" : "not found"
            try await complain("\(name): \(reason)", io)
            return 127
        }
        let invocation = Invocation(
            machine: machine, name: Path.name(name), arguments: arguments,
            environment: state.environment.merging(extra) { _, new in new }, directory: state.directory, io: io,
            terminal: terminal)
        do {
            return try await machine.run(path, invocation)
        } catch let error as FileError {
            try await complain("\(name): \(error.text)", io)
            return 126
        }
    }

    /// Runs with some streams going elsewhere; a file that cannot be opened ends the command with 1.
    func redirected(
        _ redirections: [ShellCommand.Redirection], _ state: inout ShellState, _ io: ProcessIO,
        _ body: (inout ShellState, ProcessIO) async throws -> Int
    ) async throws -> Int {
        guard !redirections.isEmpty else { return try await body(&state, io) }
        var streams = io
        for redirection in redirections {
            let target = try await text(of: redirection.target, &state, io)
            do {
                try redirect(redirection, to: target, state, &streams)
            } catch let error as FileError {
                try await complain("can't open '\(target)': \(error.text)", io)
                return 1
            }
        }
        return try await body(&state, streams)
    }

    private func redirect(
        _ redirection: ShellCommand.Redirection, to target: String, _ state: ShellState, _ streams: inout ProcessIO
    ) throws {
        let path = Path.absolute(target, from: state.directory)
        switch redirection.kind {
        case .here: streams.input = TextSource(target)
        case .read:
            let info = try machine.files.info(path)
            guard !info.isDirectory else { throw FileError.isDirectory }
            streams.input = FileReader(machine.files, info)
        case .write, .append, .both:
            let sink = try sink(path, truncates: redirection.kind != .append)
            if redirection.descriptor == 2 { streams.problems = sink } else { streams.output = sink }
            if redirection.kind == .both { streams.problems = sink }
        case .duplicate:
            switch (redirection.descriptor, target) {
            case (2, "1"): streams.problems = streams.output
            case (1, "2"): streams.output = streams.problems
            default: return
            }
        }
    }

    private func sink(_ path: String, truncates: Bool) throws -> any ByteSink {
        if let info = try? machine.files.info(path), case .device(let device) = info.node.kind {  // It may be new.
            if device == .tty, let terminal { return TerminalOutput(terminal: terminal) }
            return Nowhere()
        }
        let number = try machine.files.openForWriting(path, truncates: truncates)
        return FileWriter(files: machine.files, number: number)
    }
}

/// Bytes that go nowhere.
struct Nowhere: ByteSink {
    func write(_ bytes: [UInt8]) async throws { try Task.checkCancellation() }
}
