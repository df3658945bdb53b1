/// Reads what a program writes to its terminal and tells the screen what it asks for.
///
/// Paul Williams' state machine (vt100.net/emu/dec_ansi_parser) over UTF-8: operating system commands, device control and
/// the other strings are read to their end and forgotten, so that neither titles nor clipboards nor answers come of them. No
/// sequence is kept but its numbers; a stream may be cut anywhere.
struct SequenceParser {
    private enum State {
        case ground, escape, escapeIntermediate
        case parameters, intermediate, ignored
        /// Inside a string that nobody reads; an operating system command also ends with BEL.
        case string, command
    }

    private var state = State.ground
    private var parameters = Parameters()
    private var prefix: UInt8 = 0
    private var intermediates: UInt8 = 0
    private var text = UTF8Reader()

    mutating func feed(_ bytes: UnsafeBufferPointer<UInt8>, to screen: inout Screen) {
        guard let start = bytes.baseAddress else { return }
        var index = 0
        while index < bytes.count {
            if state == .ground, !text.isInside {
                let run = Self.plainRun(start + index, bytes.count - index)
                if run > 0 {
                    screen.print(start + index, run)
                    index += run
                    continue
                }
            }
            take(bytes[index], &screen)
            index += 1
        }
    }

    @inline(__always)
    private static func plainRun(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> Int {
        var length = 0
        while length < count, bytes[length] &- 0x20 < 0x5F { length += 1 }
        return length
    }

    @inline(__always)
    private mutating func take(_ byte: UInt8, _ screen: inout Screen) {
        if byte < 0x20 { return control(byte, &screen) }
        switch state {
        case .ground:
            if byte == 0x7F {
                text.end { screen.print($0) }  // DEL itself has no effect
            } else {
                text.take(byte) { screen.print($0) }
            }
        case .escape, .escapeIntermediate: escape(byte, &screen)
        case .parameters, .intermediate, .ignored: sequence(byte, &screen)
        case .string, .command: break
        }
    }

    /// Controls act wherever they stand, but for strings, which only some of them end.
    @inline(__always)
    private mutating func control(_ byte: UInt8, _ screen: inout Screen) {
        text.end { screen.print($0) }
        switch byte {
        case 0x1B: begin(.escape)
        case 0x18, 0x1A: state = .ground
        case 0x07 where state == .command: state = .ground
        default: if state != .string, state != .command { screen.control(byte) }
        }
    }

    private mutating func begin(_ state: State) {
        self.state = state
        parameters.clear()
        (prefix, intermediates) = (0, 0)
    }

    private mutating func escape(_ byte: UInt8, _ screen: inout Screen) {
        switch byte {
        case 0x20...0x2F:
            addIntermediate(byte)
            state = .escapeIntermediate
        case 0x30...0x7E:
            if state == .escape, let next = Self.introducers[byte] { return begin(next) }
            state = .ground
            if intermediates != Self.tooMany { screen.escape(byte, intermediate: intermediates) }
        case 0x80...0xFF:
            state = .ground
            text.take(byte) { screen.print($0) }
        default: break
        }
    }

    /// CSI, OSC, DCS, SOS, PM, APC, and the title of screen and tmux (ESC k).
    private static let introducers: [UInt8: State] = [
        UInt8(ascii: "["): .parameters, UInt8(ascii: "]"): .command, UInt8(ascii: "P"): .string,
        UInt8(ascii: "X"): .string, UInt8(ascii: "^"): .string, UInt8(ascii: "_"): .string,
        UInt8(ascii: "k"): .string,
    ]

    private static let tooMany: UInt8 = 0xFF

    private mutating func addIntermediate(_ byte: UInt8) {
        intermediates = intermediates == 0 ? byte : Self.tooMany
    }

    private mutating func sequence(_ byte: UInt8, _ screen: inout Screen) {
        switch byte {
        case 0x30...0x39 where state == .parameters: parameters.digit(byte)
        case 0x3A...0x3B where state == .parameters: parameters.separate(isSub: byte == 0x3A)
        case 0x3C...0x3F where state == .parameters && parameters.count == 0 && prefix == 0: prefix = byte
        case 0x20...0x2F where state != .ignored:
            addIntermediate(byte)
            state = .intermediate
        case 0x40...0x7E:
            let isRead = state != .ignored && intermediates != Self.tooMany
            state = .ground
            parameters.close()
            if isRead { screen.sequence(byte, parameters, prefix: prefix, intermediate: intermediates) }
        case 0x7F: break
        case 0x80...0xFF:
            // A sequence has no such bytes: it was cut off, and this is text again.
            state = .ground
            text.take(byte) { screen.print($0) }
        default: state = .ignored
        }
    }
}
