import Model

/// What the index keeps of a line: 24 bytes; the text lies in the slab's bytes.
struct LogEntry: Sendable {
    struct Flags: OptionSet, Sendable {
        let rawValue: UInt8
        /// Read from what was kept before, not from the live stream.
        static let history = Flags(rawValue: 1)
        /// The server gave no time; the one in the entry only keeps the order.
        static let timeless = Flags(rawValue: 2)
        /// The text lost its end because it was longer than a line may be.
        static let cut = Flags(rawValue: 4)
        /// The same line also came from the other origin and was left out there.
        static let paired = Flags(rawValue: 8)
    }

    /// Nanoseconds since 1970.
    var time: Int64
    var offset: UInt32
    var length: UInt32
    /// Tells lines of the same time apart; counts arrivals and may wrap.
    var serial: UInt32
    var source: UInt16
    var level: LogLevel
    var flags: Flags

    /// Where the text lies in the slab's bytes.
    var bytes: Range<Int> { Int(offset)..<Int(offset) + Int(length) }

    var id: LogLineID { LogLineID(time: time, serial: serial) }
}
