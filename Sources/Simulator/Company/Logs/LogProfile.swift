/// In which manner a container writes its log: what a fleet of thirty teams really sends to one place.
enum LogProfile: String, Sendable, CaseIterable {
    /// One JSON object a line, as Go and Node services write.
    case json
    /// `key=value` pairs.
    case logfmt
    /// `date LEVEL [thread] Class : text`, with stack traces over many lines.
    case java
    /// Combined access log.
    case access
    /// Level words in ANSI colour.
    case colour
    /// Customers' names in many scripts, CJK, emoji and combining marks.
    case worldly
    /// Invalid UTF-8, terminal escape sequences, very long lines, tabs and carriage returns.
    case rude
    /// PostgreSQL's own lines.
    case postgres
    /// The `I1122 13:44:16.123456       1 file.go:42] text` of Kubernetes' own components.
    case klog
    /// Python's logging, with tracebacks.
    case python
    /// A line now and then.
    case quiet
    /// A job that says how far it is.
    case batch

    /// Lines a second of one container when nobody asked for another rate.
    var usualRate: Double {
        switch self {
        case .access: 1.5
        case .json, .logfmt, .java: 0.6
        case .colour, .worldly, .python, .batch: 0.3
        case .postgres, .klog: 0.2
        case .rude: 0.1
        case .quiet: 1.0 / 60
        }
    }
}
