/// How loud a line of a simulated program is.
enum LogLevel: Int, Sendable {
    case debug, info, warning, error

    var lower: StaticString {
        switch self {
        case .debug: "debug"
        case .info: "info"
        case .warning: "warn"
        case .error: "error"
        }
    }

    var upper: StaticString {
        switch self {
        case .debug: "DEBUG"
        case .info: "INFO"
        case .warning: "WARN"
        case .error: "ERROR"
        }
    }
}
