/// A shell that reads its commands one after the other: with a prompt on a terminal, silently from a pipe.
struct ShellPrompt {
    let shell: Shell
    let isBash: Bool

    func run() async throws -> Int {
        let code: Int
        if let terminal = shell.terminal, shell.io.input is TerminalInput {
            code = await Shell.exitCode { try await converse(terminal) }
        } else {
            code = await Shell.exitCode { try await follow() }
        }
        try Task.checkCancellation()
        return code
    }

    private func converse(_ terminal: Terminal) async throws -> Int {
        var state = shell.state
        var pending = ""
        while true {
            let prompt = pending.isEmpty ? prompt(state) : "> "
            try await shell.io.output.write(Array(prompt.utf8))
            guard let typed = try await terminal.foreground({ try await TypedInput.line(terminal) }) else {
                try await shell.io.output.write([0x0a])
                (pending, state.status) = ("", 130)
                continue
            }
            guard let line = typed else {
                if isBash { try await shell.io.output.write(Array("exit\n".utf8)) }
                return state.status
            }
            pending += line
            if Self.isIncomplete(pending) { continue }
            let (text, present) = (pending, state)
            pending = ""
            let outcome = try await terminal.foreground { () async throws -> ShellState in
                var state = present
                _ = try await shell.execute(text, &state)
                return state
            }
            terminal.mode = .cooked
            if let outcome {
                state = outcome
            } else {
                try await shell.io.output.write([0x0a])
                state.status = 130
            }
        }
    }

    private func follow() async throws -> Int {
        var state = shell.state
        var pending = ""
        let source = SharedInput(shell.io.input)
        var io = shell.io
        io.input = source
        let quiet = Shell(shell, io: io)
        while let line = try await source.line() {
            pending += String(decoding: line, as: UTF8.self)
            if Self.isIncomplete(pending) { continue }
            let text = pending
            pending = ""
            _ = try await quiet.execute(text, &state)
        }
        return pending.isEmpty ? state.status : try await quiet.execute(pending, &state)
    }

    private func prompt(_ state: ShellState) -> String {
        guard isBash else { return "\(shell.machine.identity.pod)# " }
        let home = state.variables["HOME"] ?? "/root"
        return "root@\(shell.machine.identity.pod):\(state.directory == home ? "~" : state.directory)# "
    }

    static func isIncomplete(_ text: String) -> Bool {
        if text.hasSuffix("\\\n") { return true }
        do {
            _ = try ShellParser.parse(text)
            return false
        } catch {
            return error == .incomplete
        }
    }
}

/// A line as it comes from a terminal.
enum TypedInput {
    /// Nil at the end of input.
    static func line(_ terminal: Terminal) async throws -> String? {
        guard let bytes = try await TerminalInput(terminal: terminal).read(atMost: .max) else { return nil }
        return String(decoding: bytes, as: UTF8.self)
    }
}

/// An input that a shell reads line by line and its commands read between.
final class SharedInput: ByteSource {
    private let source: any ByteSource
    private let rest = Buffer()

    init(_ source: any ByteSource) { self.source = source }

    func read(atMost limit: Int) async throws -> [UInt8]? {
        if let kept = rest.take(limit) { return kept }
        return try await source.read(atMost: limit)
    }

    /// The next line with its newline; the last one may have none.
    func line() async throws -> [UInt8]? {
        var line: [UInt8] = []
        while let chunk = try await read(atMost: 1 << 16) {
            if let newline = chunk.firstIndex(of: 0x0a) {
                line += chunk[...newline]
                rest.put(back: chunk[(newline + 1)...])
                return line
            }
            line += chunk
            guard line.count < 1 << 20 else { throw PipeError.broken }
        }
        return line.isEmpty ? nil : line
    }
}
