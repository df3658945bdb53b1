import Canvas
import TerminalScreen

/// The rows that a screen shows after some output, without the blank ones at its end.
func drawn(_ output: String, columns: Int = 10, rows: Int = 4) -> [String] {
    screen(output, columns: columns, rows: rows).text.trimmed
}

/// A screen after some output.
func screen(_ output: String, columns: Int = 10, rows: Int = 4) -> ScreenBuffer {
    let screen = ScreenBuffer(columns: columns, rows: rows)
    _ = screen.write(Array(output.utf8))
    return screen
}

extension ScreenBuffer {
    /// Writes text and returns the answers as text.
    func say(_ text: String) -> String { String(decoding: write(Array(text.utf8)), as: UTF8.self) }

    /// All rows that are kept, the scrollback first.
    var everything: [String] { text(of: rows).trimmed }

    /// A cell of the picture, as drawn.
    func cell(_ x: Int, _ y: Int) -> Cell {
        let frame = Frame(size)
        picture(rows: size.height).draw(into: frame.region)
        return frame[x, y]
    }
}

extension [String] {
    var trimmed: [String] {
        var rows = self
        while rows.last?.isEmpty == true { rows.removeLast() }
        return rows
    }
}
