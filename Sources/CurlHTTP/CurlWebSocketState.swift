import HTTP
import Synchronization

/// What the curl thread and the users of one WebSocket hand each other, within bounds in both directions.
final class CurlWebSocketState: Sendable {
    enum Opening: Sendable {
        case open(subprotocol: String)
        case refused(HTTPResponse)
    }

    fileprivate struct Writer {
        var number: Int
        var continuation: CheckedContinuation<Void, any Error>
    }

    fileprivate struct State {
        var opening: CheckedContinuation<Opening, any Error>?
        var messages: [WebSocketMessage] = []
        /// How many of `messages` were read.
        var read = 0
        var heldBytes = 0
        var isFull = false
        var reader: CheckedContinuation<WebSocketMessage?, any Error>?
        var outgoing: [UInt8] = []
        /// The curl thread was told that there is something to send.
        var isAnnounced = false
        var isClosing = false
        var isAbandoned = false
        var writers: [Writer] = []
        var lastWriter = 0
        var closers: [CheckedContinuation<Void, Never>] = []
        var end: Result<Void, any Error>?
    }

    /// Bytes that wait for their reader, and bytes that wait to be sent.
    static let capacity = 1 << 20
    private let state = Mutex(State())
    private let target: String

    init(target: String) { self.target = target }

    /// Before it is opened.
    func await(_ opening: CheckedContinuation<Opening, any Error>) { state.withLock { $0.opening = opening } }

    /// Nobody wants it any more.
    func abandon() { state.withLock { $0.isAbandoned = true } }
}

/// For its users.
extension CurlWebSocketState {
    /// Returns when there is room for one more message.
    func waitForRoom() async throws {
        try Task.checkCancellation()
        guard state.withLock({ $0.outgoing.count >= Self.capacity && $0.end == nil }) else { return }
        let number = state.withLock { state in
            state.lastWriter += 1
            return state.lastWriter
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let mustWait = state.withLock { state in
                    guard state.outgoing.count >= Self.capacity, state.end == nil else { return false }
                    state.writers.append(Writer(number: number, continuation: continuation))
                    return true
                }
                if !mustWait { return continuation.resume() }
                // The handler below may have run before there was anything to resume.
                if Task.isCancelled { cancelWriter(number) }
            }
        } onCancel: {
            cancelWriter(number)
        }
    }

    /// True when the curl thread must be told.
    func append(_ frame: [UInt8]) throws -> Bool {
        try state.withLock { state in
            if case .failure(let error) = state.end { throw error }
            guard state.end == nil, !state.isClosing else {
                throw HTTPError(.reset, target: target, detail: "the WebSocket is closed")
            }
            return state.announce(frame)
        }
    }

    /// False when there is nothing to say goodbye to.
    func appendGoodbye(_ frame: [UInt8]) -> Bool {
        state.withLock { state in
            guard state.end == nil else { return false }
            if !state.isClosing { _ = state.announce(frame) }
            state.isClosing = true
            return true
        }
    }

    func untilEnded() async {
        await withCheckedContinuation { continuation in
            let hasEnded = state.withLock { state in
                if state.end == nil { state.closers.append(continuation) }
                return state.end != nil
            }
            if hasEnded { continuation.resume() }
        }
    }

    /// `onRoom` is called when what had been full was emptied.
    func next(onRoom: () -> Void) async throws -> WebSocketMessage? {
        try Task.checkCancellation()
        let (ready, makesRoom) = state.withLock { ($0.takeNext(), $0.makesRoom()) }
        if makesRoom { onRoom() }
        if let ready { return try ready.get() }
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let ready = state.withLock { state in
                    let ready = state.takeNext()
                    precondition(state.reader == nil, "a WebSocket has one reader at a time")
                    if ready == nil { state.reader = continuation }
                    return ready
                }
                if let ready { return continuation.resume(with: ready) }
                if Task.isCancelled { cancelReader() }
            }
        } onCancel: {
            cancelReader()
        }
    }

    private func cancelReader() {
        state.withLock { $0.reader.take() }?.resume(throwing: CancellationError())
    }

    private func cancelWriter(_ number: Int) {
        let writer = state.withLock { state in
            state.writers.firstIndex { $0.number == number }.map { state.writers.remove(at: $0) }
        }
        writer?.continuation.resume(throwing: CancellationError())
    }
}

/// For the curl thread.
extension CurlWebSocketState {
    var isAbandoned: Bool { state.withLock { $0.isAbandoned } }
    var isClosing: Bool { state.withLock { $0.isClosing } }
    var isFull: Bool { state.withLock { $0.isFull } }

    func opened(_ opening: Opening) { state.withLock { $0.opening.take() }?.resume(returning: opening) }

    func deliver(_ messages: [WebSocketMessage]) {
        let (reader, first) = state.withLock { state in
            state.messages += messages
            state.heldBytes += messages.reduce(0) { $0 + $1.bytes.count }
            let reader = state.reader.take()
            let first = reader == nil ? nil : state.takeNext()
            if state.heldBytes >= Self.capacity { state.isFull = true }
            return (reader, first)
        }
        if let reader, let first { reader.resume(with: first) }
    }

    /// All that is to be sent; `room` comes back into use.
    func takeOutgoing(_ room: inout [UInt8]) {
        let writers = state.withLock { state in
            room.removeAll(keepingCapacity: true)
            swap(&room, &state.outgoing)
            state.isAnnounced = false
            defer { state.writers = [] }
            return state.writers
        }
        for writer in writers { writer.continuation.resume() }
    }

    func end(_ outcome: Result<Void, any Error>) {
        let ended = state.withLock { state in
            state.end = outcome
            let ended = state
            (state.opening, state.reader, state.writers, state.closers) = (nil, nil, [], [])
            return ended
        }
        let failure: any Error
        if case .failure(let error) = outcome { failure = error } else { failure = CancellationError() }
        ended.opening?.resume(throwing: failure)
        ended.reader?.resume(with: outcome.map { nil })
        for writer in ended.writers { writer.continuation.resume() }
        for closer in ended.closers { closer.resume() }
    }
}

extension CurlWebSocketState.State {
    fileprivate mutating func announce(_ frame: [UInt8]) -> Bool {
        outgoing += frame
        defer { isAnnounced = true }
        return !isAnnounced
    }

    /// nil when nothing is here yet.
    fileprivate mutating func takeNext() -> Result<WebSocketMessage?, any Error>? {
        guard read < messages.count else { return end?.map { nil } }
        let message = messages[read]
        messages[read].bytes = []
        read += 1
        heldBytes -= message.bytes.count
        if read == messages.count {
            messages.removeAll(keepingCapacity: true)
            read = 0
        }
        return .success(message)
    }

    /// True once when a full store has been emptied so far that reading pays again.
    fileprivate mutating func makesRoom() -> Bool {
        guard isFull, heldBytes <= CurlWebSocketState.capacity / 2 else { return false }
        isFull = false
        return true
    }
}
