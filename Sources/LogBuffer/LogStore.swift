import Model

/// The lines of one log in time order, inside their budget: what `LogBuffer` keeps behind its lock.
struct LogStore {
    /// A line's text is cut here, so that one line cannot push out all others.
    static let longestText = 1 << 20
    static let slabLines = 4096

    let budget: Int
    let suppressesDoubles: Bool
    let slabBytes: Int

    private(set) var slabs: [LogSlab] = []
    private(set) var sources = LogSources()
    private(set) var counters = LogCounters()
    private(set) var revision: UInt64 = 0
    private var nextSlab: UInt32 = 0
    private var nextSerial: UInt32 = 0

    init(budget: Int, suppressesDoubles: Bool) {
        self.budget = budget
        self.suppressesDoubles = suppressesDoubles
        slabBytes = max(4 << 10, min(256 << 10, budget / 16))
    }

    /// Takes lines of the live stream, each at its place in time, and makes room by letting the oldest go.
    mutating func append(_ lines: [LogLine]) {
        for line in lines { insert(line) }
        evict()
        revision += 1
    }

    /// Takes a page of older lines as far as the budget allows, the newest of them first; says whether all found room.
    mutating func prepend(_ page: [LogLine]) -> Bool {
        revision += 1
        // Not `sorted`: it does not promise to keep the order of equals.
        let page = page.enumerated().sorted { ($0.element.time, $0.offset) < ($1.element.time, $1.offset) }
            .map(\.element)
        var front: [LogLine] = []
        var room = budget - counters.heldBytes
        let oldest = slabs.first?.entries.first?.time ?? .max
        for line in page.reversed() {
            room -= line.text.count + MemoryLayout<LogEntry>.stride
            guard room >= 0 else {
                putInFront(front.reversed())
                return false
            }
            if line.time.nanoseconds <= oldest { front.append(line) } else { insertBeforeEquals(line) }
        }
        putInFront(front.reversed())
        return true
    }

    mutating func noteDropped(_ lines: Int) {
        counters.dropped += lines
        revision += 1
    }

    mutating func markPaired(slab: Int, index: Int) { slabs[slab].markPaired(index) }

    mutating func clear() {
        slabs = []
        counters.lines = 0
        counters.heldBytes = 0
        sources.forgetTimes()
        revision += 1
    }

    private mutating func insert(_ line: LogLine) {
        let source = sources.id(of: line.source)
        if isDouble(line, source: source) {
            counters.doubles += 1
            return
        }
        let entry = entry(for: line, source: source, timelessAs: newestTime + 1)
        if newestTime <= entry.time {
            if slabs.isEmpty || isFull(slabs[slabs.count - 1]) { slabs.append(newSlab()) }
            place(entry, line, slab: slabs.count - 1, at: slabs[slabs.count - 1].entries.count)
        } else {
            let slab = max(0, slabs.partitionPoint { $0.entries[0].time > entry.time } - 1)
            place(entry, line, slab: slab, at: slabs[slab].upperBound(entry.time))
        }
    }

    /// As `insert`, but in front of the lines of the same time: what an earlier page of the past left behind comes first.
    private mutating func insertBeforeEquals(_ line: LogLine) {
        let source = sources.id(of: line.source)
        if isDouble(line, source: source) {
            counters.doubles += 1
            return
        }
        let entry = entry(for: line, source: source, timelessAs: line.time.nanoseconds)
        let slab = slabs.partitionPoint { ($0.entries.last?.time ?? .max) >= entry.time }
        // Behind all others when no slab reaches that far.
        let found = min(slab, slabs.count - 1)
        place(entry, line, slab: found, at: slabs[found].lowerBound(entry.time))
    }

    private mutating func place(_ entry: LogEntry, _ line: LogLine, slab: Int, at index: Int) {
        let before = slabs[slab].heldBytes
        slabs[slab].insert(entry, text: line.text.prefix(Self.longestText), at: index)
        counters.heldBytes += slabs[slab].heldBytes - before
        counters.lines += 1
        if slabs[slab].bytes.count > 2 * slabBytes || slabs[slab].entries.count > 2 * Self.slabLines { split(slab) }
    }

    private mutating func putInFront(_ lines: [LogLine]) {
        var built: [LogSlab] = []
        let firstTime = lines.first { $0.time != .zero }?.time.nanoseconds ?? slabs.first?.entries.first?.time ?? 0
        for line in lines {
            let source = sources.id(of: line.source)
            if isDouble(line, source: source) {
                counters.doubles += 1
                continue
            }
            if built.last.map(isFull) ?? true { built.append(newSlab()) }
            let last = built.count - 1
            let entry = entry(for: line, source: source, timelessAs: firstTime)
            built[last].insert(entry, text: line.text.prefix(Self.longestText), at: built[last].entries.count)
            counters.lines += 1
        }
        counters.heldBytes += built.reduce(0) { $0 + $1.heldBytes }
        join(&built)
        slabs.insert(contentsOf: built, at: 0)
    }

    /// Small pages do not make small slabs: what fits goes together with the first slab that is there.
    private mutating func join(_ built: inout [LogSlab]) {
        guard let last = built.last, let first = slabs.first,
            last.bytes.count + first.bytes.count <= slabBytes,
            last.entries.count + first.entries.count <= Self.slabLines
        else { return }
        var joined = newSlab()
        for index in last.entries.indices { joined.append(index, of: last) }
        for index in first.entries.indices { joined.append(index, of: first) }
        built[built.count - 1] = joined
        slabs.removeFirst()
    }

    private mutating func split(_ place: Int) {
        let whole = slabs[place]
        guard whole.entries.count > 1 else { return }
        var halves = [newSlab(), newSlab()]
        for index in whole.entries.indices { halves[index < whole.entries.count / 2 ? 0 : 1].append(index, of: whole) }
        slabs.replaceSubrange(place...place, with: halves)
    }

    private mutating func evict() {
        var gone = 0
        while counters.heldBytes > budget, gone < slabs.count - 1 {
            counters.heldBytes -= slabs[gone].heldBytes
            counters.lines -= slabs[gone].entries.count
            counters.evicted += slabs[gone].entries.count
            gone += 1
        }
        if gone > 0 { slabs.removeFirst(gone) }
    }

    private var newestTime: Int64 {
        guard !slabs.isEmpty else { return 0 }
        let last = slabs.count - 1
        return slabs[last].entries[slabs[last].entries.count - 1].time
    }

    private func isFull(_ slab: LogSlab) -> Bool {
        slab.bytes.count >= slabBytes || slab.entries.count >= Self.slabLines
    }

    private mutating func newSlab() -> LogSlab {
        nextSlab &+= 1
        return LogSlab(id: nextSlab)
    }

    /// A line that has no time takes one that keeps it where it is put.
    private mutating func entry(for line: LogLine, source: UInt16, timelessAs substitute: Int64) -> LogEntry {
        var flags: LogEntry.Flags = line.origin == .history ? .history : []
        var time = line.time.nanoseconds
        if line.time == .zero {
            flags.insert(.timeless)
            time = substitute
        }
        if line.text.count > Self.longestText {
            flags.insert(.cut)
            counters.cut += 1
        }
        let level = line.text.withUnsafeBufferPointer { sources.level(of: $0, from: source, origin: line.origin) }
        if line.time != .zero { sources.note(time: time, origin: line.origin, of: source) }
        nextSerial &+= 1
        return LogEntry(
            time: time, offset: 0, length: 0, serial: nextSerial, source: source, level: level, flags: flags)
    }
}
