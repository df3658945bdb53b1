/// Takes Jenkins' hidden console notes out of a log as it streams by: `ESC[8mha:` … `ESC[0m`.
///
/// Source: hudson.console.ConsoleNote (PREAMBLE, POSTAMBLE). A note never crosses a line; one that seems to is let go
/// at the line's end, so that a stray preamble cannot swallow a log.
struct ConsoleNoteStripper: Sendable {
    private static let preamble = Array("\u{1B}[8mha:".utf8)
    private static let postamble = Array("\u{1B}[0m".utf8)

    private var isInNote = false
    /// How much of the preamble, or inside a note of the postamble, has matched.
    private var matched = 0

    mutating func strip(_ chunk: [UInt8]) -> [UInt8] {
        var out: [UInt8] = []
        out.reserveCapacity(chunk.count)
        for byte in chunk {
            if isInNote { skip(byte, into: &out) } else { pass(byte, into: &out) }
        }
        return out
    }

    /// What is still held back because it might have become a note.
    mutating func finish() -> [UInt8] {
        defer { matched = 0 }
        return isInNote ? [] : Array(Self.preamble[..<matched])
    }

    private mutating func pass(_ byte: UInt8, into out: inout [UInt8]) {
        if byte == Self.preamble[matched] {
            matched += 1
            guard matched == Self.preamble.count else { return }
            (isInNote, matched) = (true, 0)
            return
        }
        out += Self.preamble[..<matched]
        matched = 0
        if byte == Self.preamble[0] { matched = 1 } else { out.append(byte) }
    }

    private mutating func skip(_ byte: UInt8, into out: inout [UInt8]) {
        if byte == UInt8(ascii: "\n") {
            (isInNote, matched) = (false, 0)
            out.append(byte)
            return
        }
        matched = byte == Self.postamble[matched] ? matched + 1 : (byte == Self.postamble[0] ? 1 : 0)
        if matched == Self.postamble.count { (isInNote, matched) = (false, 0) }
    }
}
