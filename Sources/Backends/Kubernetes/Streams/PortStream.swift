import HTTP

/// One connection to one port of a pod. Used as `ContainerProcess` is.
public final class PortStream: Sendable {
    static let protocols = ["v4.channel.k8s.io"]
    private static let piece = 64 << 10

    private let connection: any WebSocketConnection
    private let path: APIPath
    private let heads: ChannelHeads

    init(_ connection: any WebSocketConnection, port: Int, path: APIPath) {
        self.connection = connection
        self.path = path
        heads = ChannelHeads(port: port)
    }

    /// What the port's program sent next; nil when it has closed. A program that nobody runs there is an error with the
    /// server's words.
    public func next() async throws -> ArraySlice<UInt8>? {
        while let message = try await KubernetesClient.reaching(path, { try await connection.next() }) {
            guard let channel = message.bytes.first else { continue }
            let rest = try heads.strip(channel, message.bytes.dropFirst(), path)
            guard !rest.isEmpty else { continue }
            guard channel == 0 else { throw Self.fault(rest, path) }
            return rest
        }
        return nil
    }

    public func write(_ bytes: ArraySlice<UInt8>) async throws {
        var rest = bytes
        while !rest.isEmpty {
            let message = WebSocketMessage([0] + rest.prefix(Self.piece))
            try await KubernetesClient.reaching(path) { try await connection.send(message) }
            rest = rest.dropFirst(Self.piece)
        }
    }

    public func close() async { await connection.close(code: WebSocketClose.normal) }

    private static func fault(_ words: ArraySlice<UInt8>, _ path: APIPath) -> KubernetesError {
        var text = Substring(String(decoding: words.prefix(4096), as: UTF8.self))
        while text.last?.isWhitespace == true { text.removeLast() }
        return .status(code: 502, reason: "", message: String(text), target: path.path)
    }
}
