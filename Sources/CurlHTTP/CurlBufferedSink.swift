import HTTP
import Synchronization

/// Collects a whole answer, up to the bound, and resumes the one who waits for it.
final class CurlBufferedSink: CurlSink {
    private struct State {
        var head: HTTPHead?
        var claimed = 0
        var body: [UInt8] = []
        var continuation: CheckedContinuation<HTTPResponse, any Error>?
    }

    private let limit: Int
    private let state = Mutex(State())

    /// A claimed length reserves no more than this before bytes have come.
    private static let reserved = 16 << 20

    init(limit: Int) { self.limit = limit }

    /// Before the transfer starts.
    func await(_ continuation: CheckedContinuation<HTTPResponse, any Error>) {
        state.withLock { $0.continuation = continuation }
    }

    func begin(_ head: HTTPHead) {
        let claimed = head.headers["Content-Length"].flatMap { Int($0) } ?? 0
        state.withLock { state in
            state.head = head
            state.claimed = claimed
            state.body.reserveCapacity(min(claimed, limit, Self.reserved))
        }
    }

    /// A claim beyond the bound is refused with the first byte, not with the head: the answer to HEAD claims and sends none.
    func write(_ bytes: UnsafeRawBufferPointer) -> CurlWritten {
        state.withLock { state in
            guard max(state.claimed, state.body.count + bytes.count) <= limit else {
                return .refused(.bodyTooLarge(limit: limit), detail: "the body is longer than \(limit) bytes")
            }
            state.body.append(contentsOf: bytes)
            return .taken
        }
    }

    func end(_ outcome: Result<Void, any Error>) {
        let (continuation, response) = state.withLock { state in
            let head = state.head ?? HTTPHead(status: 0)
            defer { state.body = [] }
            return (state.continuation.take(), HTTPResponse(head: head, body: state.body))
        }
        continuation?.resume(with: outcome.map { response })
    }
}
