import Canvas

/// The cells of one screen, row by row. Scrolling moves the numbers of rows, never cells; a row knows how much of it was
/// used, so that clearing a short line is cheap.
struct CellGrid: ~Copyable {
    struct RowState {
        /// Cells from here on are blank and of the plain style.
        var length: Int32 = 0
        /// The line goes on in the next row because there was no room for more.
        var isWrapped = false
        /// The last column stayed free because a wide character did not fit there.
        var isCutShort = false
    }

    let columns: Int
    let rows: Int
    private let cells: UnsafeMutablePointer<Cell>
    private let states: UnsafeMutablePointer<RowState>
    /// Where each row of the screen lies; a ring that begins at `base`.
    private let order: UnsafeMutablePointer<Int>
    private var base = 0
    private let plain = Cell.blank

    init(columns: Int, rows: Int) {
        self.columns = columns
        self.rows = rows
        cells = .allocate(capacity: columns * rows)
        cells.initialize(repeating: .blank, count: columns * rows)
        states = .allocate(capacity: rows)
        states.initialize(repeating: RowState(), count: rows)
        order = .allocate(capacity: rows)
        for row in 0..<rows { order[row] = row }
    }

    deinit {
        cells.deallocate()
        states.deallocate()
        order.deallocate()
    }

    @inline(__always)
    private func slot(_ y: Int) -> Int {
        let slot = base + y
        return slot >= rows ? slot - rows : slot
    }

    @inline(__always)
    func row(_ y: Int) -> UnsafeMutablePointer<Cell> { cells + order[slot(y)] * columns }
    @inline(__always)
    func state(_ y: Int) -> UnsafeMutablePointer<RowState> { states + order[slot(y)] }

    /// The cells of a row that were used.
    func used(_ y: Int) -> UnsafeBufferPointer<Cell> {
        UnsafeBufferPointer(start: row(y), count: Int(state(y).pointee.length))
    }

    /// The last row with something on it; nil when all is blank.
    var lastUsed: Int? { (0..<rows).last { state($0).pointee.length > 0 } }

    @inline(__always)
    func touched(_ y: Int, to end: Int) {
        let state = state(y)
        if Int(state.pointee.length) < end { state.pointee.length = Int32(end) }
    }

    /// The program itself went on to the next line: this one ends here, whatever it was before.
    @inline(__always)
    func endLine(_ y: Int) {
        let state = state(y)
        (state.pointee.isWrapped, state.pointee.isCutShort) = (false, false)
    }

    /// Makes sure that no wide character reaches over the left edge of a place: half of one never stays alone.
    @inline(__always)
    func part(_ y: Int, at x: Int) {
        guard x > 0, x < columns else { return }
        let row = row(y)
        guard row[x].isRightHalf else { return }
        row[x - 1] = .blank(style: row[x - 1].style)
        row[x] = .blank(style: row[x].style)
    }

    /// Blanks from `start` up to `end`, in the style that the program erases with.
    func clear(_ y: Int, from start: Int, to end: Int, with blank: Cell) {
        guard start < end else { return }
        part(y, at: start)
        part(y, at: end)
        let row = row(y)
        let state = state(y)
        let length = Int(state.pointee.length)
        if blank == plain {
            let stop = min(end, length)
            if start < stop { (row + start).update(repeating: plain, count: stop - start) }
            if end >= length { state.pointee.length = Int32(min(start, length)) }
        } else {
            (row + start).update(repeating: blank, count: end - start)
            touched(y, to: end)
        }
        if end == columns { (state.pointee.isWrapped, state.pointee.isCutShort) = (false, false) }
    }

    func clear(_ y: Int, with blank: Cell) {
        clear(y)
        if blank != plain { clear(y, from: 0, to: columns, with: blank) }
    }

    @inline(__always)
    private func clear(_ y: Int) {
        let state = state(y)
        let row = row(y)
        for x in 0..<Int(state.pointee.length) { row[x] = plain }
        state.pointee = RowState()
    }

    /// Moves what stands from x on to the right; what leaves the edge is gone.
    func insert(_ y: Int, at x: Int, _ count: Int, with blank: Cell) {
        part(y, at: x)
        let count = min(count, columns - x)
        let row = row(y)
        part(y, at: columns - count)
        if x + count < columns {
            (row + x + count).update(from: row + x, count: columns - x - count)
        }
        (row + x).update(repeating: blank, count: count)
        let state = state(y)
        let length = Int(state.pointee.length)
        state.pointee.length = Int32(length > x || blank != plain ? min(columns, max(length, x) + count) : length)
    }

    /// Moves what stands right of the taken cells to the left.
    func remove(_ y: Int, at x: Int, _ count: Int, with blank: Cell) {
        let count = min(count, columns - x)
        part(y, at: x)
        part(y, at: x + count)
        let row = row(y)
        (row + x).update(from: row + x + count, count: columns - x - count)
        (row + columns - count).update(repeating: blank, count: count)
        let state = state(y)
        if blank == plain {
            let length = Int(state.pointee.length)
            if length > x { state.pointee.length = Int32(max(x, length - count)) }
        } else {
            state.pointee.length = Int32(columns)
        }
        (state.pointee.isWrapped, state.pointee.isCutShort) = (false, false)
    }

    /// The top row of the part becomes its bottom one, blank.
    mutating func scrollUp(_ top: Int, _ bottom: Int, with blank: Cell) {
        scrollUp(top, bottom)
        if blank != plain { clear(bottom, with: blank) }
    }

    /// As above, blank in the plain style: what nearly every line feed comes to.
    @inline(__always)
    mutating func scrollUp(_ top: Int, _ bottom: Int) {
        if top == 0, bottom == rows - 1 {
            base = base + 1 == rows ? 0 : base + 1
        } else {
            let moved = order[slot(top)]
            for y in top..<bottom { order[slot(y)] = order[slot(y + 1)] }
            order[slot(bottom)] = moved
        }
        clear(bottom)
    }

    /// So many times; more than the part has rows clear it.
    mutating func scrollUp(_ top: Int, _ bottom: Int, _ count: Int, with blank: Cell) {
        if count > bottom - top { return clearAll(top, bottom, with: blank) }
        for _ in 0..<count { scrollUp(top, bottom, with: blank) }
    }

    mutating func scrollDown(_ top: Int, _ bottom: Int, _ count: Int, with blank: Cell) {
        if count > bottom - top { return clearAll(top, bottom, with: blank) }
        for _ in 0..<count { scrollDown(top, bottom, with: blank) }
    }

    private func clearAll(_ top: Int, _ bottom: Int, with blank: Cell) {
        for y in top...bottom { clear(y, with: blank) }
    }

    mutating func scrollDown(_ top: Int, _ bottom: Int, with blank: Cell) {
        if top == 0, bottom == rows - 1 {
            base = base == 0 ? rows - 1 : base - 1
        } else {
            let moved = order[slot(bottom)]
            for y in stride(from: bottom, to: top, by: -1) { order[slot(y)] = order[slot(y - 1)] }
            order[slot(top)] = moved
        }
        clear(top, with: blank)
    }
}
