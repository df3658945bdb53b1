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
            let isOlder = direction == .older
            let room = limit - looked
            let range =
                isOlder
                ? max(0, index + 1 - min(room, index + 1))..<(index + 1)
                : index..<(index + min(room, slabs[slab].entries.count - index))
            let matches = filter.matches(in: slabs[slab], range, wanted: wanted)
            if let match = isOlder ? matches.last : matches.first { return .found(starts[slab] + Int(match)) }
            looked += range.count
            position = starts[slab] + (isOlder ? range.lowerBound - 1 : range.upperBound)
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
