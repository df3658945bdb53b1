/// Which of the four character sets are ASCII and which the line drawing of DEC's terminals, and which is in use.
struct Charsets {
    private var isDrawing: [Bool] = [false, false, false, false]
    private var left = 0
    /// For one character only (SS2, SS3).
    private var single: Int?

    /// Whether characters are what they seem, which they mostly are.
    private(set) var isPlain = true

    /// ESC ( 0 and its likes: `slot` is 0…3, `final` names the set.
    mutating func designate(_ slot: Int, _ final: UInt8) {
        isDrawing[slot] = final == UInt8(ascii: "0")
        settle()
    }

    mutating func shift(to slot: Int) {
        left = slot
        settle()
    }

    mutating func shiftOnce(to slot: Int) {
        single = slot
        settle()
    }

    private mutating func settle() { isPlain = single == nil && !isDrawing[left] }

    mutating func form(of scalar: Unicode.Scalar) -> Unicode.Scalar {
        let slot = single ?? left
        if single != nil {
            single = nil
            settle()
        }
        guard isDrawing[slot], (0x5F...0x7E).contains(scalar.value) else { return scalar }
        return Self.drawing[Int(scalar.value) - 0x5F]
    }

    /// From "_" to "~". Source: DEC's special graphics set, as in xterm's charsets.
    private static let drawing = Array("\u{A0}◆▒␉␌␍␊°±␤␋┘┐┌└┼⎺⎻─⎼⎽├┤┴┬│≤≥π≠£·".unicodeScalars)
}
