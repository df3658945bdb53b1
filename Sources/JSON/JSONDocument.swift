import CSimdJSON

/// The tape and string bytes of one parsed document; values keep it alive.
// Unchecked: the memory is written once, by the parser, before this object exists.
final class JSONDocument: @unchecked Sendable {
    let words: UnsafeMutablePointer<UInt64>
    let strings: UnsafeMutablePointer<UInt8>
    /// How many words the tape has, the two root words included.
    let wordCount: Int

    init(adopting tape: midwatch_json_tape) {
        words = tape.words
        strings = tape.strings
        wordCount = tape.word_count
    }

    deinit { midwatch_json_free(words) }

    @inline(__always)
    func tag(at index: Int) -> UInt8 { UInt8(truncatingIfNeeded: words[index] >> 56) }

    /// The low 56 bits: an offset into `strings` for a string.
    @inline(__always)
    func payload(at index: Int) -> Int { Int(words[index] & 0x00FF_FFFF_FFFF_FFFF) }

    /// Where the value after the one at `index` starts.
    @inline(__always)
    func end(of index: Int) -> Int {
        switch tag(at: index) {
        case Tape.array, Tape.object: Int(words[index] & 0xFFFF_FFFF)
        case Tape.int, Tape.unsigned, Tape.double: index + 2
        default: index + 1
        }
    }

    /// The bytes of the string at `index`, without the quotes, escapes resolved.
    @inline(__always)
    func string(at index: Int) -> UnsafeBufferPointer<UInt8> {
        let start = strings + payload(at: index)
        let length = UnsafeRawPointer(start).loadUnaligned(as: UInt32.self)
        return UnsafeBufferPointer(start: start + 4, count: Int(length))
    }
}

/// The first byte of a tape word, as simdjson's doc/tape.md names them.
enum Tape {
    static let root = UInt8(ascii: "r")
    static let array = UInt8(ascii: "[")
    static let arrayEnd = UInt8(ascii: "]")
    static let object = UInt8(ascii: "{")
    static let objectEnd = UInt8(ascii: "}")
    static let string = UInt8(ascii: "\"")
    static let int = UInt8(ascii: "l")
    static let unsigned = UInt8(ascii: "u")
    static let double = UInt8(ascii: "d")
    static let yes = UInt8(ascii: "t")
    static let no = UInt8(ascii: "f")
    static let null = UInt8(ascii: "n")
}
