import Canvas
import LogBuffer
import Model
import PaneKit

/// A log as a person reads it: follows, pauses, scrolls, filters, searches; used by every pane that shows lines.
///
/// The cursor holds on to a line by its identity and to its row of the screen, so lines that come above or below move
/// nothing under the eyes.
struct LogReader: Sendable {
    private(set) var filtered = FilteredLog(LogFilter())
    private(set) var filterText = ""
    private(set) var searchText = ""
    private(set) var search: LogFilter?
    /// What is wrong with the filter or the search.
    private(set) var problem: String?
    var follows = true
    var wraps = true
    var showsTime = true
    var minimumLevel = LogLevel.unknown
    /// Columns scrolled to the right, when lines are not wrapped.
    var offset = 0
    /// The number of the cursor's row among the filtered, and the row of the screen it stands on.
    private(set) var row = 0
    private(set) var line = 0
    private var cursor: LogLineID?
    private var source: LogBuffer?
    var size = Size(width: 80, height: 20)

    var count: Int { filtered.count }
    var total: Int { filtered.snapshot.count }
    var counters: LogCounters { filtered.snapshot.counters }

    /// Takes in what the log holds now; cheap when nothing is new.
    mutating func update(_ log: LogBuffer?) {
        guard let log, source !== log || log.revision != filtered.snapshot.revision else { return }
        // A feed that was started over has another buffer, whose revisions begin anew.
        if source !== log { filtered = FilteredLog(filtered.filter) }
        source = log
        filtered.update(to: log.snapshot())
        settle()
    }

    /// Back to where the cursor's line is, or to the end when following.
    private mutating func settle() {
        if follows {
            row = max(0, count - 1)
            line = size.height - 1
        } else if let cursor {
            row = min(filtered.row(nearest: cursor), max(0, count - 1))
        }
        remember()
    }

    private mutating func remember() {
        row = min(max(0, row), max(0, count - 1))
        line = min(max(0, line), max(0, size.height - 1))
        cursor = count > 0 ? filtered.line(at: row).id : nil
    }

    mutating func resize(_ size: Size) {
        guard size != self.size else { return }
        self.size = size
        if follows { line = size.height - 1 }
        line = min(line, max(0, size.height - 1))
    }

    mutating func clear() {
        let keep = (wraps, showsTime, size)
        self = LogReader()
        (wraps, showsTime, size) = keep
    }

    // Moving. Going up ends following; the end starts it again.

    /// False when the cursor could not move: at the first line, where older ones may be asked for, or at the last.
    mutating func move(_ move: TableView.Move) -> Bool {
        let before = row
        switch move {
        case .up: step(-1)
        case .down: step(1)
        case .pageUp: row -= size.height - 1
        case .pageDown: row += size.height - 1
        case .halfUp: row -= size.height / 2
        case .halfDown: row += size.height / 2
        case .first: (row, line) = (0, 0)
        case .last: (row, line) = (count - 1, size.height - 1)
        }
        remember()
        follows = row >= count - 1 && (move == .last || move == .down || move == .pageDown)
        if follows { line = size.height - 1 }
        return row != before
    }

    private mutating func step(_ by: Int) {
        row += by
        line += by
    }

    /// Turns the wheel; true when it is at the first line, where older ones may be asked for.
    mutating func scroll(_ by: Int) -> Bool {
        row += by
        remember()
        follows = by > 0 && row >= count - 1
        return by < 0 && row == 0
    }

    /// Puts the cursor on the first line at or behind a moment, in the upper third.
    mutating func go(to time: Timestamp) {
        follows = false
        row = filtered.row(atOrBehind: filtered.snapshot.firstPosition(at: time))
        line = size.height / 3
        remember()
    }

    // Filter and search.

    mutating func setFilter(_ words: String) {
        filterText = words
        refilter()
    }

    mutating func setLevel(_ level: LogLevel) {
        minimumLevel = level
        refilter()
    }

    private mutating func refilter() {
        do {
            var filter = try LogFilter(words: filterText)
            filter.minimumLevel = max(filter.minimumLevel, minimumLevel)
            problem = nil
            let snapshot = filtered.snapshot
            filtered = FilteredLog(filter, of: snapshot)
            settle()
        } catch {
            problem = error.message
        }
    }

    /// Searches from the cursor towards older lines first; false when nothing matches.
    mutating func setSearch(_ words: String) -> Bool {
        searchText = words
        search = nil
        problem = nil
        guard !words.isEmpty else { return true }
        do {
            search = try LogFilter(search: words)
        } catch {
            problem = error.message
            return true
        }
        return find(search, .older, skipping: false) || find(search, .newer, skipping: true)
    }

    mutating func searchOn(_ direction: LogDirection) -> Bool { find(search, direction, skipping: true) }

    /// Goes to the next line of at least this level.
    mutating func find(level: LogLevel, _ direction: LogDirection) -> Bool {
        find(LogFilter(minimumLevel: level), direction, skipping: true)
    }

    private mutating func find(_ wanted: LogFilter?, _ direction: LogDirection, skipping: Bool) -> Bool {
        guard let wanted, count > 0 else { return false }
        var from = filtered.position(ofRow: row) + (skipping ? (direction == .older ? -1 : 1) : 0)
        while true {
            guard case .found(let position) = filtered.snapshot.search(wanted, from: from, direction) else {
                return false
            }
            let candidate = filtered.row(atOrBehind: position)
            if candidate < count, filtered.position(ofRow: candidate) == position {
                show(candidate)
                return true
            }
            from = position + (direction == .older ? -1 : 1)
        }
    }

    private mutating func show(_ found: Int) {
        follows = false
        let moved = line + found - row
        row = found
        if !(0..<size.height).contains(moved) { line = size.height / 3 } else { line = moved }
        remember()
    }

    /// The text under the cursor, made safe, for the clipboard.
    var currentText: String? {
        count > 0 ? DisplayText.safe(String(decoding: filtered.line(at: row).text, as: UTF8.self)) : nil
    }

    /// Where the line under the cursor comes from.
    var currentSource: LogSource? { count > 0 ? filtered.line(at: row).source : nil }

    /// Every line shown with its time and source, made safe, for a file; escape sequences are visible in it, not alive.
    var shownText: String {
        (0..<count).map { row in
            let line = filtered.line(at: row)
            let source = [line.source.pod, line.source.container].filter { !$0.isEmpty }.joined(separator: "/")
            let words = [line.time?.rfc3339 ?? "", source, String(decoding: line.text, as: UTF8.self)]
            return DisplayText.safe(words.filter { !$0.isEmpty }.joined(separator: " "), keeping: ["\t"]) + "\n"
        }.joined()
    }
}
