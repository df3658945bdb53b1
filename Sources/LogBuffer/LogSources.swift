import Model

/// Who wrote into a log, by the small numbers that entries hold, and what is known about each.
struct LogSources: Sendable {
    /// Sources beyond the last number share it.
    private static let last = Int(UInt16.max)

    private(set) var all: [LogSource] = []
    private var ids: [LogSource: UInt16] = [:]
    private var known: [Known] = []
    /// Lines mostly come many of one source after the other.
    private var latest: (source: LogSource, id: UInt16)?

    private struct Known: Sendable {
        var newest = Newest()
        var liveLevel = LogLevel.unknown
        var historyLevel = LogLevel.unknown
    }

    /// The latest time seen, by origin; -1 for none.
    struct Newest: Sendable {
        var live: Int64 = -1
        var history: Int64 = -1
    }

    mutating func id(of source: LogSource) -> UInt16 {
        if let latest, latest.source == source { return latest.id }
        let id = lookUp(source)
        latest = (source, id)
        return id
    }

    private mutating func lookUp(_ source: LogSource) -> UInt16 {
        if let id = ids[source] { return id }
        guard all.count < Self.last else { return UInt16(Self.last - 1) }
        let id = UInt16(all.count)
        ids[source] = id
        all.append(source)
        known.append(Known())
        return id
    }

    func newest(of source: UInt16) -> Newest { known[Int(source)].newest }

    mutating func note(time: Int64, origin: LogOrigin, of source: UInt16) {
        let place = Int(source)
        switch origin {
        case .live: known[place].newest.live = max(known[place].newest.live, time)
        case .history: known[place].newest.history = max(known[place].newest.history, time)
        }
    }

    mutating func forgetTimes() {
        for place in known.indices { known[place].newest = Newest() }
    }

    /// The line's level; an indented line (a stack trace) goes with the line before it.
    mutating func level(of text: UnsafeBufferPointer<UInt8>, from source: UInt16, origin: LogOrigin) -> LogLevel {
        let place = Int(source)
        var found = LevelWords.level(of: text)
        if found == .unknown, let first = text.first, first == 0x20 || first == 0x09 {
            found = origin == .live ? known[place].liveLevel : known[place].historyLevel
        }
        if origin == .live { known[place].liveLevel = found } else { known[place].historyLevel = found }
        return found
    }
}
