import Backends
import Model
import Synchronization
import TerminalScreen

/// One shell or attached process: its bytes go into a screen (or a subcommand's streams), the person's keys into it.
final class ProcessSession: Sendable {
    enum Input: Sendable {
        case bytes([UInt8])
        case size(columns: Int, rows: Int)
        case end
    }

    /// What became of a start.
    enum Start: Sendable, Equatable {
        /// It writes, or has not failed so far.
        case lives
        case ended
        /// There is no such program.
        case missing(String)
        case failed(String)
    }

    private struct State {
        var info: SessionInfo
        var size = (columns: 80, rows: 24)
        var task: Task<Void, Never>?
        /// What feeds the process and tells of its pictures.
        var companions: [Task<Void, Never>] = []
        var isFed = false
        var hasSettled = false
        /// Tells the audit file that it is over.
        var epilogue: Task<Void, Never>?
        var end: SessionInfo.State?
        var waiters: [CheckedContinuation<SessionInfo.State, Never>] = []
        var heldInput = 0
    }

    let id: SessionID
    let seat: ProcessSeat
    private let screen: ScreenBuffer?
    private let streams: ProcessStreams?
    private let inbox: Inbox
    private let pacer: any Pacer
    private let changed: @Sendable () -> Void
    private let ended: @Sendable (String) async -> Void
    private let state: Mutex<State>
    private let input: (stream: AsyncStream<Input>, continuation: AsyncStream<Input>.Continuation)
    private let pictures: (stream: AsyncStream<Void>, continuation: AsyncStream<Void>.Continuation)

    /// Seconds between two pictures that are told of.
    private static let pictureInterval = 1.0 / 60
    /// Pieces for a subcommand's streams between which nobody else need get a turn.
    private static let piecesAtOnce = 16
    /// Bytes of input that may wait for a process that takes none.
    private static let mostInput = 64 << 20

    init(
        id: SessionID, _ seat: ProcessSeat, streams: ProcessStreams?, inbox: Inbox, pacer: any Pacer,
        changed: @escaping @Sendable () -> Void, ended: @escaping @Sendable (String) async -> Void
    ) {
        self.id = id
        self.seat = seat
        self.streams = streams
        screen = streams == nil ? ScreenBuffer(columns: 80, rows: 24) : nil
        self.inbox = inbox
        self.pacer = pacer
        self.changed = changed
        self.ended = ended
        state = Mutex(
            State(
                info: SessionInfo(
                    id: id, object: seat.object, container: seat.container, sort: seat.sort, command: seat.command,
                    since: pacer.now)))
        input = AsyncStream.makeStream()
        pictures = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    var info: SessionInfo { state.withLock { $0.info } }
    /// A process that is joined has the terminal it has.
    private var hasTerminal: Bool {
        guard let streams, !seat.isJoined else { return seat.hasTerminal }
        return streams.hasTerminal
    }
    private var takesInput: Bool { seat.takesInput && (streams.map { $0.input != nil } ?? true) }

    /// What to ask the server for.
    func request(_ command: [String]) -> ProcessRequest {
        ProcessRequest(
            namespace: seat.object.namespace ?? "default", pod: seat.object.name, container: seat.container,
            command: command, hasInput: takesInput, hasTerminal: hasTerminal)
    }

    func give(_ given: Input) {
        let isTaken = state.withLock { state in
            guard state.end == nil else { return false }
            guard case .bytes(let bytes) = given else { return true }
            guard state.heldInput + bytes.count <= Self.mostInput else { return false }
            state.heldInput += bytes.count
            return true
        }
        if isTaken { input.continuation.yield(given) }
    }

    func resize(columns: Int, rows: Int) {
        let (columns, rows) = (max(1, min(columns, 1000)), max(1, min(rows, 1000)))
        let isNew = state.withLock { state in
            defer { state.size = (columns, rows) }
            return state.size != (columns, rows)
        }
        guard isNew else { return }
        screen?.resize(columns: columns, rows: rows)
        pictures.continuation.yield()
        give(.size(columns: columns, rows: rows))
    }

    func untilEnded() async -> SessionInfo.State {
        await withCheckedContinuation { continuation in
            let end = state.withLock { state in
                if state.end == nil { state.waiters.append(continuation) }
                return state.end
            }
            if let end { continuation.resume(returning: end) }
        }
    }

    /// Leaves the process, which may live on without us.
    func cut() {
        finish(.failed(reason: "closed"))
        state.withLock { $0.task }?.cancel()
    }

    /// Returns when all is written down and cleared up that belongs to the end.
    func untilClearedUp() async { await state.withLock { $0.epilogue }?.value }
}

/// The process at work.
extension ProcessSession {
    /// Runs the process from here on, and returns when it is known how it started. A start that was in vain leaves the session
    /// ready for another one.
    func run(_ process: ContainerProcess, _ command: [String], settling: Double, isOnlyChoice: Bool) async -> Start {
        let starts = AsyncStream<Start>.makeStream()
        let task = Task {
            await self.live(with: process, command, isOnlyChoice: isOnlyChoice) { starts.continuation.yield($0) }
            starts.continuation.finish()
        }
        state.withLock { $0.task = task }
        let timer = Task { [pacer] in
            // A cancelled wait means that the start is known.
            guard (try? await pacer.sleep(settling)) != nil else { return }
            starts.continuation.yield(.lives)
        }
        defer { timer.cancel() }
        for await start in starts.stream {
            if start == .lives { begun(process, command) }
            return start
        }
        return .ended
    }

