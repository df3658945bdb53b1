import Foundation

/// Puts the pieces of WebSocket messages together as channel messages; those of streamed channels go on at once.
struct MessageAssembly {
    private let streamProtocol: StreamProtocol
    private let limit: Int
    private var channel: UInt8?
    private var whole: [UInt8] = []

    init(_ streamProtocol: StreamProtocol, limit: Int) {
        self.streamProtocol = streamProtocol
        self.limit = limit
    }

    /// The messages that are complete with this piece. What is longer than the limit is cut there.
    mutating func take(
        _ piece: [UInt8], isStart: Bool, isEnd: Bool, _ streamed: (UInt8) -> Bool
    ) -> [ChannelConnection.Message] {
        if streamProtocol.isTunnel { return piece.isEmpty ? [] : [.bytes(channel: 0, piece)] }
        if isStart { (channel, whole) = (nil, []) }
        var rest = piece[...]
        if channel == nil {
            guard let first = rest.popFirst() else { return [] }
            channel = streamProtocol.isBase64 ? first &- UInt8(ascii: "0") : first
        }
        guard let channel else { return [] }
        if !streamProtocol.isBase64, streamed(channel) {
            return rest.isEmpty ? [] : [.bytes(channel: channel, Array(rest))]
        }
        whole += rest.prefix(max(0, limit - whole.count))
        guard isEnd else { return [] }
        defer { whole = [] }
        if streamProtocol.isTranslated, channel == 255 { return whole.first.map { [.closed(channel: $0)] } ?? [] }
        guard streamProtocol.isBase64 else { return [.bytes(channel: channel, whole)] }
        let bytes = Data(base64Encoded: Data(whole), options: .ignoreUnknownCharacters) ?? Data()
        return [.bytes(channel: channel, Array(bytes))]
    }
}
