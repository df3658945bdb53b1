import Canvas

/// Erasing, inserting and deleting.
extension Screen {
    /// From the cursor on, up to it, or all; 3 is the scrollback.
    mutating func eraseDisplay(_ what: Int) {
        cursor.isAtEdge = false
        switch what {
        case 0:
            grid.clear(cursor.y, from: cursor.x, to: columns, with: erased)
            clearRows(cursor.y + 1..<rows)
        case 1:
            clearRows(0..<cursor.y)
            grid.clear(cursor.y, from: 0, to: cursor.x + 1, with: erased)
        case 2: clearRows(0..<rows)
        case 3: scrollback.removeAll()
        default: break
        }
    }

    private mutating func clearRows(_ range: Range<Int>) {
        for y in range { grid.clear(y, with: erased) }
    }

    mutating func eraseLine(_ what: Int) {
        cursor.isAtEdge = false
        switch what {
        case 0: grid.clear(cursor.y, from: cursor.x, to: columns, with: erased)
        case 1: grid.clear(cursor.y, from: 0, to: cursor.x + 1, with: erased)
        case 2: grid.clear(cursor.y, from: 0, to: columns, with: erased)
        default: break
        }
    }

    mutating func eraseCharacters(_ count: Int) {
        cursor.isAtEdge = false
        grid.clear(cursor.y, from: cursor.x, to: min(columns, cursor.x + count), with: erased)
    }

    mutating func insertCharacters(_ count: Int) {
        cursor.isAtEdge = false
        grid.insert(cursor.y, at: cursor.x, count, with: erased)
    }

    mutating func deleteCharacters(_ count: Int) {
        cursor.isAtEdge = false
        grid.remove(cursor.y, at: cursor.x, count, with: erased)
    }

    /// Lines are inserted and deleted only inside the region.
    mutating func insertLines(_ count: Int) {
        guard (top...bottom).contains(cursor.y) else { return }
        grid.scrollDown(cursor.y, bottom, count, with: erased)
        carriageReturn()
    }

    mutating func deleteLines(_ count: Int) {
        guard (top...bottom).contains(cursor.y) else { return }
        grid.scrollUp(cursor.y, bottom, count, with: erased)
        carriageReturn()
    }

    /// DECALN: a screen full of E, by which people once adjusted theirs.
    mutating func fillWithE() {
        (top, bottom) = (0, rows - 1)
        for y in 0..<rows {
            grid.clear(y, with: .blank)
            grid.row(y).update(repeating: Cell.blank.showing(0x45), count: columns)
            grid.touched(y, to: columns)
        }
        cursor = Cursor()
    }
}