    private func live(
        with process: ContainerProcess, _ command: [String], isOnlyChoice: Bool, _ tell: @Sendable (Start) -> Void
    ) async {
        var hasWritten = false
        var pieces = 0
        let end: SessionInfo.State
        do {
            try await fit(process)
            if isOnlyChoice { feed(process) }
            while let output = try await process.next() {
                if !hasWritten {
                    hasWritten = true
                    begun(process, command)
                    tell(.lives)
                }
                try await take(output)
                pieces += 1
                // A flood never waits for more; without this, what the person types waits until it is over.
                if streams == nil || pieces % Self.piecesAtOnce == 0 { await Task.yield() }
            }
            end = Self.state(process.end, isAttached: command.isEmpty)
        } catch {
            // Whoever cut it has said so.
            guard !Task.isCancelled else { return }
            end = .failed(reason: PlainFailure(error).message)
        }
        if !hasWritten, let failure = failure(process.end, end, isOnlyChoice), !state.withLock({ $0.hasSettled }) {
            return tell(failure)
        }
        begun(process, command)
        finish(end)
        tell(.ended)
    }

    /// Why it did not start, where that is what its end means: a program that a person named may end with 127 by itself.
    private func failure(_ told: ProcessEnd, _ end: SessionInfo.State, _ isOnlyChoice: Bool) -> Start? {
        if case .failed(let reason) = end { return told.isMissingProgram ? .missing(reason) : .failed(reason) }
        return told.isMissingProgram && !isOnlyChoice ? .missing(Self.words(end)) : nil
    }

    private static func state(_ end: ProcessEnd, isAttached: Bool) -> SessionInfo.State {
        switch end {
        case .exited(let code): .exited(code: code)
        case .failed(let reason): .failed(reason: reason)
        // Whoever is joined to a process is not told its exit code by every server.
        case .untold: isAttached ? .exited(code: 0) : .failed(reason: "the connection ended without an exit code")
        }
    }

    /// It is there: from now on it is shown.
    private func begun(_ process: ContainerProcess, _ command: [String]) {
        let isNew = state.withLock { state in
            guard !state.hasSettled, state.end == nil else { return false }
            state.hasSettled = true
            state.info.state = .open
            if state.info.command.isEmpty { state.info.command = command }
            return true
        }
        guard isNew else { return }
        feed(process)
        if let screen {
            inbox.post(FeedUpdate(.session(id), status: FeedStatus(.live), change: .session(screen)))
            accompany { await self.paint(screen) }
        }
        changed()
    }

