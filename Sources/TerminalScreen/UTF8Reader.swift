/// Puts characters together from bytes that may come in any pieces; each beginning that comes to nothing is one U+FFFD, as
/// Unicode recommends.
struct UTF8Reader {
    private var missing = 0
    private var value: UInt32 = 0
    /// What the next byte may be: shorter spellings, surrogates and what is beyond Unicode are seen at the second byte.
    private var allowed: ClosedRange<UInt8> = 0x80...0xBF

    var isInside: Bool { missing > 0 }

    @inline(__always)
    mutating func take(_ byte: UInt8, _ emit: (Unicode.Scalar) -> Void) {
        if missing > 0 {
            if allowed.contains(byte) { return go(on: byte, emit) }
            end(emit)
        }
        begin(byte, emit)
    }

    /// What was begun comes to nothing.
    @inline(__always)
    mutating func end(_ emit: (Unicode.Scalar) -> Void) {
        guard missing > 0 else { return }
        missing = 0
        emit("\u{FFFD}")
    }

    @inline(__always)
    private mutating func go(on byte: UInt8, _ emit: (Unicode.Scalar) -> Void) {
        value = value << 6 | UInt32(byte & 0x3F)
        missing -= 1
        allowed = 0x80...0xBF
        if missing == 0 { emit(Unicode.Scalar(value) ?? "\u{FFFD}") }
    }

    private mutating func begin(_ byte: UInt8, _ emit: (Unicode.Scalar) -> Void) {
        switch byte {
        case 0x00...0x7F: emit(Unicode.Scalar(byte))
        case 0xC2...0xDF: start(byte & 0x1F, 1, 0x80...0xBF)
        case 0xE0: start(0, 2, 0xA0...0xBF)
        case 0xED: start(0x0D, 2, 0x80...0x9F)
        case 0xE1...0xEF: start(byte & 0x0F, 2, 0x80...0xBF)
        case 0xF0: start(0, 3, 0x90...0xBF)
        case 0xF1...0xF3: start(byte & 0x07, 3, 0x80...0xBF)
        case 0xF4: start(4, 3, 0x80...0x8F)
        default: emit("\u{FFFD}")
        }
    }

    private mutating func start(_ bits: UInt8, _ count: Int, _ next: ClosedRange<UInt8>) {
        value = UInt32(bits)
        missing = count
        allowed = next
    }
}
