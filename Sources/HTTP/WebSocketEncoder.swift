/// Writes the frames that a WebSocket client sends (RFC 6455 §5), masked as clients must.
public enum WebSocketEncoder {
    /// A message as one frame. `mask` must not be foreseeable.
    public static func frame(_ message: WebSocketMessage, mask: UInt32) -> [UInt8] {
        frame(message.kind == .text ? .text : .binary, message.bytes, mask: mask)
    }

    public static func ping(_ bytes: [UInt8] = [], mask: UInt32) -> [UInt8] { frame(.ping, bytes, mask: mask) }

    public static func pong(_ bytes: [UInt8], mask: UInt32) -> [UInt8] { frame(.pong, bytes, mask: mask) }

    public static func close(code: UInt16, mask: UInt32) -> [UInt8] {
        frame(.close, [UInt8(code >> 8), UInt8(truncatingIfNeeded: code)], mask: mask)
    }

    private static func frame(_ opcode: WebSocketOpcode, _ payload: [UInt8], mask: UInt32) -> [UInt8] {
        let head = head(opcode, length: payload.count, mask: mask)
        let total = head.count + payload.count
        return [UInt8](unsafeUninitializedCapacity: total) { room, count in
            let target = UnsafeMutableRawBufferPointer(room)
            target.copyBytes(from: head)
            payload.withUnsafeBytes { source in
                apply(mask, from: source, to: UnsafeMutableRawBufferPointer(rebasing: target[head.count...]))
            }
            count = total
        }
    }

    private static func head(_ opcode: WebSocketOpcode, length: Int, mask: UInt32) -> [UInt8] {
        var head: [UInt8] = [0x80 | opcode.rawValue]
        switch length {
        case ..<126: head.append(0x80 | UInt8(length))
        case ..<65536: head += [0x80 | 126, UInt8(length >> 8), UInt8(truncatingIfNeeded: length)]
        default:
            head.append(0x80 | 127)
            withUnsafeBytes(of: UInt64(length).bigEndian) { head.append(contentsOf: $0) }
        }
        withUnsafeBytes(of: mask.bigEndian) { head.append(contentsOf: $0) }
        return head
    }

    /// Eight bytes at a time, then the rest one by one.
    private static func apply(
        _ mask: UInt32, from source: UnsafeRawBufferPointer, to target: UnsafeMutableRawBufferPointer
    ) {
        let word = UInt64(mask.bigEndian) | UInt64(mask.bigEndian) << 32
        let whole = source.count & ~7
        var at = 0
        while at < whole {
            let masked = source.loadUnaligned(fromByteOffset: at, as: UInt64.self) ^ word
            target.storeBytes(of: masked, toByteOffset: at, as: UInt64.self)
            at += 8
        }
        while at < source.count {
            target[at] = source[at] ^ UInt8(truncatingIfNeeded: word >> UInt64(at % 8 * 8))
            at += 1
        }
    }
}
