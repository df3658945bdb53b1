import Synchronization

/// The shell that is a container's main process, as in a debug container: one shell on one terminal, to which whoever attaches
/// is joined; it goes on while nobody is there, and its end is the container's.
final class MainShell: Sendable {
    let terminal: Terminal
    private let audience: Audience
    private let work = Mutex<Task<Void, Never>?>(nil)

    init() {
        audience = Audience()
        terminal = Terminal(output: audience)
    }

    /// Joins in until the shell ends, or the caller's task is cancelled; the shell starts with the first one.
    func join(_ machine: ContainerMachine, _ io: ProcessIO) async {
        let (number, leave) = audience.enter(io.output)
        defer { audience.leave(number) }
        work.withLock { work in
            guard work == nil else { return }
            let (terminal, audience) = (terminal, audience)
            work = Task {
                await Self.run(machine, terminal)
                audience.sendHome()
            }
        }
        await withTaskGroup(of: Bool.self) { group in
            group.addTask {
                await leave.wait()
                return true
            }
            // What was typed before the seat was taken has waited, lest its echo is lost.
            group.addTask { [terminal] in
                while let bytes = try? await io.input.read(atMost: 1 << 16) {  // Who leaves types no more.
                    try? await terminal.receive(bytes)
                }
                return false
            }
            for await isOver in group where isOver { group.cancelAll() }
        }
    }

    func end() { work.withLock { $0?.cancel() } }

    private static func run(_ machine: ContainerMachine, _ terminal: Terminal) async {
        let output = TerminalOutput(terminal: terminal)
        let io = ProcessIO(input: TerminalInput(terminal: terminal), output: output, problems: output)
        let command = machine.identity.command.isEmpty ? ["sh"] : machine.identity.command
        let outcome = await ExecProcess(machine: machine, terminal: terminal, io: io).run(command)
        guard case .exited(let code) = outcome, !Task.isCancelled else { return }
        await machine.kill(code)
    }
}

/// Those who see what a terminal shows: each gets everything, the slowest sets the pace.
private final class Audience: ByteSink {
    private struct State {
        var seats: [Int: (sink: any ByteSink, leave: WakeUp)] = [:]
        var next = 0
        var isOver = false
    }

    private let state = Mutex(State())

    /// A seat, and the sign to leave it.
    func enter(_ sink: any ByteSink) -> (number: Int, leave: WakeUp) {
        let leave = WakeUp()
        return state.withLock { state in
            state.next += 1
            state.seats[state.next] = (sink, leave)
            if state.isOver { leave.set() }
            return (state.next, leave)
        }
    }

    func leave(_ number: Int) { state.withLock { $0.seats[number] = nil } }

    /// Nothing more is shown.
    func sendHome() {
        let seats = state.withLock { state in
            state.isOver = true
            return Array(state.seats.values)
        }
        for seat in seats { seat.leave.set() }
    }

    func write(_ bytes: [UInt8]) async throws {
        try Task.checkCancellation()
        for (number, seat) in state.withLock({ $0.seats }) {
            do {
                try await seat.sink.write(bytes)
            } catch PipeError.broken {
                leave(number)
            }
        }
    }
}
