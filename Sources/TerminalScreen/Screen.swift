import Canvas

/// A terminal's screen without the terminal: cursor, cells, modes. The parser says what the program asks for; nothing here
/// reads bytes of control sequences, and nothing but Canvas makes cells.
struct Screen: ~Copyable {
    struct Cursor {
        var x = 0
        var y = 0
        /// The last column was written: the next character begins a new line.
        var isAtEdge = false
    }
    /// What ESC 7 keeps and ESC 8 brings back.
    struct Saved {
        var cursor = Cursor()
        var brush = Brush()
        var charsets = Charsets()
        var isOriginMode = false
    }

    var grid: CellGrid
    /// The main screen's cells while the alternate one is shown, else the other way round.
    var hidden: CellGrid
    var scrollback = Scrollback()
    var cursor = Cursor()
    /// Of the main screen and of the alternate one.
    var saved = [Saved(), Saved()]
    var charsets = Charsets()
    var brush = Brush() {
        didSet {
            template = .blank(style: brush.style)
            erased = brush.erased
            erasesPlainly = brush.background == .standard
        }
    }
    /// A cell in the brush's style, of which others are copied.
    private(set) var template = Cell.blank
    /// What erased places show.
    private(set) var erased = Cell.blank
    private(set) var erasesPlainly = true

    var top = 0
    var bottom: Int
    var modes = ScreenModes()
    var isOriginMode = false
    var wraps = true
    var inserts = false
    var showsCursor = true
    var isReversed = false
    var tabs: [Bool]
    /// What REP repeats; nil after anything but a character.
    var last: Unicode.Scalar?
    /// What the program is owed. Bounded: a stream of questions must not become a stream of answers without end.
    var answers: [UInt8] = []

    static let sizes = 1...1000

    init(columns: Int, rows: Int) {
        let columns = min(max(columns, Self.sizes.lowerBound), Self.sizes.upperBound)
        let rows = min(max(rows, Self.sizes.lowerBound), Self.sizes.upperBound)
        grid = CellGrid(columns: columns, rows: rows)
        hidden = CellGrid(columns: columns, rows: rows)
        bottom = rows - 1
        tabs = Self.usualTabs(columns)
    }

    @inline(__always) var columns: Int { grid.columns }
    @inline(__always) var rows: Int { grid.rows }
    var current: Int { modes.isAlternate ? 1 : 0 }

    static func usualTabs(_ columns: Int) -> [Bool] { (0..<columns).map { $0 % 8 == 0 && $0 > 0 } }

    /// Everything as at the start, but the scrollback and the size (ESC c).
    mutating func reset() {
        if modes.isAlternate { swap(&grid, &hidden) }
        softReset()
        cursor = Cursor()
        modes = ScreenModes()
        for y in 0..<rows {
            grid.clear(y, with: .blank)
            hidden.clear(y, with: .blank)
        }
        saved = [Saved(), Saved()]
        tabs = Self.usualTabs(columns)
        isReversed = false
    }

    /// What could leave a shell unusable goes back to what it was; the picture stays (CSI ! p).
    mutating func softReset() {
        (top, bottom) = (0, rows - 1)
        (isOriginMode, wraps, inserts, showsCursor) = (false, true, false, true)
        (modes.applicationCursor, modes.applicationKeypad, modes.newLine) = (false, false, false)
        brush = Brush()
        charsets = Charsets()
        saved[current] = Saved()
        last = nil
    }

    mutating func saveCursor() {
        saved[current] = Saved(cursor: cursor, brush: brush, charsets: charsets, isOriginMode: isOriginMode)
    }

    mutating func restoreCursor() {
        let former = saved[current]
        cursor = former.cursor
        cursor.x = min(cursor.x, columns - 1)
        cursor.y = min(cursor.y, rows - 1)
        (brush, charsets, isOriginMode) = (former.brush, former.charsets, former.isOriginMode)
    }

    mutating func answer(_ text: String) {
        guard answers.count < 4096 else { return }
        answers += text.utf8
    }
}
