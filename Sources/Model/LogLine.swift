/// How loud a log line is, as far as its text says.
public enum LogLevel: UInt8, Sendable, Comparable, CaseIterable {
    case unknown, trace, debug, info, warning, error, fatal
    public static func < (a: LogLevel, b: LogLevel) -> Bool { a.rawValue < b.rawValue }
}

/// Who wrote a line.
public struct LogSource: Hashable, Sendable {
    public var namespace: String
    public var pod: String
    public var container: String
    public init(namespace: String, pod: String, container: String) {
        self.namespace = namespace
        self.pod = pod
        self.container = container
    }
}

/// Where a line was read.
public enum LogOrigin: UInt8, Sendable { case live, history }

/// A line on its way into the buffer. `text` is as the server sent it, without its newline; nothing is cleaned here.
public struct LogLine: Sendable, Equatable {
    public var time: Timestamp
    public var source: LogSource
    public var origin: LogOrigin
    public var text: [UInt8]
    public init(time: Timestamp, source: LogSource, origin: LogOrigin, text: [UInt8]) {
        self.time = time
        self.source = source
        self.origin = origin
        self.text = text
    }
}