    private func accompany(_ work: @escaping @Sendable () async -> Void) {
        state.withLock { state in
            guard state.end == nil else { return }
            state.companions.append(Task { await work() })
        }
    }

    private func fit(_ process: ContainerProcess) async throws {
        guard hasTerminal else { return }
        let size = state.withLock { $0.size }
        try await process.resize(columns: size.columns, rows: size.rows)
    }

    private func feed(_ process: ContainerProcess) {
        let isNew = state.withLock { state in
            defer { state.isFed = true }
            return !state.isFed
        }
        if isNew { accompany { await self.pour(into: process) } }
    }

    private func take(_ output: ContainerProcess.Output) async throws {
        let (bytes, isError) =
            switch output {
            case .standard(let bytes): (bytes, false)
            case .error(let bytes): (bytes, true)
            }
        if let streams { return try await streams.output(bytes, isError) }
        guard let screen else { return }
        let answers = screen.write(hasTerminal ? Array(bytes) : Self.withReturns(bytes))
        pictures.continuation.yield()
        if !answers.isEmpty, takesInput { give(.bytes(answers)) }
    }

    /// Gives the process what the person types, in order.
    private func pour(into process: ContainerProcess) async {
        do {
            if let pull = streams?.input {
                while let bytes = try await pull() { try await process.write(bytes) }
                return try await process.endInput()
            }
            for await given in input.stream {
                switch given {
                case .bytes(let bytes):
                    if takesInput { try await process.write(bytes) }
                    state.withLock { $0.heldInput -= bytes.count }
                case .size(let columns, let rows):
                    if hasTerminal { try await process.resize(columns: columns, rows: rows) }
                case .end: try await process.endInput()
                }
            }
        } catch {
            // A connection that is lost is told by whoever reads from it. Only a program that waits for an end of input that no
            // one can tell it of would wait for ever.
            guard streams != nil, !process.canEndInput, !Task.isCancelled else { return }
            finish(.failed(reason: PlainFailure(error).message))
            state.withLock { $0.task }?.cancel()
        }
    }

    /// Tells of new pictures, as often as anybody can see.
    private func paint(_ screen: ScreenBuffer) async {
        for await _ in pictures.stream {
            inbox.post(FeedUpdate(.session(id), change: .session(screen)))
            guard (try? await pacer.sleep(Self.pictureInterval)) != nil else { return }  // it has ended
        }
    }

    private func finish(_ end: SessionInfo.State) {
        let ending = state.withLock {
            state -> (waiters: [CheckedContinuation<SessionInfo.State, Never>], wasShown: Bool)? in
            guard state.end == nil else { return nil }
            state.end = end
            state.info.state = end
            for companion in state.companions { companion.cancel() }
            if state.hasSettled {
                // Not in a task that somebody cancels.
                state.epilogue = Task { [ended] in await ended(Self.words(end)) }
            }
            defer { (state.waiters, state.companions) = ([], []) }
            return (state.waiters, state.hasSettled)
        }
        guard let ending else { return }
        for waiter in ending.waiters { waiter.resume(returning: end) }
        input.continuation.finish()
        pictures.continuation.finish()
        if let screen, ending.wasShown { inbox.post(FeedUpdate(.session(id), change: .session(screen))) }
        changed()
    }

    static func words(_ end: SessionInfo.State) -> String {
        switch end {
        case .opening, .open: "open"
        case .exited(let code): "exit code \(code)"
        case .failed(let reason): reason
        }
    }

    /// Without a terminal nobody puts the carriage returns before line feeds.
    private static func withReturns(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        var out: [UInt8] = []
        out.reserveCapacity(bytes.count + bytes.count / 16)
        for byte in bytes {
            if byte == 0x0A { out.append(0x0D) }
            out.append(byte)
        }
        return out
    }
}
