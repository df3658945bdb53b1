/// A response head as it came.
public struct HTTPHead: Sendable, Equatable {
    public var status: Int
    public var headers: HTTPHeaders
    /// "1.1" or "2".
    public var version: String

    public init(status: Int, headers: HTTPHeaders = [:], version: String = "1.1") {
        self.status = status
        self.headers = headers
        self.version = version
    }
}

/// A whole answer. `body` is decoded (gzip undone).
public struct HTTPResponse: Sendable, Equatable {
    public var head: HTTPHead
    public var body: [UInt8]
    public var status: Int { head.status }
    public var headers: HTTPHeaders { head.headers }

    public init(head: HTTPHead, body: [UInt8]) {
        self.head = head
        self.body = body
    }
}

/// An answer whose body is read as it comes. Dropping it, or cancelling the reading task, ends the transfer.
public struct HTTPStream: Sendable {
    public var head: HTTPHead
    public var body: HTTPByteStream

    public init(head: HTTPHead, body: HTTPByteStream) {
        self.head = head
        self.body = body
    }
}

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

    /// A stream of chunks that are already here, for tests.
    public init(chunks: [[UInt8]]) {
        self.init {
            let stream = AsyncStream<[UInt8]> { continuation in
                for chunk in chunks { continuation.yield(chunk) }
                continuation.finish()
            }
            let box = IteratorBox(stream)
            return { await box.next() }
        }
    }

    public struct AsyncIterator: AsyncIteratorProtocol {
        let nextChunk: @Sendable () async throws -> [UInt8]?
        public mutating func next() async throws -> [UInt8]? { try await nextChunk() }
    }

    public func makeAsyncIterator() -> AsyncIterator { AsyncIterator(nextChunk: makeNext()) }
}

private actor IteratorBox {
    private var chunks: [[UInt8]] = []
    private var source: AsyncStream<[UInt8]>
    private var loaded = false
    private var position = 0

    init(_ source: AsyncStream<[UInt8]>) { self.source = source }

    func next() async -> [UInt8]? {
        if !loaded {
            loaded = true
            for await chunk in source { chunks.append(chunk) }
        }
        guard position < chunks.count else { return nil }
        defer { position += 1 }
        return chunks[position]
    }
}
