import Synchronization

/// The terminal of a container's process: between the bytes a client types and what programs read and write stands the
/// line discipline, as in the kernel (termios): echo, editing of the line, ctrl-c, newline to return and newline.
final class Terminal: Sendable {
    struct Size: Sendable, Equatable {
        var columns: Int
        var rows: Int
    }

    struct Mode: Sendable, Equatable {
        /// Whole lines that can be edited, as against single bytes.
        var isCanonical = true
        var echoes = true
        var hasSignals = true
        /// The return key is read as a newline.
        var mapsReturn = true
        /// A newline is written as return and newline.
        var mapsNewline = true

        static let cooked = Mode()
        /// A program edits the line itself.
        static let editing = Mode(isCanonical: false, echoes: false)
        static let raw = Mode(
            isCanonical: false, echoes: false, hasSignals: false, mapsReturn: false, mapsNewline: false)
    }

    private struct State {
        var mode = Mode.cooked
        var size: Size
        var line: [UInt8] = []
        var jobs: [(number: Int, cancel: @Sendable () -> Void)] = []
        var interrupted: Set<Int> = []
        var nextJob = 0
        var watchers: [Int: @Sendable (Size) -> Void] = [:]
    }

    /// The kernel keeps so many bytes of a line that is being typed.
    private static let longestLine = 4095

    private let state: Mutex<State>
    private let output: any ByteSink
    let input = BytePipe()

    init(output: any ByteSink, size: Size = Size(columns: 80, rows: 24)) {
        self.output = output
        state = Mutex(State(size: size))
    }

    var size: Size { state.withLock { $0.size } }

    var mode: Mode {
        get { state.withLock { $0.mode } }
        set {
            let begun = state.withLock { state in
                state.mode = newValue
                guard !newValue.isCanonical else { return [UInt8]() }
                defer { state.line = [] }
                return state.line
            }
            // Who reads bytes gets the line that was begun as well.
            if !begun.isEmpty { input.unread(begun) }
        }
    }

    func resize(_ size: Size) {
        let watchers = state.withLock { state in
            state.size = size
            return Array(state.watchers.values)
        }
        for watcher in watchers { watcher(size) }
    }

    /// Calls `watcher` on every change of the size until the body returns.
    func watchingSize<Value>(_ watcher: @escaping @Sendable (Size) -> Void, _ body: () async throws -> Value)
        async rethrows
        -> Value
    {
        let number = state.withLock { state in
            state.nextJob += 1
            state.watchers[state.nextJob] = watcher
            return state.nextJob
        }
        defer { state.withLock { $0.watchers[number] = nil } }
        return try await body()
    }

    /// What a program wrote.
    func write(_ bytes: [UInt8]) async throws {
        guard mode.mapsNewline, bytes.contains(0x0a) else { return try await output.write(bytes) }
        try await output.write(Self.mapped(bytes))
    }

    private static func mapped(_ bytes: [UInt8]) -> [UInt8] {
        var out: [UInt8] = []
        out.reserveCapacity(bytes.count + bytes.count / 16 + 2)
        var start = 0
        while let newline = bytes[start...].firstIndex(of: 0x0a) {
            out += bytes[start..<newline]
            out.append(0x0d)
            out.append(0x0a)
            start = newline + 1
        }
        out += bytes[start...]
        return out
    }

    // MARK: Typing

    /// What the client typed; returns when the programs have room for it.
    func receive(_ bytes: [UInt8]) async throws {
        var echo: [UInt8] = []
        var start = bytes.startIndex
        while start < bytes.endIndex {
            let mode = mode
            if !mode.isCanonical {
                let end = mode.hasSignals ? bytes[start...].firstIndex { $0 == 0x03 || $0 == 0x1c } : nil
                let run = bytes[start..<(end ?? bytes.endIndex)]
                start = run.endIndex
                if mode.echoes, !run.isEmpty { try await output.write(Array(run)) }
                try await input.write(mode.mapsReturn ? run.map { $0 == 0x0d ? 0x0a : $0 } : Array(run))
                guard start < bytes.endIndex else { break }
            }
            let byte = bytes[start]
            start += 1
            if mode.hasSignals, byte == 0x03 || byte == 0x1c {
                try await interrupt(byte, echo, mode)
                echo = []
            } else if let line = edit(byte, mode, &echo) {
                // What was typed stands on the screen before what comes of it.
                if !echo.isEmpty { try await output.write(echo) }
                echo = []
                if line.isEmpty { input.mark() } else { try await input.write(line) }
            }
        }
        if !echo.isEmpty { try await output.write(echo) }
    }

    /// The line discipline proper; gives the line when it is done, an empty one for the end of input.
    private func edit(_ byte: UInt8, _ mode: Mode, _ echo: inout [UInt8]) -> [UInt8]? {
        let (line, back) = state.withLock { state -> ([UInt8]?, [UInt8]) in
            switch byte {
            case 0x0d, 0x0a:
                defer { state.line = [] }
                return (state.line + [0x0a], [0x0d, 0x0a])
            case 0x04:
                defer { state.line = [] }
                return (state.line, [])
            case 0x7f, 0x08: return (nil, TypedLine.eraseCharacter(&state.line))
            case 0x15: return (nil, TypedLine.eraseAll(&state.line))
            case 0x17: return (nil, TypedLine.eraseWord(&state.line))
            default:
                guard state.line.count < Self.longestLine else { return (nil, [0x07]) }
                state.line.append(byte)
                return (nil, TypedLine.echo(byte))
            }
        }
        if mode.echoes { echo += back }
        return line
    }

    private func interrupt(_ byte: UInt8, _ echo: [UInt8], _ mode: Mode) async throws {
        if mode.echoes { try await output.write(echo + TypedLine.echo(byte)) }
        let job = state.withLock { state -> (@Sendable () -> Void)? in
            state.line = []
            guard let job = state.jobs.last else { return nil }
            state.interrupted.insert(job.number)
            return job.cancel
        }
        input.clear()
        job?()
    }

    // MARK: Jobs

    /// Runs something that ctrl-c ends; nil when it did.
    func foreground<Value: Sendable>(_ body: @escaping @Sendable () async throws -> Value) async throws -> Value? {
        let task = Task { try await body() }
        let number = state.withLock { state in
            state.nextJob += 1
            state.jobs.append((state.nextJob, { task.cancel() }))
            return state.nextJob
        }
        let result = await withTaskCancellationHandler {
            await task.result
        } onCancel: {
            task.cancel()
        }
        let wasInterrupted = state.withLock { state in
            state.jobs.removeAll { $0.number == number }
            return state.interrupted.remove(number) != nil
        }
        if wasInterrupted { return nil }
        return try result.get()
    }
}

/// What programs read from their terminal.
struct TerminalInput: ByteSource {
    let terminal: Terminal

    func read(atMost limit: Int) async throws -> [UInt8]? {
        guard let bytes = try await terminal.input.read(atMost: limit), !bytes.isEmpty else { return nil }
        // Who reads lines gets one at a time, also of those that were typed while a program read bytes.
        guard terminal.mode.isCanonical, let newline = bytes.firstIndex(of: 0x0a) else { return bytes }
        terminal.input.unread(bytes[(newline + 1)...])
        return Array(bytes[...newline])
    }
}

/// What programs write to their terminal.
struct TerminalOutput: ByteSink {
    let terminal: Terminal

    func write(_ bytes: [UInt8]) async throws { try await terminal.write(bytes) }
}
