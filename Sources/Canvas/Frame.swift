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

    public subscript(x: Int, y: Int) -> Cell { cells[y * size.width + x] }

    /// Lends one row for writing.
    @inline(__always)
    func withRow<R>(_ y: Int, _ body: (CellRow) -> R) -> R {
        precondition(y >= 0 && y < size.height)
        return cells.withUnsafeMutableBufferPointer { buffer in
            body(CellRow(buffer.baseAddress! + y * size.width, width: size.width))
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
