import Foundation
import Synchronization

/// What every container of the company writes, and when: a pure function of seed, container, episodes and time.
///
/// The kubelet's log endpoint and Elasticsearch both ask it, so they agree on every byte although nobody stores a line.
/// Time is cut in slots of one over the container's rate; each slot writes one line, or one with its stack trace.
/// The first lines come at the start, the last words exactly at the end (and up to some microseconds after it), so a
/// follower reads once more up to `.distantFuture` when it learns that the container has ended.
final class LogScript: Sendable {
    /// One slot has fewer lines than this, so ordinals of different slots cannot meet.
    static let linesPerSlot = 64

    let seed: UInt64
    private let episodes = Mutex<[LogEpisode]>([])

    init(seed: UInt64) {
        self.seed = seed
    }

    /// From now on the episode belongs to the story, also in what was written before.
    func add(_ episode: LogEpisode) {
        episodes.withLock { $0.append(episode) }
    }

    /// The lines of `from..<to`, oldest first.
    func lines(for container: SimContainer, from: Date, to: Date) -> [SimLogLine] {
        lines(for: container, in: from.nanoseconds..<max(from.nanoseconds, to.nanoseconds))
    }

    /// The lines of a stretch of nanoseconds since 1970, oldest first.
    ///
    /// - Parameter headersOnly: leaves the text empty, for those who only count.
    func lines(for container: SimContainer, in range: Range<Int64>, headersOnly: Bool = false) -> [SimLogLine] {
        let score = LogScore(container, seed: seed, episodes: episodes(of: container))
        var sink = LogSink(range: range, headersOnly: headersOnly)
        score.write(into: &sink)
        return sink.lines
    }

    /// The newest `count` lines before `moment`, oldest first; found without writing what came before them.
    func lastLines(_ count: Int, of container: SimContainer, before moment: Date) -> [SimLogLine] {
        let end = moment.nanoseconds
        let start = container.startedAt.nanoseconds
        let newest = min(end, container.endedAt.map { $0.nanoseconds + 1_000_000 } ?? end)
        var reach = Int64(Double(count + 8) / max(container.linesPerSecond, 0.0001) * 1_000_000_000) + 1_000_000_000
        while true {
            let from = max(start, newest - min(reach, newest - min(start, newest)))
            let found = lines(for: container, in: from..<max(from, end))
            if found.count >= count || from <= start { return Array(found.suffix(count)) }
            reach *= 2
        }
    }

    private func episodes(of container: SimContainer) -> [LogEpisode] {
        episodes.withLock { episodes in episodes.filter { $0.concerns(container) } }
    }
}
