/// One line that a container wrote, without its newline.
struct SimLogLine: Sendable, Equatable {
    enum Stream: String, Sendable { case stdout, stderr }

    /// Nanoseconds since 1970.
    var timestamp: Int64
    var stream: Stream
    /// As the process wrote it: not always valid UTF-8.
    var text: [UInt8]
    /// Counts the lines of one container instance; unique there, and grows with time.
    var ordinal: Int
}
