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
    private var lines: [Line] = []
    /// Where the oldest line stands in `lines`, which is a ring once it is full.
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
    }

    deinit { cells.deallocate() }

    /// The n-th row, 0 the oldest.
    func line(_ index: Int) -> Line { lines[(oldest + index) & (lines.count - 1)] }

    func cells(of line: Line) -> UnsafeBufferPointer<Cell> {
        UnsafeBufferPointer(start: cells + (line.start & (capacity - 1)), count: Int(line.count))
    }

    mutating func append(_ row: UnsafePointer<Cell>, _ state: CellGrid.RowState) {
        let length = min(Int(state.length), cellLimit / 2)
        let start = place(for: length)
        (cells + (start & (capacity - 1))).update(from: row, count: length)
        end = start + length
        if count == lines.count { growLines() }
        if count == lineLimit { dropOldest() }
        lines[(oldest + count) & (lines.count - 1)] = Line(
            start: start, count: Int32(length), isWrapped: state.isWrapped, isCutShort: state.isCutShort)
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
        oldest = (oldest + 1) & (lines.count - 1)
        count -= 1
        forgotten += 1
    }

    private mutating func growLines() {
        guard lines.count < lineLimit else { return }
        let former = (0..<count).map { line($0) }
        let blank = Line(start: 0, count: 0, isWrapped: false, isCutShort: false)
        lines = former + Array(repeating: blank, count: max(64, former.count * 2) - former.count)
        oldest = 0
    }

    private mutating func growCells() {
        let fresh = UnsafeMutablePointer<Cell>.allocate(capacity: capacity * 2)
        fresh.initialize(repeating: .blank, count: capacity * 2)
        var place = 0
        for index in 0..<count {
            let slot = (oldest + index) & (lines.count - 1)
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
