import HTTP
import Synchronization

/// A body that a test hands out piece by piece: `send`, then `finish` or `fail`.
///
/// It keeps what was sent until it is read, without bound. One reader at a time. `untilDropped()` returns when the reader
/// let go of the stream or its task was cancelled, as a transport would end the transfer then.
public final class FedStream: Sendable {
    fileprivate struct State {
        var chunks: [[UInt8]] = []
        var end: Result<Void, any Error>?
        var reader: CheckedContinuation<[UInt8]?, any Error>?
        var isDropped = false
        var dropWaiters: [CheckedContinuation<Void, Never>] = []
    }

    private let head: HTTPHead
    private let state = Mutex(State())

    public init(head: HTTPHead = HTTPHead(status: 200)) { self.head = head }

    /// Whether the reader has let go of the stream.
    public var isDropped: Bool { state.withLock { $0.isDropped } }

    public func send(_ text: String) { send(Array(text.utf8)) }

    public func send(_ bytes: [UInt8]) {
        let reader = state.withLock { state in
            guard let reader = state.reader.take() else {
                state.chunks.append(bytes)
                return nil as CheckedContinuation<[UInt8]?, any Error>?
            }
            return reader
        }
        reader?.resume(returning: bytes)
    }

    /// Ends the body, as a server does that has said all.
    public func finish() { end(.success(())) }

    /// Breaks the body off.
    public func fail(_ error: any Error) { end(.failure(error)) }

    /// Returns once the reader has let go of the stream.
    public func untilDropped() async {
        await withCheckedContinuation { continuation in
            let isDropped = state.withLock { state in
                if !state.isDropped { state.dropWaiters.append(continuation) }
                return state.isDropped
            }
            if isDropped { continuation.resume() }
        }
    }

    var httpStream: HTTPStream {
        let lease = ReadingLease(self)
        return HTTPStream(head: head, body: HTTPByteStream { { try await lease.next() } })
    }

    func wholeResponse() async throws -> HTTPResponse {
        var body: [UInt8] = []
        let lease = ReadingLease(self)
        while let chunk = try await lease.next() { body += chunk }
        return HTTPResponse(head: head, body: body)
    }

    fileprivate func drop() {
        let (reader, waiters) = state.withLock { state in
            state.isDropped = true
            defer { state.dropWaiters = [] }
            return (state.reader.take(), state.dropWaiters)
        }
        reader?.resume(throwing: CancellationError())
        for waiter in waiters { waiter.resume() }
    }

    fileprivate func next() async throws -> [UInt8]? {
        try await withTaskCancellationHandler {
            try Task.checkCancellation()
            return try await withCheckedThrowingContinuation { continuation in
                let ready = state.withLock { $0.nextOrWait(continuation) }
                if let ready { continuation.resume(with: ready) }
            }
        } onCancel: {
            drop()
        }
    }

    private func end(_ end: Result<Void, any Error>) {
        let reader = state.withLock { state in
            state.end = end
            return state.reader.take()
        }
        reader?.resume(with: end.map { nil })
    }
}

extension FedStream.State {
    /// What can be had at once, or nil when the continuation was kept for later.
    fileprivate mutating func nextOrWait(
        _ continuation: CheckedContinuation<[UInt8]?, any Error>
    ) -> Result<[UInt8]?, any Error>? {
        if isDropped { return .failure(CancellationError()) }
        if !chunks.isEmpty { return .success(chunks.removeFirst()) }
        if let end { return end.map { nil } }
        reader = continuation
        return nil
    }
}

/// Tells the stream when its last reader is gone.
private final class ReadingLease: Sendable {
    private let stream: FedStream
    init(_ stream: FedStream) { self.stream = stream }
    deinit { stream.drop() }

    func next() async throws -> [UInt8]? { try await stream.next() }
}
