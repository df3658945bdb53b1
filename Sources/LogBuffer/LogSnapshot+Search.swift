import Model
import Pattern

/// Which way a search goes through a log.
public enum LogDirection: Sendable { case older, newer }

/// How far a bounded search came.
public enum LogSearchStep: Equatable, Sendable {
    case found(Int)
    case nothing
    /// The bound was reached; the search goes on at this position.
    case unfinished(Int)
}

extension LogSnapshot {
    /// The nearest line that passes a filter, from `position` on (itself included) in one direction, looking at no more
    /// than `limit` lines: small enough to be run between two keys.
    public func search(
        _ filter: LogFilter, from position: Int, _ direction: LogDirection, limit: Int = .max
    ) -> LogSearchStep {
        let wanted = filter.wantedSources(among: sources)
        var position = direction == .older ? min(position, count - 1) : max(position, 0)
        var looked = 0
        while position >= 0, position < count {
            guard looked < limit else { return .unfinished(position) }
            let (slab, index) = place(of: position)
            let room = min(limit - looked, slabs[slab].entries.count)
            let indices =
                direction == .older
                ? stride(from: index, through: max(0, index - room + 1), by: -1)
                : stride(from: index, through: min(slabs[slab].entries.count, index + room) - 1, by: 1)
            for index in indices {
                if filter.matches(slabs[slab], index, wanted: wanted) { return .found(starts[slab] + index) }
                looked += 1
                position += direction == .older ? -1 : 1
            }
        }
        return .nothing
    }

    /// The same off the caller's thread and without a bound, ending early with the task; nil when nothing is found.
    @concurrent
    public func firstMatch(
        _ filter: LogFilter, from position: Int, _ direction: LogDirection
    ) async throws(CancellationError) -> Int? {
        var from = position
        while true {
            if Task.isCancelled { throw CancellationError() }
            switch search(filter, from: from, direction, limit: 20_000) {
            case .found(let position): return position
            case .nothing: return nil
            case .unfinished(let position): from = position
            }
        }
    }

    /// Where to mark a line for a pattern, in bytes of its text.
    public func ranges(of pattern: Pattern, at position: Int, limit: Int = 256) -> [Range<Int>] {
        let (slab, index) = place(of: position)
        return slabs[slab].withText(at: index) { pattern.ranges(in: $0, limit: limit) }
    }
}
