import Synchronization

/// The server's side of one SPDY/3.1 connection: streams that the client opens, each a pipe one way and a sink the other.
///
/// Windows are neither granted nor kept to, as spdystream, which kubectl and the API server both use, does not: what limits a
/// stream is the connection beneath.
final class SPDYSession: Sendable {
    private struct State {
        var streams: [Int: SPDYStream] = [:]
        var isOver = false
    }

    /// Streams that may be open at once.
    private static let limit = 4096

    private let state = Mutex(State())
    /// The zlib state of what is written.
    private let replies = Mutex(SPDYHeaderBlock(deflates: true))
    private let write: @Sendable ([UInt8]) async throws -> Void
    private let opened: @Sendable (SPDYStream) -> Void

    /// - Parameters:
    ///   - write: sends bytes, one whole frame at a time, and waits while there is no room.
    ///   - opened: is told of every new stream, and must not wait.
    init(write: @escaping @Sendable ([UInt8]) async throws -> Void, opened: @escaping @Sendable (SPDYStream) -> Void) {
        self.write = write
        self.opened = opened
    }

    /// Reads the client's bytes to their end.
    func run(_ input: any ByteSource) async throws {
        defer { end() }
        var decoder = SPDYDecoder()
        let blocks = SPDYHeaderBlock(deflates: false)
        while let bytes = try await input.read(atMost: 1 << 16) {
            for frame in try decoder.feed(bytes) {
                guard case .synStream(let id, let isLast, let block) = frame else {
                    try await take(frame)
                    continue
                }
                try await open(id, try blocks.read(block), isLast: isLast)
            }
        }
    }

    private func take(_ frame: SPDYFrame) async throws {
        switch frame {
        case .data(let id, let isLast, let bytes):
            guard let stream = state.withLock({ $0.streams[id] }) else { return }
            // What nobody reads any more falls.
            try? await stream.input.write(bytes)
            if isLast { stream.input.finish() }
        case .reset(let id, _):
            guard let stream = state.withLock({ $0.streams.removeValue(forKey: id) }) else { return }
            stream.reset()
        case .ping(let id): try await write(SPDYFrame.ping(id: id).bytes)
        case .goAway, .windowUpdate, .other, .synReply, .synStream: return
        }
    }

    private func open(_ id: Int, _ headers: [String: String], isLast: Bool) async throws {
        let stream = SPDYStream(id: id, headers: headers, session: self)
        if isLast { stream.input.finish() }
        let isTaken = state.withLock { state in
            guard !state.isOver, state.streams.count < Self.limit, state.streams[id] == nil else { return false }
            state.streams[id] = stream
            return true
        }
        // 3: refused stream
        guard isTaken else { return try await write(SPDYFrame.reset(id: id, status: 3).bytes) }
        let block = replies.withLock { $0.written([:]) }
        try await write(SPDYFrame.synReply(id: id, isLast: false, block: block).bytes)
        opened(stream)
    }

    func send(_ id: Int, _ bytes: [UInt8], isLast: Bool) async throws {
        guard state.withLock({ !$0.isOver && $0.streams[id] != nil }) else { throw PipeError.broken }
        try await write(SPDYFrame.data(id, isLast: isLast, bytes[...]))
    }

    /// Forgets a stream whose both sides are done.
    func forget(_ id: Int) { state.withLock { $0.streams[id] = nil } }

    private func end() {
        let streams = state.withLock { state in
            defer { state.streams = [:] }
            state.isOver = true
            return Array(state.streams.values)
        }
        for stream in streams { stream.reset() }
    }
}

/// One stream of a SPDY connection.
final class SPDYStream: ByteSink {
    let id: Int
    let headers: [String: String]
    /// What the client sends.
    let input = BytePipe(capacity: 1 << 17)
    private let session: SPDYSession
    private let cancel = Mutex<(isReset: Bool, handlers: [@Sendable () -> Void])>((false, []))

    init(id: Int, headers: [String: String], session: SPDYSession) {
        self.id = id
        self.headers = headers
        self.session = session
    }

    func write(_ bytes: [UInt8]) async throws {
        guard !bytes.isEmpty else { return }
        var start = 0
        while start < bytes.count {
            let end = min(bytes.count, start + 1 << 15)
            let piece = start == 0 && end == bytes.count ? bytes : Array(bytes[start..<end])
            try await session.send(id, piece, isLast: false)
            start = end
        }
    }

    /// Ends the server's half.
    func finish() async {
        try? await session.send(id, [], isLast: true)  // A connection that is gone has ended it already.
    }

    /// Both halves end at once.
    func reset() {
        input.breakOff()
        let handlers = cancel.withLock { cancel in
            defer { cancel = (true, []) }
            return cancel.handlers
        }
        for handler in handlers { handler() }
    }

    /// Calls the handler when the client resets the stream or goes away, at once where it has.
    func onReset(_ handler: @escaping @Sendable () -> Void) {
        let isReset = cancel.withLock { cancel in
            if !cancel.isReset { cancel.handlers.append(handler) }
            return cancel.isReset
        }
        if isReset { handler() }
    }

    func forget() { session.forget(id) }
}
