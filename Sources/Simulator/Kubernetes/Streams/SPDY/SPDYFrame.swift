/// The frames of SPDY/3.1 that the API server and kubectl exchange.
enum SPDYFrame: Equatable {
    case synStream(id: Int, isLast: Bool, block: [UInt8])
    case synReply(id: Int, isLast: Bool, block: [UInt8])
    case reset(id: Int, status: Int)
    case ping(id: Int)
    case goAway(lastGood: Int, status: Int)
    case windowUpdate(id: Int, delta: Int)
    case data(id: Int, isLast: Bool, [UInt8])
    /// Settings, headers and whatever else there may be.
    case other(type: Int)

    /// What may come in one frame.
    static let longest = 1 << 20

    var bytes: [UInt8] {
        switch self {
        case .synStream(let id, let isLast, let block):
            Self.control(1, isLast ? 1 : 0, Self.number(id) + Self.number(0) + [0, 0] + block)
        case .synReply(let id, let isLast, let block): Self.control(2, isLast ? 1 : 0, Self.number(id) + block)
        case .reset(let id, let status): Self.control(3, 0, Self.number(id) + Self.number(status))
        case .ping(let id): Self.control(6, 0, Self.number(id))
        case .goAway(let last, let status): Self.control(7, 0, Self.number(last) + Self.number(status))
        case .windowUpdate(let id, let delta): Self.control(9, 0, Self.number(id) + Self.number(delta))
        case .data(let id, let isLast, let payload): Self.data(id, isLast: isLast, payload[...])
        case .other(let type): Self.control(type, 0, [])
        }
    }

    static func data(_ id: Int, isLast: Bool, _ payload: ArraySlice<UInt8>) -> [UInt8] {
        var out = number(id)
        out.reserveCapacity(payload.count + 8)
        out.append(isLast ? 1 : 0)
        out += number(payload.count).dropFirst()
        out += payload
        return out
    }

    private static func control(_ type: Int, _ flags: UInt8, _ body: [UInt8]) -> [UInt8] {
        [0x80, 3, UInt8(type >> 8), UInt8(type & 255), flags] + number(body.count).dropFirst() + body
    }

    /// Four bytes, the high one first.
    static func number(_ value: Int) -> [UInt8] {
        [UInt8(value >> 24 & 255), UInt8(value >> 16 & 255), UInt8(value >> 8 & 255), UInt8(value & 255)]
    }
}

/// Takes a stream of bytes apart as SPDY frames.
struct SPDYDecoder {
    enum Problem: Error, Equatable { case version(Int), tooLong(Int), short(type: Int) }

    private var buffer: [UInt8] = []
    private var offset = 0

    mutating func feed(_ bytes: [UInt8]) throws -> [SPDYFrame] {
        if offset == buffer.count { buffer = bytes } else { buffer = Array(buffer[offset...]) + bytes }
        offset = 0
        var frames: [SPDYFrame] = []
        while let frame = try next() { frames.append(frame) }
        return frames
    }

    private mutating func next() throws -> SPDYFrame? {
        guard buffer.count - offset >= 8 else { return nil }
        let head = buffer[offset..<offset + 8]
        let length = Self.number(head.dropFirst(5))
        guard length <= SPDYFrame.longest else { throw Problem.tooLong(length) }
        guard buffer.count - offset >= 8 + length else { return nil }
        let body = buffer[(offset + 8)..<(offset + 8 + length)]
        offset += 8 + length
        let flags = head[head.startIndex + 4]
        let word = Self.number(head.prefix(4))
        guard word >> 31 == 1 else { return .data(id: word, isLast: flags & 1 == 1, Array(body)) }
        guard word >> 16 & 0x7fff == 3 else { throw Problem.version(word >> 16 & 0x7fff) }
        return try Self.control(word & 0xffff, flags, body)
    }

    private static func control(_ type: Int, _ flags: UInt8, _ body: ArraySlice<UInt8>) throws -> SPDYFrame {
        let least = [1: 10, 2: 4, 3: 8, 6: 4, 7: 8, 9: 8][type] ?? 0
        guard body.count >= least else { throw Problem.short(type: type) }
        func word(_ index: Int) -> Int { number(body.dropFirst(index * 4).prefix(4)) & 0x7fff_ffff }
        let isLast = flags & 1 == 1
        switch type {
        case 1: return .synStream(id: word(0), isLast: isLast, block: Array(body.dropFirst(10)))
        case 2: return .synReply(id: word(0), isLast: isLast, block: Array(body.dropFirst(4)))
        case 3: return .reset(id: word(0), status: word(1))
        case 6: return .ping(id: number(body.prefix(4)))
        case 7: return .goAway(lastGood: word(0), status: word(1))
        case 9: return .windowUpdate(id: word(0), delta: word(1))
        default: return .other(type: type)
        }
    }

    private static func number(_ bytes: some Sequence<UInt8>) -> Int { bytes.reduce(0) { $0 << 8 | Int($1) } }
}
