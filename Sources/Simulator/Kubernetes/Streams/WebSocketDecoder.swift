/// Takes a client's WebSocket frames apart (RFC 6455), as the bytes come: what a data frame carries is given on in pieces,
/// so that nobody holds a large message in full.
struct WebSocketDecoder: Sendable {
    enum Event: Equatable, Sendable {
        /// A piece of a text or binary message.
        case data([UInt8], isStart: Bool, isEnd: Bool)
        case ping([UInt8])
        case pong
        case close(code: Int?)
    }

    /// Why a client's bytes are no frames.
    enum Problem: Error, Equatable {
        case unmasked, reservedBits, unknownOpcode(UInt8), badControlFrame, badContinuation
    }

    private struct Frame {
        var opcode: UInt8
        var isFinal: Bool
        var left: UInt64
        var mask: [UInt8]
        var maskOffset = 0
        var control: [UInt8] = []
    }

    private var buffer: [UInt8] = []
    private var offset = 0
    private var frame: Frame?
    private var isInMessage = false

    /// What is complete now that these bytes came.
    mutating func feed(_ bytes: [UInt8]) throws(Problem) -> [Event] {
        if offset == buffer.count {
            buffer = bytes
            offset = 0
        } else {
            buffer.removeFirst(offset)
            offset = 0
            buffer += bytes
        }
        var events: [Event] = []
        while let event = try next() { events.append(event) }
        return events
    }

    private mutating func next() throws(Problem) -> Event? {
        if frame == nil {
            guard try readHead() else { return nil }
        }
        guard var frame else { return nil }
        let count = Int(min(frame.left, UInt64(buffer.count - offset)))
        if count == 0, frame.left > 0 { return nil }
        let piece = Self.unmask(buffer, offset..<offset + count, frame.mask, frame.maskOffset)
        offset += count
        frame.left -= UInt64(count)
        frame.maskOffset = (frame.maskOffset + count) & 3
        let isDone = frame.left == 0
        if frame.opcode >= 8 {
            frame.control += piece
            self.frame = isDone ? nil : frame
            return isDone ? Self.control(frame) : try next()
        }
        self.frame = isDone ? nil : frame
        defer { isInMessage = !(isDone && frame.isFinal) }
        return .data(piece, isStart: !isInMessage, isEnd: isDone && frame.isFinal)
    }

    private static func control(_ frame: Frame) -> Event {
        switch frame.opcode {
        case 9: .ping(frame.control)
        case 10: .pong
        default: .close(code: frame.control.count >= 2 ? Int(frame.control[0]) << 8 | Int(frame.control[1]) : nil)
        }
    }

    /// Reads the head of the next frame if all of it is there.
    private mutating func readHead() throws(Problem) -> Bool {
        let have = buffer.count - offset
        guard have >= 2 else { return false }
        let (first, second) = (buffer[offset], buffer[offset + 1])
        guard first & 0x70 == 0 else { throw .reservedBits }
        guard second & 0x80 != 0 else { throw .unmasked }
        let short = Int(second & 0x7f)
        let extra = short == 126 ? 2 : short == 127 ? 8 : 0
        guard have >= 6 + extra else { return false }
        var length = extra == 0 ? UInt64(short) : 0
        for byte in buffer[offset + 2..<offset + 2 + extra] { length = length << 8 | UInt64(byte) }
        let opcode = first & 15
        let isFinal = first & 0x80 != 0
        switch opcode {
        case 8, 9, 10: guard isFinal, length <= 125 else { throw .badControlFrame }
        case 0: guard isInMessage else { throw .badContinuation }
        case 1, 2: guard !isInMessage else { throw .badContinuation }
        default: throw .unknownOpcode(opcode)
        }
        frame = Frame(
            opcode: opcode, isFinal: isFinal, left: length,
            mask: Array(buffer[offset + 2 + extra..<offset + 6 + extra]))
        offset += 6 + extra
        return true
    }

    private static func unmask(_ buffer: [UInt8], _ range: Range<Int>, _ mask: [UInt8], _ start: Int) -> [UInt8] {
        guard !range.isEmpty else { return [] }
        return [UInt8](unsafeUninitializedCapacity: range.count) { out, count in
            buffer.withUnsafeBufferPointer { bytes in
                var keys = UInt64(0)
                for index in 0..<8 { keys |= UInt64(mask[(start + index) & 3]) << UInt64(index * 8) }
                let source = UnsafeRawPointer(bytes.baseAddress! + range.lowerBound)
                let target = UnsafeMutableRawPointer(out.baseAddress!)
                var index = 0
                while index + 8 <= range.count {
                    let word = UInt64(littleEndian: source.loadUnaligned(fromByteOffset: index, as: UInt64.self))
                    target.storeBytes(of: (word ^ keys).littleEndian, toByteOffset: index, as: UInt64.self)
                    index += 8
                }
                while index < range.count {
                    out[index] = bytes[range.lowerBound + index] ^ mask[(start + index) & 3]
                    index += 1
                }
            }
            count = range.count
        }
    }
}
