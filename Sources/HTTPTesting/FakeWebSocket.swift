import HTTP
import Synchronization

/// The in-memory twin of a WebSocket: a test says what the server says, and sees what was sent to it.
///
/// It keeps everything without bound. One reader at a time.
public final class FakeWebSocket: Sendable {
    fileprivate struct State {
        var offered: [String] = []
        var messages: [WebSocketMessage] = []
        var end: Result<Void, any Error>?
        var reader: CheckedContinuation<WebSocketMessage?, any Error>?
        var sent: [WebSocketMessage] = []
        var closeCode: UInt16?
        var isDropped = false
        /// Who waits for something to be true of the state.
        var watchers: [(isTrue: @Sendable (borrowing State) -> Bool, continuation: CheckedContinuation<Void, Never>)] =
            []
    }

    public let subprotocol: String
    fileprivate let state = Mutex(State())

    public init(subprotocol: String = "") { self.subprotocol = subprotocol }

    /// What a real server sent after its handshake, byte for byte.
    public init(replaying raw: [UInt8], subprotocol: String = "") throws {
        self.subprotocol = subprotocol
        var decoder = WebSocketDecoder()
        try raw.withUnsafeBytes { bytes in
            try decoder.take(bytes) { event in
                switch event {
                case .message(let message): say(message.bytes, message.kind)
                case .close: finish()
                case .ping, .pong: break
                }
            }
        }
    }

    /// The subprotocols of the last request for it.
    public var offeredProtocols: [String] { state.withLock { $0.offered } }
    /// Everything that was sent to the server.
    public var sent: [WebSocketMessage] { state.withLock { $0.sent } }
    /// With which code the client closed; nil while it has not.
    public var closeCode: UInt16? { state.withLock { $0.closeCode } }

    public func say(_ bytes: [UInt8], _ kind: WebSocketMessage.Kind = .binary) {
        let message = WebSocketMessage(bytes, kind)
        let reader = state.withLock { state in
            if state.reader == nil { state.messages.append(message) }
            return state.reader.take()
        }
        reader?.resume(returning: message)
    }

    /// The server closes as it should.
    public func finish() { end(.success(())) }

    /// The connection breaks.
    public func fail(_ error: any Error) { end(.failure(error)) }

    /// Returns once so many messages were sent.
    public func untilSent(_ count: Int) async -> [WebSocketMessage] {
        await until { $0.sent.count >= count }
        return sent
    }

    /// Returns once the client has closed it or let go of it.
    public func untilLeft() async { await until { $0.closeCode != nil || $0.isDropped } }

    private func until(_ isTrue: @escaping @Sendable (borrowing State) -> Bool) async {
        await withCheckedContinuation { continuation in
            let isTrueNow = state.withLock { state in
                let now = isTrue(state)
                if !now { state.watchers.append((isTrue, continuation)) }
                return now
            }
            if isTrueNow { continuation.resume() }
        }
    }

    fileprivate func change(_ body: (inout State) -> Void) {
        let woken = state.withLock { state in
            body(&state)
            let watchers = state.watchers
            state.watchers = []
            let ready = watchers.map { $0.isTrue(state) }
            state.watchers = zip(watchers, ready).filter { !$1 }.map(\.0)
            return zip(watchers, ready).filter { $1 }.map(\.0)
        }
        for watcher in woken { watcher.continuation.resume() }
    }

    func offered(_ protocols: [String]) { state.withLock { $0.offered = protocols } }

    private func end(_ end: Result<Void, any Error>) {
        let reader = state.withLock { state in
            state.end = end
            return state.reader.take()
        }
        reader?.resume(with: end.map { nil })
    }

    fileprivate func cancelReader() { state.withLock { $0.reader.take() }?.resume(throwing: CancellationError()) }

    /// What the client holds; tells when the last reference is gone.
    final class Use: WebSocketConnection {
        private let fake: FakeWebSocket
        init(_ fake: FakeWebSocket) { self.fake = fake }
        deinit { fake.change { $0.isDropped = true } }

        var subprotocol: String { fake.subprotocol }

        func send(_ message: WebSocketMessage) async throws {
            try Task.checkCancellation()
            if case .failure(let error) = fake.state.withLock({ $0.end }) { throw error }
            fake.change { $0.sent.append(message) }
        }

        func next() async throws -> WebSocketMessage? {
            try await withTaskCancellationHandler {
                try Task.checkCancellation()
                return try await withCheckedThrowingContinuation { continuation in
                    let ready = fake.state.withLock { $0.nextOrWait(continuation) }
                    if let ready { return continuation.resume(with: ready) }
                    if Task.isCancelled { fake.cancelReader() }
                }
            } onCancel: {
                fake.cancelReader()
            }
        }

        func close(code: UInt16) async { fake.change { $0.closeCode = code } }
    }
}

extension FakeWebSocket.State {
    fileprivate mutating func nextOrWait(
        _ continuation: CheckedContinuation<WebSocketMessage?, any Error>
    ) -> Result<WebSocketMessage?, any Error>? {
        if !messages.isEmpty { return .success(messages.removeFirst()) }
        if let end { return end.map { nil } }
        reader = continuation
        return nil
    }
}
