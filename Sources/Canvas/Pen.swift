/// Writes text into one row, with the rules of width, combination and replacement.
struct Pen {
    private let row: CellRow
    /// The region's left edge in the row; x counts from there and may start left of it.
    private let origin: Int
    private let start: Int
    private let end: Int
    private var x: Int
    /// Where the character is that a combining mark would join; nil before the first.
    private var last: Int?

    var used: Int { x - start }

    init(row: CellRow, origin: Int, start: Int, end: Int) {
        self.row = row
        self.origin = origin
        self.start = start
        self.end = end
        x = start
    }

    mutating func put(_ text: String, _ style: CellStyle) {
        var text = text
        // Most text is plain ASCII and takes this way, byte by byte.
        text.withUTF8 { bytes in
            for (index, byte) in bytes.enumerated() {
                guard byte >= 0x20, byte < 0x7F else {
                    return putScalars(String(decoding: bytes[index...], as: UTF8.self), style)
                }
                guard x < end else { return }
                placeNarrow(UInt32(byte), style)
            }
        }
    }

    private mutating func putScalars(_ text: String, _ style: CellStyle) {
        for scalar in text.unicodeScalars {
            switch scalar.screenForm {
            case .spacing(let width) where width == 1:
                guard x < end else { return }
                placeNarrow(scalar.value, style)
            case .spacing:
                guard x + 1 < end else { return }
                placeWide(scalar, style)
            case .replaced(let substitute):
                guard x < end else { return }
                placeNarrow(substitute.value, style.with(.dim))
            case .combining:
                if let last { row.update(last) { $0.combine(scalar) } }
            }
        }
    }

    @inline(__always)
    private mutating func placeNarrow(_ value: UInt32, _ style: CellStyle) {
        if x >= 0 {
            row.put(Cell(narrow: value, style: style), at: origin + x)
            last = origin + x
        }
        x += 1
    }

    /// A character that the left edge cuts in half is left out.
    private mutating func placeWide(_ scalar: Unicode.Scalar, _ style: CellStyle) {
        if x >= 0 {
            row.putWide(Cell(scalar, width: 2, style: style), at: origin + x)
            last = origin + x
        } else if x == -1 {
            row.put(Cell(" ", width: 1, style: style), at: origin)
            last = nil
        }
        x += 2
    }
}
