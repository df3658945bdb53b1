import Canvas

/// Another size: lines that were wrapped are wrapped anew, and what no longer fits goes to the scrollback.
extension Screen {
    mutating func resize(columns: Int, rows: Int) {
        let columns = min(max(columns, Self.sizes.lowerBound), Self.sizes.upperBound)
        let rows = min(max(rows, Self.sizes.lowerBound), Self.sizes.upperBound)
        guard columns != self.columns || rows != self.rows else { return }
        if modes.isAlternate {
            let reflow = Reflow(hidden, scrollback, saved[0].cursor, columns, rows)
            saved[0].cursor = reflow.cursor
            hidden = reflow.grid
            scrollback = reflow.scrollback
            grid = Self.cut(grid, columns, rows)
            cursor = Cursor(x: min(cursor.x, columns - 1), y: min(cursor.y, rows - 1))
        } else {
            let reflow = Reflow(grid, scrollback, cursor, columns, rows)
            cursor = reflow.cursor
            grid = reflow.grid
            scrollback = reflow.scrollback
            hidden = CellGrid(columns: columns, rows: rows)
        }
        (top, bottom) = (0, rows - 1)
        tabs = Array(tabs.prefix(columns)) + Self.usualTabs(columns).dropFirst(tabs.count)
    }

    /// The alternate screen is not wrapped anew: its program draws all of it once it knows the size.
    private static func cut(_ grid: borrowing CellGrid, _ columns: Int, _ rows: Int) -> CellGrid {
        let fresh = CellGrid(columns: columns, rows: rows)
        for y in 0..<min(rows, grid.rows) {
            grid.part(y, at: columns)
            let used = grid.used(y)
            let count = min(columns, used.count)
            if let start = used.baseAddress, count > 0 { fresh.row(y).update(from: start, count: count) }
            fresh.touched(y, to: count)
        }
        return fresh
    }
}

/// A main screen and its scrollback at another width and height, with the cursor on the character it was on.
private struct Reflow: ~Copyable {
    private(set) var grid: CellGrid
    private(set) var scrollback = Scrollback()
    private(set) var cursor = Screen.Cursor()
    private let columns: Int
    private var line: [Cell] = []
    /// The row in the new scrollback, counted with those it has forgotten, and the column.
    private var place: (row: Int, x: Int)?
    private var mark: Int?

    init(
        _ old: borrowing CellGrid, _ history: borrowing Scrollback, _ cursor: Screen.Cursor, _ columns: Int, _ rows: Int
    ) {
        self.columns = columns
        grid = CellGrid(columns: columns, rows: rows)
        for index in 0..<history.count {
            let row = history.line(index)
            let state = CellGrid.RowState(length: row.count, isWrapped: row.isWrapped, isCutShort: row.isCutShort)
            take(history.cells(of: row), state, old.columns)
        }
        for y in 0...max(cursor.y, old.lastUsed ?? 0) {
            if y == cursor.y { mark = line.count + cursor.x + (cursor.isAtEdge ? 1 : 0) }
            take(old.used(y), old.state(y).pointee, old.columns)
        }
        if !line.isEmpty { breakLine() }
        settle(rows)
    }

    /// Adds a row to the line; at the line's end the line is broken anew.
    private mutating func take(_ cells: UnsafeBufferPointer<Cell>, _ state: CellGrid.RowState, _ width: Int) {
        line += cells
        guard state.isWrapped else { return breakLine() }
        let full = state.isCutShort ? width - 1 : width
        if cells.count > full { line.removeLast(cells.count - full) }
        if cells.count < full { line += repeatElement(.blank, count: full - cells.count) }
    }

    private mutating func breakLine() {
        var start = 0
        repeat {
            var end = min(start + columns, line.count)
            var state = CellGrid.RowState()
            if end < line.count, line[end].isRightHalf {
                if end - 1 > start {
                    end -= 1
                    state.isCutShort = true
                } else {
                    // One column has no room for a wide character at all.
                    line[start] = .blank(style: line[start].style)
                    line[end] = line[start]
                }
            }
            if let mark, mark >= start, mark < end || end == line.count { note(mark - start) }
            state.isWrapped = end < line.count
            state.length = Int32(end - start)
            line.withUnsafeBufferPointer { cells in
                if let base = cells.baseAddress { scrollback.append(base + start, state) }
            }
            if line.isEmpty { scrollback.append(grid.row(0), state) }
            start = end
        } while start < line.count
        line.removeAll(keepingCapacity: true)
    }

    private mutating func note(_ offset: Int) {
        place = (scrollback.forgotten + scrollback.count, offset)
        mark = nil
    }

    /// The last rows become the screen, as many as fit with the cursor among them.
    private mutating func settle(_ rows: Int) {
        let total = scrollback.count
        let row = (place?.row ?? 0) - scrollback.forgotten
        let first = max(0, min(total - rows, row))
        let kept = min(rows, total - first)
        for y in 0..<kept {
            let source = scrollback.line(first + y)
            let cells = scrollback.cells(of: source)
            if let start = cells.baseAddress { grid.row(y).update(from: start, count: cells.count) }
            grid.state(y).pointee = CellGrid.RowState(
                length: source.count, isWrapped: source.isWrapped, isCutShort: source.isCutShort)
        }
        for _ in first..<total { scrollback.removeLast() }
        let x = place?.x ?? 0
        cursor = Screen.Cursor(x: min(x, columns - 1), y: max(0, row - first), isAtEdge: x == columns)
    }
}
