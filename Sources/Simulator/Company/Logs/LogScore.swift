import Foundation

/// One container's part in the log script: its slots, its episodes, its first lines and its last words.
struct LogScore {
    private let container: SimContainer
    private let episodes: [(range: Range<Int64>, episode: LogEpisode)]
    private let key: UInt64
    private let start: Int64
    private let end: Int64
    private let period: Int64

    init(_ container: SimContainer, seed: UInt64, episodes: [LogEpisode]) {
        self.container = container
        self.episodes = episodes.map { ($0.from.nanoseconds..<max($0.from.nanoseconds, $0.to.nanoseconds), $0) }
        key = StableHash.mix(seed, container.logKey)
        start = container.startedAt.nanoseconds
        end = container.endedAt?.nanoseconds ?? .max
        period = Int64(max(1000, min(86_400, 1 / max(container.linesPerSecond, 0.00001)) * 1_000_000_000))
    }

    /// Writes everything whose moment lies in the sink's range, oldest first.
    func write(into sink: inout LogSink) {
        let range = sink.range
        guard range.lowerBound <= max(end, start), range.upperBound > start else {
            return writeLastWords(into: &sink)
        }
        if range.lowerBound < start + Self.startupSpan { writeStart(into: &sink) }
        let first = max(0, (range.lowerBound - min(range.lowerBound, slotsStart)) / period - 1)
        let last = (min(range.upperBound, end) - slotsStart) / period
        if first <= last, last >= 0 {
            for slot in first...last { write(slot: slot, into: &sink) }
        }
        writeLastWords(into: &sink)
    }

    private static let startupSpan: Int64 = 200_000_000
    private var slotsStart: Int64 { start + Self.startupSpan }

    private func write(slot: Int64, into sink: inout LogSink) {
        var dice = LogDice(StableHash.mix(key, UInt64(bitPattern: slot)))
        let moment = slotsStart + slot * period + Int64(dice.fraction() * 0.9 * Double(period))
        // A whole slot is told or not by its first moment, so that a stack trace is never cut by the end.
        guard moment < end else { return }
        sink.begin(at: moment, ordinal: Int(slot + 1) * LogScript.linesPerSlot)
        let voice = LogVoice(container: container, time: CalendarTime(nanoseconds: moment))
        if let kind = complaint(at: moment, &dice) {
            voice.complain(about: kind, &dice, into: &sink)
        } else {
            voice.speak(&dice, into: &sink)
        }
    }

    private func complaint(at moment: Int64, _ dice: inout LogDice) -> LogEpisode.Kind? {
        guard !episodes.isEmpty else { return nil }
        let chance = dice.fraction()
        return episodes.first { $0.range.contains(moment) && chance < $0.episode.share }?.episode.kind
    }

    private func writeStart(into sink: inout LogSink) {
        guard start < end else { return }
        sink.begin(at: start, ordinal: 0)
        LogVoice(container: container, time: CalendarTime(nanoseconds: start)).greet(into: &sink)
    }

    private func writeLastWords(into sink: inout LogSink) {
        guard let ending = container.ending, end != .max, sink.range.upperBound > end else { return }
        let slot = Int((max(end, slotsStart) - slotsStart) / period) + 2
        sink.begin(at: end, ordinal: slot * LogScript.linesPerSlot)
        var dice = LogDice(StableHash.mix(key, 0xE2D))
        LogVoice(container: container, time: CalendarTime(nanoseconds: end)).end(ending, &dice, into: &sink)
    }
}
