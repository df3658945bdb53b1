import HTTP
import Synchronization

/// Keeps body bytes for one reader, within a bound; a full buffer pauses the transfer, reading lets it go on.
final class CurlStreamSink: CurlSink {
    fileprivate struct State {
        var opening: CheckedContinuation<HTTPHead, any Error>?
        var bytes: [UInt8] = []
        var reader: CheckedContinuation<[UInt8]?, any Error>?
        var end: Result<Void, any Error>?
        var isFull = false
    }

    private let capacity: Int
    private let state = Mutex(State())

    init(capacity: Int) { self.capacity = capacity }

    /// Before the transfer starts: who waits for the head.
    func await(_ opening: CheckedContinuation<HTTPHead, any Error>) {
        state.withLock { $0.opening = opening }
    }

    func begin(_ head: HTTPHead) {
        state.withLock { $0.opening.take() }?.resume(returning: head)
    }

    func write(_ bytes: UnsafeRawBufferPointer) -> CurlWritten {
        let (written, reader) = state.withLock { state in
            if let reader = state.reader.take() { return (CurlWritten.taken, Optional(reader)) }
            if !state.bytes.isEmpty, state.bytes.count + bytes.count > capacity {
                state.isFull = true
                return (.full, nil)
            }
            state.bytes.append(contentsOf: bytes)
            return (.taken, nil)
        }
        reader?.resume(returning: Array(bytes))
        return written
    }

    func end(_ outcome: Result<Void, any Error>) {
        let (opening, reader) = state.withLock { state in
            state.end = outcome
            return (state.opening.take(), state.reader.take())
        }
        opening?.resume(with: outcome.map { HTTPHead(status: 0) })
        reader?.resume(with: outcome.map { nil })
    }

    /// What is here now, all in one piece; nil at the end of the body. `onRoom` is called when a full buffer was emptied.
    func next(onRoom: () -> Void) async throws -> [UInt8]? {
        try await withCheckedThrowingContinuation { continuation in
            let taken = state.withLock { $0.takeOrWait(continuation) }
            if taken.makesRoom { onRoom() }
            if let result = taken.result { continuation.resume(with: result) }
        }
    }
}

extension CurlStreamSink.State {
    /// No result means that the continuation was kept for what comes.
    fileprivate mutating func takeOrWait(
        _ continuation: CheckedContinuation<[UInt8]?, any Error>
    ) -> (result: Result<[UInt8]?, any Error>?, makesRoom: Bool) {
        if !bytes.isEmpty {
            defer { (bytes, isFull) = ([], false) }
            return (.success(bytes), isFull)
        }
        if let end { return (end.map { nil }, false) }
        precondition(reader == nil, "a stream has one reader at a time")
        reader = continuation
        return (nil, false)
    }
}
