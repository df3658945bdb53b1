import Synchronization

/// Chunks of body bytes; the transfer pauses while the buffer is full and resumes as it is read.
///
/// Throws `HTTPError`. The end of the sequence is the end of the body; whether it is complete only the protocol above knows.
public struct HTTPByteStream: AsyncSequence, Sendable {
    public typealias Element = [UInt8]
    public typealias Failure = any Error
    private let makeNext: @Sendable () -> @Sendable () async throws -> [UInt8]?

    public init(_ makeNext: @escaping @Sendable () -> @Sendable () async throws -> [UInt8]?) {
        self.makeNext = makeNext
    }

    /// A stream of chunks that are already here, for tests; every iterator starts at the first one.
    public init(chunks: [[UInt8]]) {
        self.init {
            let cursor = ChunkCursor(chunks)
            return { cursor.next() }
        }
    }

    public struct AsyncIterator: AsyncIteratorProtocol {
        let nextChunk: @Sendable () async throws -> [UInt8]?
        public mutating func next() async throws -> [UInt8]? { try await nextChunk() }
    }

    public func makeAsyncIterator() -> AsyncIterator { AsyncIterator(nextChunk: makeNext()) }
}

private final class ChunkCursor: Sendable {
    private let remaining: Mutex<ArraySlice<[UInt8]>>

    init(_ chunks: [[UInt8]]) { remaining = Mutex(chunks[...]) }

    func next() -> [UInt8]? { remaining.withLock { $0.popFirst() } }
}
