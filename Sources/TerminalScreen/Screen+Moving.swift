import Canvas

/// The cursor, lines and scrolling.
extension Screen {
    /// Down one line, scrolling at the bottom of the region.
    @inline(__always)
    mutating func lineFeed() {
        if cursor.y == bottom {
            scrollUp()
        } else if cursor.y < rows - 1 {
            cursor.y += 1
        }
    }

    mutating func reverseLineFeed() {
        cursor.isAtEdge = false
        if cursor.y == top {
            grid.scrollDown(top, bottom, with: erased)
        } else if cursor.y > 0 {
            cursor.y -= 1
        }
    }

    @inline(__always)
    private mutating func scrollUp() {
        if top == 0, !modes.isAlternate { scrollback.append(grid.row(0), grid.state(0).pointee) }
        if erasesPlainly { grid.scrollUp(top, bottom) } else { grid.scrollUp(top, bottom, with: erased) }
    }

    mutating func scrollUp(_ count: Int) {
        guard top == 0, !modes.isAlternate else { return grid.scrollUp(top, bottom, count, with: erased) }
        for _ in 0..<min(count, bottom - top + 1) { scrollUp() }
    }

    mutating func scrollDown(_ count: Int) {
        grid.scrollDown(top, bottom, count, with: erased)
    }

    @inline(__always)
    mutating func carriageReturn() {
        cursor.x = 0
        cursor.isAtEdge = false
    }

    mutating func backspace() {
        cursor.isAtEdge = false
        if cursor.x > 0 { cursor.x -= 1 }
    }

    mutating func tab(_ count: Int = 1) {
        for _ in 0..<min(count, columns) {
            guard let next = tabs[(cursor.x + 1)...].firstIndex(of: true) else {
                cursor.x = columns - 1
                return
            }
            cursor.x = next
        }
    }

    mutating func backTab(_ count: Int) {
        cursor.isAtEdge = false
        for _ in 0..<min(count, columns) { cursor.x = tabs[..<cursor.x].lastIndex(of: true) ?? 0 }
    }

    /// Up and down stop at the region's edge when they begin inside it, else at the screen's.
    mutating func up(_ count: Int) {
        let limit = cursor.y >= top ? top : 0
        cursor.y = max(limit, cursor.y - count)
        cursor.isAtEdge = false
    }

    mutating func down(_ count: Int) {
        let limit = cursor.y <= bottom ? bottom : rows - 1
        cursor.y = min(limit, cursor.y + count)
        cursor.isAtEdge = false
    }

    mutating func right(_ count: Int) { column(cursor.x + count) }
    mutating func left(_ count: Int) { column(cursor.x - count) }

    mutating func column(_ x: Int) {
        cursor.x = min(max(0, x), columns - 1)
        cursor.isAtEdge = false
    }

    /// A row as the program counts them: from the region's top in origin mode.
    mutating func line(_ y: Int) {
        cursor.y = isOriginMode ? min(top + max(0, y), bottom) : min(max(0, y), rows - 1)
        cursor.isAtEdge = false
    }

    mutating func place(x: Int, y: Int) {
        line(y)
        column(x)
    }

    /// Rows as the program counts them, from 1; 0 for the last.
    mutating func setRegion(_ first: Int, _ last: Int) {
        let newTop = max(1, first) - 1
        let newBottom = (last == 0 ? rows : min(last, rows)) - 1
        guard newTop < newBottom else { return }
        (top, bottom) = (newTop, newBottom)
        place(x: 0, y: 0)
    }
}
