import CNcurses
import Canvas
import Glibc

/// Bringing a frame to the screen.
extension NcursesTerminal {
    /// Only runs of cells that differ from the frame before reach ncurses, which then finds the shortest way to write them.
    public func present(_ frame: Frame) {
        guard isEntered else { return }
        let isNew = shown.isEmpty || shownSize != frame.size
        let rows = min(frame.size.height, size.height)
        for y in 0..<rows { presentRow(y, of: frame, isNew: isNew) }
        shown = frame.cells
        shownSize = frame.size
        place(frame.cursor)
        wnoutrefresh(mw_stdscr())
        doupdate()
    }

    private func presentRow(_ y: Int, of frame: Frame, isNew: Bool) {
        let start = y * frame.size.width
        let width = min(frame.size.width, size.width)
        frame.cells.withUnsafeBufferPointer { cells in
            guard !isNew else { return put(cells, start, 0, width, y) }
            shown.withUnsafeBufferPointer { former in
                var x = 0
                while x < width {
                    guard cells[start + x] != former[start + x] else {
                        x += 1
                        continue
                    }
                    var end = x + 1
                    while end < width, cells[start + end] != former[start + end] { end += 1 }
                    // Both halves of a wide character go together.
                    if cells[start + x].isRightHalf, x > 0 { x -= 1 }
                    while end < width, cells[start + end].isRightHalf { end += 1 }
                    put(cells, start, x, end, y)
                    x = end
                }
            }
        }
    }

    private func put(_ cells: UnsafeBufferPointer<Cell>, _ start: Int, _ from: Int, _ to: Int, _ y: Int) {
        run.removeAll(keepingCapacity: true)
        var look = from > 0 ? styles.look(of: cells[start + from - 1].style) : nil
        for x in from..<to where !cells[start + x].isRightHalf {
            let cell = cells[start + x]
            let own = styles.look(of: cell.style)
            // The text colour of a blank cannot be seen: its neighbour's saves a change of colour on the way.
            if cell.isBlank, own.isBlankIndifferent {
                let near =
                    look ?? Self.nextText(cells, start + x + 1, start + to).map { styles.look(of: $0.style) } ?? own
                look = near.agreesOnBlank(with: own) ? near : own
            } else {
                look = own
            }
            append(cell, look ?? own)
        }
        mvwadd_wchnstr(mw_stdscr(), Int32(y), Int32(from), run, Int32(run.count))
    }

    private static func nextText(_ cells: UnsafeBufferPointer<Cell>, _ from: Int, _ to: Int) -> Cell? {
        var x = from
        while x < to, cells[x].isBlank { x += 1 }
        return x < to ? cells[x] : nil
    }

    private func append(_ cell: Cell, _ look: StyleTable.Look) {
        var shape = cchar_t()
        if let letter = cell.ascii {
            _ = mw_set_ascii(&shape, letter, look.attributes, look.pair)
            run.append(shape)
            return
        }
        for form in forms(of: cell) {
            var text = form
            text.withUnsafeMutableBufferPointer { buffer in
                _ = mw_setcchar(&shape, buffer.baseAddress, look.attributes, look.pair)
            }
            run.append(shape)
        }
    }

    /// What stands for a cell, as zero-terminated texts of one screen cell each: itself, unless the C library (by which
    /// ncurses counts columns) has another idea of its width, or the terminal shows ASCII only.
    private func forms(of cell: Cell) -> [[wchar_t]] {
        let scalars = Array(cell.text.unicodeScalars)
        guard let base = scalars.first else { return [] }
        guard isUnicode else {
            return Array(repeating: [wchar_t(ASCIIForm.of(base).value), 0], count: Int(cell.width))
        }
        guard mw_wcwidth(base.value) == Int32(cell.width) else {
            return [[0xFFFD, 0]] + Array(repeating: [0x20, 0], count: Int(cell.width) - 1)
        }
        let marks = scalars.dropFirst().filter { mw_wcwidth($0.value) == 0 }
        return [[wchar_t(base.value)] + marks.map { wchar_t($0.value) } + [0]]
    }

    private func place(_ cursor: Point?) {
        guard let cursor, cursor.x < size.width, cursor.y < size.height else {
            curs_set(0)
            leaveok(mw_stdscr(), true)  // it stays wherever the last change was, which saves bringing it back
            return
        }
        curs_set(1)
        leaveok(mw_stdscr(), false)
        wmove(mw_stdscr(), Int32(cursor.y), Int32(cursor.x))
    }
}
