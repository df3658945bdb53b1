import Canvas

/// Rows that have left the screen at its top, in a ring of cells: as many as fit lines and bytes, the oldest go first.
struct Scrollback: ~Copyable {
    struct Line {
        /// Counts up for ever; the place in the ring is what is left by its size.
        var start: Int
        var count: Int32
        var isWrapped: Bool
        var isCutShort: Bool
    }

    private let lineLimit: Int
    private let cellLimit: Int
    private var cells: UnsafeMutablePointer<Cell>
    private var capacity: Int
    private var lines: UnsafeMutablePointer<Line>
    /// How many lines have room; a power of two.
    private var room = 64
    /// Where the oldest line stands in `lines`, a ring.
    private var oldest = 0
    private var end = 0
    /// Rows that have been here and are gone; so rows keep their number while the oldest leave.
    private(set) var forgotten = 0
    private(set) var count = 0

    /// Both limits are powers of two, so that a place in the ring is found by a mask.
    init(lineLimit: Int = 8192, cellLimit: Int = 1 << 19) {
        precondition(lineLimit.nonzeroBitCount == 1 && cellLimit.nonzeroBitCount == 1)
        self.lineLimit = lineLimit
        self.cellLimit = cellLimit
        capacity = min(4096, cellLimit)
        cells = .allocate(capacity: capacity)
        cells.initialize(repeating: .blank, count: capacity)
        room = min(room, lineLimit)
        lines = .allocate(capacity: room)
    }

    deinit {
        cells.deallocate()
        lines.deallocate()
    }

    /// The n-th row, 0 the oldest.
    func line(_ index: Int) -> Line { lines[(oldest + index) & (room - 1)] }

    func cells(of line: Line) -> UnsafeBufferPointer<Cell> {
        UnsafeBufferPointer(start: cells + (line.start & (capacity - 1)), count: Int(line.count))
    }

    mutating func append(_ row: UnsafePointer<Cell>, _ state: CellGrid.RowState) {
        let length = min(Int(state.length), cellLimit / 2)
        let start = place(for: length)
        (cells + (start & (capacity - 1))).update(from: row, count: length)
        end = start + length
        if count == room { makeRoom() }
        (lines + ((oldest + count) & (room - 1))).initialize(
            to: Line(
                start: start, count: Int32(length), isWrapped: state.isWrapped, isCutShort: state.isCutShort))
        count += 1
    }

    /// Takes the newest row back.
    mutating func removeLast() {
        guard count > 0 else { return }
        count -= 1
        end = line(count).start
    }

    mutating func removeAll() {
        forgotten += count
        count = 0
    }

    /// Room for so many cells in one piece.
    @inline(__always)
    private mutating func place(for length: Int) -> Int {
        var start = start(for: length)
        while count > 0, start + length - line(0).start > capacity {
            if capacity < cellLimit {
                growCells()
                start = self.start(for: length)
            } else {
                dropOldest()
            }
        }
        while length > capacity { growCells() }
        return self.start(for: length)
    }

    private func start(for length: Int) -> Int {
        let rest = capacity - (end & (capacity - 1))
        return length > rest ? end + rest : end
    }

    private mutating func dropOldest() {
        oldest = (oldest + 1) & (room - 1)
        count -= 1
        forgotten += 1
    }

    /// Room for one more line: twice as much, or the oldest one's.
    private mutating func makeRoom() {
        guard room < lineLimit else { return dropOldest() }
        let fresh = UnsafeMutablePointer<Line>.allocate(capacity: room * 2)
        for index in 0..<count { (fresh + index).initialize(to: line(index)) }
        lines.deallocate()
        lines = fresh
        room *= 2
        oldest = 0
    }

    private mutating func growCells() {
        let fresh = UnsafeMutablePointer<Cell>.allocate(capacity: capacity * 2)
        fresh.initialize(repeating: .blank, count: capacity * 2)
        var place = 0
        for index in 0..<count {
            let slot = (oldest + index) & (room - 1)
            let source = cells(of: lines[slot])
            if let start = source.baseAddress { (fresh + place).update(from: start, count: source.count) }
            lines[slot].start = place
            place += source.count
        }
        cells.deallocate()
        cells = fresh
        capacity *= 2
        end = place
    }
}
