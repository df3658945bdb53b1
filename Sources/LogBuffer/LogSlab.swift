import Model

/// Some thousand lines in time order, with their bytes behind one another.
///
/// A value: a snapshot shares it, and writing to it copies this one slab at most. Bytes are only ever appended, so an
/// entry that is inserted between others moves no text.
struct LogSlab: Sendable {
    /// Never given twice in a buffer.
    let id: UInt32
    /// Changes when entries moved; while it stays, entries were appended at most.
    private(set) var layout: UInt32 = 0
    private(set) var entries: [LogEntry] = []
    private(set) var bytes: [UInt8] = []

    init(id: UInt32) { self.id = id }

    /// Whether the texts lie one behind the other as the lines do, which an insertion between lines ends.
    var isInOrderOfBytes: Bool { layout == 0 }

    var heldBytes: Int { bytes.count + entries.count * MemoryLayout<LogEntry>.stride }

    /// Puts a line in front of the entry at `index`, or behind the last one.
    mutating func insert(_ entry: LogEntry, text: some Collection<UInt8>, at index: Int) {
        var entry = entry
        entry.offset = UInt32(bytes.count)
        entry.length = UInt32(text.count)
        bytes.append(contentsOf: text)
        if index == entries.count {
            entries.append(entry)
        } else {
            entries.insert(entry, at: index)
            layout &+= 1
        }
    }

    mutating func append(_ index: Int, of other: LogSlab) {
        let entry = other.entries[index]
        insert(entry, text: other.bytes[entry.bytes], at: entries.count)
    }

    mutating func markPaired(_ index: Int) { entries[index].flags.insert(.paired) }

    func text(at index: Int) -> ArraySlice<UInt8> { bytes[entries[index].bytes] }

    func withText<R>(at index: Int, _ body: (UnsafeBufferPointer<UInt8>) -> R) -> R {
        let range = entries[index].bytes
        return bytes.withUnsafeBufferPointer { body(UnsafeBufferPointer(rebasing: $0[range])) }
    }

    /// The first entry that is not before `time`.
    func lowerBound(_ time: Int64) -> Int { entries.partitionPoint { $0.time >= time } }

    /// The first entry behind `time`.
    func upperBound(_ time: Int64) -> Int { entries.partitionPoint { $0.time > time } }
}
