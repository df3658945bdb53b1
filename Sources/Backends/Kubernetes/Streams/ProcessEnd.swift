import JSON

/// How a process in a container ended, as the server told on the error channel.
public enum ProcessEnd: Sendable, Equatable {
    case exited(code: Int)
    /// It could not be started, or the way to it broke; the server's words.
    case failed(reason: String)
    /// The connection ended without a word about it.
    case untold

    /// Whether there is no such program in the container.
    public var isMissingProgram: Bool {
        switch self {
        case .failed(let reason):
            ["executable file not found", "no such file or directory"].contains { reason.contains($0) }
        case .exited(let code): code == 126 || code == 127
        case .untold: false
        }
    }

    /// Reads the `Status` that ends a process; anything else is taken for the server's words.
    init(status bytes: [UInt8]) {
        guard !bytes.isEmpty else {
            self = .untold
            return
        }
        // What is no JSON is said as it is: servers before v4 send plain words.
        guard let status = try? JSONValue.parse(bytes), let word = status["status"]?.string else {
            self = .failed(reason: String(decoding: bytes.prefix(4096), as: UTF8.self))
            return
        }
        if word == "Success" {
            self = .exited(code: 0)
        } else if let code = Self.exitCode(status) {
            self = .exited(code: code)
        } else {
            self = .failed(reason: Self.words(status))
        }
    }

    private static func exitCode(_ status: JSONValue) -> Int? {
        guard status["reason"]?.string == "NonZeroExitCode" else { return nil }
        let causes = status[path: "details", "causes"]?.elements.map { $0 } ?? []
        return causes.first { $0["reason"]?.string == "ExitCode" }.flatMap { $0["message"]?.string }.flatMap { Int($0) }
    }

    /// Each server on the way puts the same words before the message.
    private static func words(_ status: JSONValue) -> String {
        var words = Substring(status["message"]?.string ?? "")
        let prefix = "Internal error occurred: "
        while words.hasPrefix(prefix) { words = words.dropFirst(prefix.count) }
        return words.isEmpty ? status["reason"]?.string ?? "it failed" : String(words)
    }
}
