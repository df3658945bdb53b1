/// One screen as an array of cells. Panes draw on it through regions; a terminal shows it; a test reads it.
///
/// Belongs to the main thread; a new frame is blank.
public final class Frame {
    public private(set) var size: Size
    public private(set) var cells: [Cell]
    /// Where the terminal's cursor is to be, nil when hidden.
    public var cursor: Point?

    public init(_ size: Size) {
        self.size = size
        cells = Array(repeating: .blank, count: size.width * size.height)
    }

    public var region: Region {
        Region(frame: self, rect: Rect(x: 0, y: 0, width: size.width, height: size.height))
    }

    public func row(_ y: Int) -> ArraySlice<Cell> { cells[(y * size.width)..<((y + 1) * size.width)] }

    public subscript(x: Int, y: Int) -> Cell {
        get { cells[y * size.width + x] }
        set {
            // Half of a wide character never stays alone.
            let index = y * size.width + x
            let old = cells[index]
            if old.isRightHalf, x > 0, !newValue.isRightHalf, cells[index - 1].width == 2 {
                cells[index - 1] = Cell(Unicode.Scalar(32), width: 1, style: cells[index - 1].style)
            }
            if old.width == 2, newValue.width != 2, x + 1 < size.width, cells[index + 1].isRightHalf {
                cells[index + 1] = Cell(Unicode.Scalar(32), width: 1, style: cells[index + 1].style)
            }
            cells[index] = newValue
        }
    }

    /// Back to blank, perhaps at another size, keeping the memory.
    public func clear(_ size: Size) {
        self.size = size
        cursor = nil
        cells.removeAll(keepingCapacity: true)
        cells.append(contentsOf: repeatElement(.blank, count: size.width * size.height))
    }

    /// The rows as text, trailing blanks removed: what a person would copy.
    public var textRows: [String] {
        (0..<size.height).map { y in
            var text = row(y).map(\.text).joined()
            while text.hasSuffix(" ") { text.removeLast() }
            return text
        }
    }
}
