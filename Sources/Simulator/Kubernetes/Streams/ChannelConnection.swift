import Foundation

/// One WebSocket with its channels: takes the client's messages apart, and sends what the channels' writers write, in
/// order, a bounded amount of it waiting.
final class ChannelConnection: Sendable {
    enum Message: Sendable {
        /// Bytes for a channel; of a streamed channel a piece, of any other a whole message.
        case bytes(channel: UInt8, [UInt8])
        /// The client will send no more on this channel (v5).
        case closed(channel: UInt8)
    }

    let streamProtocol: StreamProtocol
    private let connection: UpgradedConnection
    private let outgoing = BytePipe(capacity: 1 << 18)
    /// A message that is not streamed may be this long.
    private static let longestMessage = 1 << 20
    /// How long the other side may take to answer a close.
    private static let patience: Duration = .seconds(5)

    init(_ connection: UpgradedConnection, _ streamProtocol: StreamProtocol) {
        self.connection = connection
        self.streamProtocol = streamProtocol
    }

    /// Where to write to a channel.
    func sink(_ channel: UInt8) -> ChannelSink { ChannelSink(connection: self, channel: channel) }

    func send(_ channel: UInt8, _ bytes: [UInt8]) async throws {
        // As the kubelet copies: pieces of 32 KiB.
        var start = 0
        repeat {
            let end = min(bytes.count, start + 1 << 15)
            try await outgoing.write(streamProtocol.frame(channel, bytes[start..<end]))
            start = end
        } while start < bytes.count
    }

    func sendFrame(_ frame: [UInt8]) async throws { try await outgoing.write(frame) }

    /// Runs `main` and gives the client's messages to `receive` meanwhile. What `main` returns is sent last, then the close
    /// frame. A client that closes or goes away cancels `main`.
    func run(
        streamed: @escaping @Sendable (UInt8) -> Bool,
        receive: @escaping @Sendable (Message) async -> Void,
        hangUp: @escaping @Sendable () -> Void,
        main: @escaping @Sendable () async -> [[UInt8]]
    ) async {
        let work = Task { await main() }
        await withTaskGroup(of: Part.self) { group in
            group.addTask { [self] in
                await write()
                return .writer
            }
            group.addTask { [self] in
                await read(streamed, receive)
                return .reader
            }
            group.addTask {
                await withTaskCancellationHandler {
                    .main(last: await work.value)
                } onCancel: {
                    work.cancel()
                }
            }
            group.addTask { [self] in
                // A client that is gone shows also where its last bytes wait behind a process that reads nothing.
                while !connection.isHungUp, (try? await Task.sleep(for: .seconds(1))) != nil {}
                return .hungUp
            }
            var (isRead, isWritten) = (false, false)
            for await part in group {
                switch part {
                case .main(let last):
                    // Nobody may be there to hear the last words.
                    if !isRead { for frame in last { try? await outgoing.write(frame) } }
                    try? await outgoing.write(WebSocketFrame.normalClose)
                    outgoing.finish()
                    continue
                case .reader:
                    isRead = true
                    hangUp()
                case .writer:
                    isWritten = true
                    connection.finishWriting()
                case .hungUp:
                    // What it said last may still be read; after that nobody is there.
                    hangUp()
                case .patience: (isRead, isWritten) = (true, true)
                }
                work.cancel()
                if isRead, isWritten { group.cancelAll() } else { group.addTask { await Self.wait() } }
            }
        }
    }

    private static func wait() async -> Part {
        try? await Task.sleep(for: patience)  // Cancelled when both sides are done.
        return .patience
    }

    private enum Part: Sendable {
        case reader, writer, hungUp, patience
        case main(last: [[UInt8]])
    }

    private func write() async {
        do {
            while let bytes = try await outgoing.read() { try await connection.write(bytes) }
        } catch {
            // The client is gone, or the server stops: writers are told by the broken pipe.
        }
        outgoing.breakOff()
    }

    private func read(
        _ streamed: @Sendable (UInt8) -> Bool, _ receive: @Sendable (Message) async -> Void
    ) async {
        var decoder = WebSocketDecoder()
        var assembly = MessageAssembly(streamProtocol, limit: Self.longestMessage)
        do {
            while let bytes = try await connection.read() {
                for event in try decoder.feed(bytes) {
                    switch event {
                    case .data(let piece, let isStart, let isEnd):
                        for message in assembly.take(piece, isStart: isStart, isEnd: isEnd, streamed) {
                            await receive(message)
                        }
                    case .ping(let payload): try await outgoing.write(WebSocketFrame.bytes(.pong, payload))
                    case .pong: continue
                    case .close: return
                    }
                }
            }
        } catch {
            // Bytes that are no frames end the connection as its loss does.
        }
    }
}

/// Writes to one channel of a connection.
struct ChannelSink: ByteSink {
    let connection: ChannelConnection
    let channel: UInt8

    func write(_ bytes: [UInt8]) async throws {
        guard !bytes.isEmpty else { return }
        try await connection.send(channel, bytes)
    }
}
