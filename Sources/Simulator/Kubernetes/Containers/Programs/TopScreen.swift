import Foundation

/// `top`: a screen of its own that is drawn anew every second and after every resize, until `q` or ctrl-c.
struct TopScreen {
    private let invocation: Invocation
    private let isBatch: Bool

    init(_ invocation: Invocation) throws {
        self.invocation = invocation
        let (options, _) = try invocation.options("b", withValue: "nd")
        isBatch = options.has("b") || invocation.terminal == nil
    }

    func run() async throws -> Int {
        guard !isBatch, let terminal = invocation.terminal else {
            try await invocation.print(lines(rows: 24, columns: 80).joined(separator: "\n") + "\n")
            return 0
        }
        terminal.mode = Terminal.Mode(isCanonical: false, echoes: false, hasSignals: true, mapsNewline: true)
        try await invocation.print("\u{1b}[?1049h\u{1b}[?25l")
        // ctrl-c has cancelled this task; the screen is given back all the same.
        let result = await Task { await Result { try await draw(terminal) } }.cancelledWithParent()
        terminal.mode = .cooked
        let leave = Task { try await terminal.write(Array("\u{1b}[?25h\u{1b}[?1049l".utf8)) }
        _ = await leave.result
        try result.get()
        return 0
    }

    private func draw(_ terminal: Terminal) async throws {
        let wakeUp = WakeUp()
        try await terminal.watchingSize({ _ in wakeUp.set() }) {
            try await withThrowingTaskGroup(of: Bool.self) { group in
                group.addTask { try await keys() }
                group.addTask {
                    while true {
                        try await invocation.machine.clock.sleep(seconds: 1)
                        wakeUp.set()
                    }
                }
                group.addTask {
                    while !Task.isCancelled {
                        let size = terminal.size
                        let lines = lines(rows: size.rows, columns: size.columns)
                        try await invocation.print(
                            "\u{1b}[H" + lines.map { $0 + "\u{1b}[K" }.joined(separator: "\n") + "\u{1b}[J")
                        await wakeUp.wait()
                    }
                    throw CancellationError()
                }
                defer {
                    group.cancelAll()
                    wakeUp.set()
                }
                _ = try await group.next()
            }
        }
    }

    /// Returns when somebody wants to leave.
    private func keys() async throws -> Bool {
        while let bytes = try await invocation.io.input.read(atMost: 64) {
            if bytes.contains(UInt8(ascii: "q")) { return true }
        }
        return true
    }

    private func lines(rows: Int, columns: Int) -> [String] {
        let identity = invocation.machine.identity
        let now = invocation.machine.clock.now
        var generator = SeededGenerator(seed: UInt64(max(0, now.timeIntervalSince1970)), "top/\(identity.id)")
        let load = Double(generator.next() % 300) / 100
        var lines = [
            "Mem: 8192000K used, 8192000K free, 0K shrd, 120000K buff, 3400000K cached",
            "CPU:  \(generator.next() % 40 + 5)% usr   3% sys   0% nic  50% idle   0% io   0% irq   0% sirq",
            "Load average: \(String(format: "%.2f", load)) 0.61 0.42 2/512 57",
            "\u{1b}[7m" + "  PID  PPID USER     STAT   VSZ %VSZ CPU %CPU COMMAND".rightPadded(columns) + "\u{1b}[0m",
        ]
        let processes = ["/app/\(identity.app)", "sh", "top"] + (1...8).map { "\(identity.app): worker \($0)" }
        for (index, name) in processes.enumerated() {
            let cpu = String(format: "%3d%%", index == 0 ? generator.next() % 80 : generator.next() % 9)
            lines.append(
                "\(index * 7 + 1)".leftPadded(5)
                    + "     1 root     S     \(20_000 + index * 64)   1%   0 \(cpu) \(name)")
        }
        return lines.prefix(max(1, rows - 1)).map { $0.hasPrefix("\u{1b}") ? $0 : String($0.prefix(columns)) }
    }
}

extension Result where Failure == any Error {
    /// What an asynchronous body gives or throws.
    fileprivate init(_ body: () async throws -> Success) async {
        do {
            self = .success(try await body())
        } catch {
            self = .failure(error)
        }
    }
}

extension Task where Failure == Never {
    /// The value, the task being cancelled with whoever waits for it.
    fileprivate func cancelledWithParent() async -> Success {
        await withTaskCancellationHandler {
            await value
        } onCancel: {
            cancel()
        }
    }
}
