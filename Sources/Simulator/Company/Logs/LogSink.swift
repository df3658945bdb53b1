/// Takes the lines that a container writes and keeps those of one stretch of time.
struct LogSink {
    private(set) var lines: [SimLogLine] = []
    let range: Range<Int64>
    private let headersOnly: Bool
    private var timestamp: Int64 = 0
    private var ordinal = 0

    init(range: Range<Int64>, headersOnly: Bool) {
        self.range = range
        self.headersOnly = headersOnly
    }

    /// What follows is written at this moment, line after line a microsecond apart.
    mutating func begin(at timestamp: Int64, ordinal: Int) {
        self.timestamp = timestamp
        self.ordinal = ordinal
    }

    /// Lets the next line come later than a microsecond after the last one.
    mutating func pause(nanoseconds: Int64) { timestamp += nanoseconds }

    /// One line; `build` runs only when somebody wants the text, so it must not decide how many lines there are.
    mutating func line(_ stream: SimLogLine.Stream = .stdout, _ build: (inout LineWriter) -> Void) {
        defer {
            timestamp += 1000
            ordinal += 1
        }
        guard range.contains(timestamp) else { return }
        var writer = LineWriter()
        if !headersOnly { build(&writer) }
        lines.append(SimLogLine(timestamp: timestamp, stream: stream, text: writer.bytes, ordinal: ordinal))
    }
}
