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
        var history: [String] = []
        while true {
            let (prompt, known, present) = (pending.isEmpty ? prompt(state) : "> ", history, state)
            guard let typed = try await terminal.foreground({ try await line(terminal, prompt, known, present) }) else {
                terminal.mode = .cooked
                try await shell.io.output.write(Array("^C\n".utf8))
                (pending, state.status) = ("", 130)
                continue
            }
            guard let line = typed else {
                if isBash { try await shell.io.output.write(Array("exit\n".utf8)) }
                return state.status
            }
            if line != "\n", history.last.map({ $0 + "\n" }) != line { history.append(String(line.dropLast())) }
            if history.count > 200 { history.removeFirst() }
            pending += line
            if Self.isIncomplete(pending) { continue }
            let text = pending
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

    /// One line as it was typed and edited; nil at the end of input.
    private func line(_ terminal: Terminal, _ prompt: String, _ history: [String], _ state: ShellState) async throws
        -> String?
    {
        terminal.mode = .editing
        try await shell.io.output.write(Array(prompt.utf8))
        var editor = LineEditor(prompt: prompt, history: history) { word, isFirst in
            ShellCompletion(machine: shell.machine, state: state).words(word, isFirst: isFirst)
        }
        while let bytes = try await terminal.input.read(), !bytes.isEmpty {
            let (screen, outcome, used) = editor.feed(bytes)
            if outcome != .typing {
                terminal.mode = .cooked
                terminal.input.unread(bytes[used...])
            }
            if !screen.isEmpty { try await shell.io.output.write(Array(screen.utf8)) }
            switch outcome {
            case .typing: continue
            case .line(let line): return line
            case .end: return nil
            }
        }
        terminal.mode = .cooked
        return nil
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
