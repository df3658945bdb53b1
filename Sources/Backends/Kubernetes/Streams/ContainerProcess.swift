import HTTP
import Synchronization

/// A process in a container, joined by WebSocket: what it writes, what it is given, and how it ended.
///
/// One task may read while others write. While nobody reads, the process is held up. When the last reference is gone, the
/// connection is cut. Everything throws `KubernetesError`, or `CancellationError` when the task was cancelled.
public final class ContainerProcess: Sendable {
    public enum Output: Sendable, Equatable {
        case standard(ArraySlice<UInt8>)
        case error(ArraySlice<UInt8>)
    }

    private enum Channel {
        static let input: UInt8 = 0
        static let output: UInt8 = 1
        static let error: UInt8 = 2
        static let status: UInt8 = 3
        static let resize: UInt8 = 4
        static let close: UInt8 = 255
    }

    /// Newest first.
    static let protocols = ["v5.channel.k8s.io", "v4.channel.k8s.io"]
    /// More than servers read at once, and small enough that a resize need not wait long.
    private static let piece = 64 << 10
    private static let longestStatus = 1 << 20

    private let connection: any WebSocketConnection
    private let path: APIPath
    private let status = Mutex<[UInt8]>([])

    init(_ connection: any WebSocketConnection, path: APIPath) {
        self.connection = connection
        self.path = path
    }

    /// Whether the process can be told that its input has ended: servers before Kubernetes 1.30 cannot.
    public var canEndInput: Bool { connection.subprotocol == Self.protocols[0] }

    /// What it wrote next; nil when it has ended, and then `end` says how.
    public func next() async throws -> Output? {
        while let message = try await KubernetesClient.reaching(path, { try await connection.next() }) {
            guard let channel = message.bytes.first, message.bytes.count > 1 else { continue }
            let bytes = message.bytes.dropFirst()
            switch channel {
            case Channel.output: return .standard(bytes)
            case Channel.error: return .error(bytes)
            case Channel.status: status.withLock { if $0.count < Self.longestStatus { $0 += bytes } }
            default: continue
            }
        }
        return nil
    }

    /// How it ended, once `next` gave nil.
    public var end: ProcessEnd { ProcessEnd(status: status.withLock { $0 }) }

    /// Gives it input; waits while it does not take what came before.
    public func write(_ bytes: some Collection<UInt8>) async throws {
        var rest = bytes[...]
        while !rest.isEmpty {
            let piece = rest.prefix(Self.piece)
            try await send(Channel.input, piece)
            rest = rest.dropFirst(piece.count)
        }
    }

    /// Tells it that no more input comes; what it still writes can be read on.
    public func endInput() async throws {
        guard canEndInput else {
            throw KubernetesError.decoding(
                target: path.path,
                cause: "this server is older than Kubernetes 1.30 and cannot be told that the input has ended")
        }
        try await send(Channel.close, CollectionOfOne(Channel.input))
    }

    public func resize(columns: Int, rows: Int) async throws {
        try await send(Channel.resize, Array(#"{"Width":\#(columns),"Height":\#(rows)}"#.utf8))
    }

    /// Leaves it in an orderly way.
    public func close() async { await connection.close(code: WebSocketClose.normal) }

    private func send(_ channel: UInt8, _ bytes: some Collection<UInt8>) async throws {
        var message: [UInt8] = []
        message.reserveCapacity(bytes.count + 1)
        message.append(channel)
        message.append(contentsOf: bytes)
        let whole = WebSocketMessage(message)
        try await KubernetesClient.reaching(path) { try await connection.send(whole) }
    }
}
