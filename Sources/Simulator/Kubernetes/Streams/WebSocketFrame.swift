/// The frames a server sends: whole messages, not masked.
enum WebSocketFrame {
    enum Opcode: UInt8, Sendable {
        case text = 1
        case binary = 2
        case close = 8
        case pong = 10
    }

    /// Normal closure, status 1000.
    static let normalClose = bytes(.close, [0x03, 0xe8])

    /// One message whose payload is `prefix` and then `payload`.
    static func bytes(_ opcode: Opcode, prefix: [UInt8] = [], _ payload: some Collection<UInt8>) -> [UInt8] {
        let length = prefix.count + payload.count
        var frame: [UInt8] = []
        frame.reserveCapacity(length + 10)
        frame.append(0x80 | opcode.rawValue)
        switch length {
        case ...125: frame.append(UInt8(length))
        case ...0xffff: frame += [126, UInt8(length >> 8), UInt8(length & 0xff)]
        default:
            frame.append(127)
            for shift in stride(from: 56, through: 0, by: -8) { frame.append(UInt8(length >> shift & 0xff)) }
        }
        frame += prefix
        frame += payload
        return frame
    }
}
