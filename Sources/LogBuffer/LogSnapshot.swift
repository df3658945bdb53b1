import Model

/// A log as it stood at one moment, for a reader who must not be disturbed: the screen, a search, a filter.
///
/// Cheap to take and to pass on: it shares the text with the buffer. Lines are counted from 0, the oldest.
public struct LogSnapshot: Sendable {
    public let revision: UInt64
    public let counters: LogCounters
    public let sources: [LogSource]
    let slabs: [LogSlab]
    /// The position of each slab's first line, and at last the count.
    let starts: [Int]

    init(_ store: LogStore) {
        revision = store.revision
        counters = store.counters
        sources = store.sources.all
        slabs = store.slabs
        starts = slabs.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1.entries.count) }
    }

    /// A log without lines.
    public static let empty = LogSnapshot(LogStore(budget: 0, suppressesDoubles: false))

    public var count: Int { starts[starts.count - 1] }

    /// Copies a line out; the position must be one of the snapshot's.
    public func line(at position: Int) -> LogLineView {
        let (slab, index) = place(of: position)
        return line(slab: slab, index: index)
    }

    public func id(at position: Int) -> LogLineID {
        let (slab, index) = place(of: position)
        return slabs[slab].entries[index].id
    }

    /// Where a line stands now; nil when it is not held any more.
    public func position(of id: LogLineID) -> Int? {
        for slab in slabs.partitionPoint(where: { $0.lastTime >= id.time })..<slabs.count {
            var index = slabs[slab].lowerBound(id.time)
            while index < slabs[slab].entries.count {
                guard slabs[slab].entries[index].time == id.time else { return nil }
                if slabs[slab].entries[index].serial == id.serial { return starts[slab] + index }
                index += 1
            }
        }
        return nil
    }

    /// The first line that is not before a time; the count when all are.
    public func firstPosition(at time: Timestamp) -> Int {
        let slab = slabs.partitionPoint { $0.lastTime >= time.nanoseconds }
        guard slab < slabs.count else { return count }
        return starts[slab] + slabs[slab].lowerBound(time.nanoseconds)
    }

    /// Where a line stands, or where it would stand when it is not held any more: a scroll stays near it.
    public func nearestPosition(to id: LogLineID) -> Int {
        position(of: id) ?? firstPosition(at: Timestamp(nanoseconds: id.time))
    }

    /// The time of the oldest line that has one: where reading on into the past begins.
    public var oldestTime: Timestamp? {
        guard let entry = slabs.first?.entries.first, !entry.flags.contains(.timeless) else { return nil }
        return Timestamp(nanoseconds: entry.time)
    }

    /// For each source with live lines the time of its oldest one: from there on nothing of it needs to be read elsewhere.
    public var liveBeginnings: [LogSource: Timestamp] {
        var first: [Int64?] = Array(repeating: nil, count: sources.count)
        for slab in slabs {
            for entry in slab.entries where !entry.flags.contains(.history) && !entry.flags.contains(.timeless) {
                if first[Int(entry.source)] == nil { first[Int(entry.source)] = entry.time }
            }
        }
        var beginnings: [LogSource: Timestamp] = [:]
        for (source, time) in zip(sources, first) { beginnings[source] = time.map { Timestamp(nanoseconds: $0) } }
        return beginnings
    }

    func line(slab: Int, index: Int) -> LogLineView {
        let entry = slabs[slab].entries[index]
        return LogLineView(
            id: entry.id, time: entry.flags.contains(.timeless) ? nil : Timestamp(nanoseconds: entry.time),
            source: sources[Int(entry.source)], level: entry.level,
            origin: entry.flags.contains(.history) ? .history : .live, isCut: entry.flags.contains(.cut),
            text: Array(slabs[slab].text(at: index)))
    }

    func place(of position: Int) -> (slab: Int, index: Int) {
        precondition(position >= 0 && position < count, "no line \(position) among \(count)")
        let slab = starts.partitionPoint { $0 > position } - 1
        return (slab, position - starts[slab])
    }
}

extension LogSlab {
    fileprivate var lastTime: Int64 { entries.last?.time ?? .max }
}
