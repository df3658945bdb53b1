/// What a frame is (RFC 6455 §5.2).
enum WebSocketOpcode: UInt8, Sendable {
    case continuation = 0
    case text = 1
    case binary = 2
    case close = 8
    case ping = 9
    case pong = 10
}

/// The head of one frame that a server sent.
struct WebSocketFrameHead: Sendable {
    var opcode: WebSocketOpcode
    var isFinal: Bool
    var length: Int
    /// What about it is against the protocol; nil for nothing.
    var violation: String?

    var isControl: Bool { opcode.rawValue >= 8 }

    /// Two bytes and eight of length; a mask is refused before its bytes matter.
    static let longest = 10

    /// The head and how many bytes it takes; nil while it is not complete.
    static func read(_ bytes: UnsafeRawBufferPointer) -> (WebSocketFrameHead?, Int) {
        guard bytes.count >= 2 else { return (nil, 0) }
        let (first, second) = (bytes[0], bytes[1] & 0x7F)
        let extra = second == 127 ? 8 : second == 126 ? 2 : 0
        guard bytes.count >= 2 + extra else { return (nil, 0) }
        let claimed = bytes[2..<2 + extra].reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        let length = extra == 0 ? Int(second) : Int(clamping: claimed)
        let opcode = WebSocketOpcode(rawValue: first & 0x0F)
        var head = WebSocketFrameHead(opcode: opcode ?? .binary, isFinal: first & 0x80 != 0, length: length)
        if opcode == nil {
            head.violation = "it sent a WebSocket frame of the unknown sort \(first & 0x0F)"
        } else if first & 0x70 != 0 {
            head.violation = "it uses a WebSocket extension that was not agreed on"
        } else if bytes[1] & 0x80 != 0 {
            head.violation = "it masks its WebSocket frames, as only clients do"
        } else if head.isControl, length > 125 || !head.isFinal {
            head.violation = "it sent a WebSocket control frame that is too long or in pieces"
        } else if claimed >> 63 != 0 {
            head.violation = "it sent a WebSocket frame of an impossible length"
        }
        return (head, 2 + extra)
    }
}
