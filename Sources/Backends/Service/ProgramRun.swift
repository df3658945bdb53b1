import Dispatch

/// Runs another program without a terminal and with a time limit: helm.
public struct ProgramRun: Sendable {
    public struct Fault: Error, Sendable, Equatable {
        /// The program's own last words, or why it could not be run.
        public var message: String
    }

    private static let queue = DispatchQueue(label: "midwatch.programs", attributes: .concurrent)

    private let path: String
    private let arguments: [String]
    private let variables: [String: String]

    public init(_ path: String, _ arguments: [String], variables: [String: String]) {
        self.path = path
        self.arguments = arguments
        self.variables = variables
    }

    /// Where a program lies on PATH, never in the current folder; nil where it is not installed.
    public static func path(of name: String, variables: [String: String]) -> String? {
        let path = variables["PATH"] ?? "/usr/local/bin:/usr/bin:/bin"
        guard case .found(let program) = ProgramSearch.find(name, path: path, currentFolder: "/") else { return nil }
        return program
    }

    /// What it printed. The wait happens on a thread that no task needs. Throws `Fault` unless it ended well.
    public func output(within seconds: Double) async throws -> String {
        let result: Result<String, Fault> = await withCheckedContinuation { continuation in
            Self.queue.async {
                continuation.resume(returning: Result { () throws(Fault) in try run(seconds) })
            }
        }
        return try result.get()
    }

    private func run(_ seconds: Double) throws(Fault) -> String {
        let process: PluginProcess
        do throws(PluginProcess.StartFault) {
            process = try PluginProcess.run(
                path, arguments: [path] + arguments, variables: variables.map { "\($0.key)=\($0.value)" },
                timeLimit: seconds)
        } catch {
            throw Fault(message: "it could not be started: \(error.words)")
        }
        switch process.ending {
        case .exited(code: 0): return String(decoding: process.output, as: UTF8.self)
        case .exited(let code):
            let words = String(decoding: process.complaint, as: UTF8.self).split(whereSeparator: \.isNewline)
            throw Fault(message: words.isEmpty ? "it failed with exit code \(code)" : words.joined(separator: " "))
        case .killed(let signal): throw Fault(message: "it was killed by signal \(signal)")
        case .timedOut: throw Fault(message: "it did not end within \(Int(seconds)) seconds")
        case .tooMuchOutput: throw Fault(message: "it printed too much")
        }
    }
}
