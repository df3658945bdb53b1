import Foundation

/// Walks through the lines of some containers, window by window, from the newest back or from the oldest on.
///
/// Windows begin and end at whole milliseconds, so that what sorts alike is never torn apart.
struct LogScan {
    struct Candidate {
        var source: LogSource
        /// What is left of the query once the container is known.
        var query: ElasticQuery
    }

    /// The first window is small, because the newest lines are mostly enough; each next one is twice as large, up to this.
    private static let mostLinesPerWindow = 8000.0

    private let candidates: [Candidate]
    private let script: LogScript
    private let newestFirst: Bool
    private let needsText: Bool
    private var rest: Range<Int64>
    private let rate: Double
    private var linesPerWindow: Double

    init(_ candidates: [Candidate], script: LogScript, bounds: Range<Int64>, newestFirst: Bool, wanted: Int) {
        let alive = candidates.filter { $0.source.container.lives(in: bounds) }
        self.candidates = alive
        self.script = script
        self.newestFirst = newestFirst
        needsText = alive.contains { $0.query.needsText }
        let start = alive.map { $0.source.container.startedAt.nanoseconds }.min() ?? bounds.upperBound
        let lower = max(bounds.lowerBound, min(start, bounds.upperBound))
        rest = lower..<bounds.upperBound
        rate = max(alive.reduce(0.0) { $0 + $1.source.container.linesPerSecond }, 0.001)
        linesPerWindow = min(Self.mostLinesPerWindow, max(64, Double(wanted) * 1.2))
    }

    /// The hits of the next window, in no order; nil when there are no windows left.
    ///
    /// - Parameter wantsText: false leaves the text of the lines empty where the query can do without.
    mutating func next(wantsText: Bool) -> [LogHit]? {
        guard !rest.isEmpty, !candidates.isEmpty else { return nil }
        let range = takeWindow()
        var hits: [LogHit] = []
        for candidate in candidates where candidate.source.container.lives(in: range) {
            let lines = script.lines(for: candidate.source.container, in: range, headersOnly: !(wantsText || needsText))
            for line in lines {
                let hit = LogHit(source: candidate.source, line: line)
                if candidate.query.matches(hit) { hits.append(hit) }
            }
        }
        return hits
    }

    private mutating func takeWindow() -> Range<Int64> {
        let window = Int64(min(6 * 3600, max(0.01, linesPerWindow / rate)) * 1000) * 1_000_000
        linesPerWindow = min(Self.mostLinesPerWindow, linesPerWindow * 2)
        guard newestFirst else {
            let end = min(rest.upperBound, (rest.lowerBound + window).floored(to: 1_000_000))
            defer { rest = max(end, rest.lowerBound + 1)..<rest.upperBound }
            return rest.lowerBound..<max(end, rest.lowerBound + 1)
        }
        let start = max(rest.lowerBound, (rest.upperBound - window).floored(to: 1_000_000))
        defer { rest = rest.lowerBound..<start }
        return start..<rest.upperBound
    }
}

extension SimContainer {
    /// Whether it could write something in a stretch of time; last words come up to a millisecond after the end.
    func lives(in range: Range<Int64>) -> Bool {
        startedAt.nanoseconds < range.upperBound
            && (endedAt.map { $0.nanoseconds + 1_000_000 } ?? .max) > range.lowerBound
    }
}
