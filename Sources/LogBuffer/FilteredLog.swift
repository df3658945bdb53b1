import Model

/// The rows of a log that pass a filter, with their context, kept up with the log at the cost of what is new in it.
///
/// A value: the screen keeps one, a task may work on a copy. Without a filter, rows are the log's lines.
public struct FilteredLog: Sendable {
    public let filter: LogFilter
    /// The log as of the last update.
    public private(set) var snapshot: LogSnapshot
    private var slabs: [FilteredSlab] = []
    /// The number of each slab's first row, and at last the count.
    private var starts: [Int] = [0]
    /// The numbers of the sources that the filter wants; nil for all.
    private var wanted: Set<UInt16>?

    public init(_ filter: LogFilter, of snapshot: LogSnapshot = .empty) {
        self.filter = filter
        self.snapshot = .empty
        update(to: snapshot)
    }

    /// How many rows there are.
    public var count: Int { starts[starts.count - 1] }

    /// How many of them match by themselves; the others are context.
    public var matchCount: Int {
        filter.isEverything ? count : slabs.reduce(0) { $0 + $1.matches.count }
    }

    /// Takes in what is new. Only lines that came or moved since the last update are looked at, newest first and, by
    /// whole slabs of some thousand lines, not many more than `limit`; false says that there is more to look at, with
    /// the next update.
    @discardableResult
    public mutating func update(to snapshot: LogSnapshot, lookingAt limit: Int = .max) -> Bool {
        begin(snapshot)
        var looked = 0
        for place in slabs.indices.reversed() where !isEvaluated(place) {
            guard looked < limit else {
                arrange()
                return false
            }
            looked += snapshot.slabs[place].entries.count - slabs[place].evaluated
            slabs[place].evaluate(snapshot.slabs[place], filter, wanted: wanted)
        }
        arrange()
        return true
    }

    /// The same off the caller's thread, all of it, ending early with the task.
    @concurrent
    public func updated(to snapshot: LogSnapshot) async throws(CancellationError) -> FilteredLog {
        var log = self
        log.begin(snapshot)
        for place in log.slabs.indices.reversed() where !log.isEvaluated(place) {
            if Task.isCancelled { throw CancellationError() }
            log.slabs[place].evaluate(snapshot.slabs[place], filter, wanted: log.wanted)
        }
        log.arrange()
        return log
    }

    /// The position of a row's line in the snapshot.
    public func position(ofRow row: Int) -> Int {
        guard !filter.isEverything else { return row }
        let (slab, index) = place(of: row)
        return snapshot.starts[slab] + index
    }

    /// Copies a row's line out.
    public func line(at row: Int) -> LogLineView { snapshot.line(at: position(ofRow: row)) }

    /// Whether a row matches by itself and is not only context.
    public func isMatch(_ row: Int) -> Bool {
        guard !filter.isEverything, filter.context > 0 else { return true }
        let (slab, index) = place(of: row)
        let matches = slabs[slab].matches
        let found = matches.partitionPoint { $0 >= index }
        return found < matches.count && matches[found] == index
    }

    /// The row of a line, or the next row behind it; the count when there is none.
    public func row(nearest id: LogLineID) -> Int { row(atOrBehind: snapshot.nearestPosition(to: id)) }

    /// The row of the line at a position, or the next row behind it; the count when there is none.
    public func row(atOrBehind position: Int) -> Int {
        guard position < snapshot.count else { return count }
        guard !filter.isEverything else { return max(0, position) }
        let (slab, index) = snapshot.place(of: max(0, position))
        return starts[slab] + slabs[slab].rows.partitionPoint { $0 >= index }
    }

    private mutating func begin(_ snapshot: LogSnapshot) {
        let known = Dictionary(slabs.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        self.snapshot = snapshot
        guard !filter.isEverything else { return }
        slabs = snapshot.slabs.map { slab in
            if let old = known[slab.id], old.holds(for: slab) { return old }
            return FilteredSlab(slab)
        }
        wanted = filter.wantedSources(among: snapshot.sources)
    }

    private func isEvaluated(_ place: Int) -> Bool { slabs[place].evaluated == snapshot.slabs[place].entries.count }

    private mutating func arrange() {
        guard !filter.isEverything else {
            starts = [0, snapshot.count]
            return
        }
        let context = filter.context
        var heads: [Int] = []
        var head = 0
        for slab in slabs {
            heads.append(head)
            head = slab.owedToNext(context: context, head: head)
        }
        var tail = 0
        for place in slabs.indices.reversed() {
            slabs[place].arrange(context: context, head: heads[place], tail: tail)
            tail = slabs[place].owedToPrevious(context: context, tail: tail)
        }
        starts = slabs.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1.rows.count) }
    }

    private func place(of row: Int) -> (slab: Int, index: Int) {
        precondition(row >= 0 && row < count, "no row \(row) among \(count)")
        let slab = starts.partitionPoint { $0 > row } - 1
        return (slab, Int(slabs[slab].rows[row - starts[slab]]))
    }
}
