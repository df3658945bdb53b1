import Model

/// Where the reading of one container's log stands: what a resumed stream would tell twice is left out.
///
/// A resumed request can only name a second, so the server repeats the lines of the last one. What was seen in it is
/// remembered by hash and count, as stern does it: not by time alone, since standard output and standard error are
/// stamped apart and may stand out of order.
struct LogReading: Sendable {
    private let source: LogSource
    private var second: Int64?
    private var seen: [Int: Int32] = [:]
    /// What is still to be left out after a resumption.
    private var repeated: [Int: Int32] = [:]
    private var isResumed = false
    private var last = Timestamp.zero
    /// The first line of all. The reading may have begun in the middle of a second (a tail does), and a resumed stream
    /// begins with the whole of it.
    private var beginning: Timestamp?

    init(source: LogSource) { self.source = source }

    /// The time to ask from when the stream is opened again; nil when nothing has come yet.
    var resumption: Timestamp? { second.map { Timestamp(nanoseconds: $0 * 1_000_000_000) } }

    /// Says that the next lines come from a stream that was asked for from `resumption`.
    mutating func resume() {
        repeated = seen
        isResumed = second != nil
    }

    /// One line as the server sent it, stamped; nil when it was read before the break.
    mutating func line(_ bytes: UnsafeBufferPointer<UInt8>) -> LogLine? {
        let (time, text) = Self.split(bytes)
        let stamp = time ?? last
        let now = stamp.nanoseconds / 1_000_000_000
        var hasher = Hasher()
        hasher.combine(bytes: UnsafeRawBufferPointer(bytes))
        let hash = hasher.finalize()
        if let beginning, isResumed, stamp < beginning { return nil }
        if now == second, let count = repeated[hash] {
            repeated[hash] = count > 1 ? count - 1 : nil
            return nil
        }
        if now > second ?? .min {
            second = now
            seen.removeAll(keepingCapacity: true)
            repeated.removeAll(keepingCapacity: true)
        }
        if now == second { seen[hash, default: 0] += 1 }
        last = stamp
        if beginning == nil { beginning = stamp }
        return LogLine(time: stamp, source: source, origin: .live, text: Array(text))
    }

    /// "2026-11-22T13:17:42.500000000Z text": the stamp ends at the first blank. Without one, the whole line is text.
    private static func split(
        _ bytes: UnsafeBufferPointer<UInt8>
    ) -> (Timestamp?, UnsafeBufferPointer<UInt8>) {
        let head = bytes.prefix(40)
        let end = head.firstIndex(of: UInt8(ascii: " ")) ?? bytes.count
        guard end <= 40, let time = Timestamp(rfc3339: UnsafeBufferPointer(rebasing: bytes[..<end])) else {
            return (nil, bytes)
        }
        return (time, UnsafeBufferPointer(rebasing: bytes[min(end + 1, bytes.count)...]))
    }
}
