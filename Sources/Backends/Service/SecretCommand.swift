import Dispatch

/// Runs a program that prints a secret: without a terminal, so that it cannot ask on the screen, and with a time limit.
public struct SecretCommand: Sendable {
    private let words: [String]
    private let variables: [String: String]
    private let seconds: Double

    private static let queue = DispatchQueue(label: "midwatch.secrets", attributes: .concurrent)

    /// `words` is the program and its arguments. It is looked for in PATH, but never in the current folder.
    public init(_ words: [String], variables: [String: String], seconds: Double = 10) {
        self.words = words
        self.variables = variables
        self.seconds = seconds
    }

    /// What it printed. The wait happens on a thread that no task needs.
    public func output() async throws(LoginFault) -> [UInt8] {
        let result: Result<[UInt8], LoginFault> = await withCheckedContinuation { continuation in
            Self.queue.async { continuation.resume(returning: Result { () throws(LoginFault) in try run() }) }
        }
        return try result.get()
    }

    private func run() throws(LoginFault) -> [UInt8] {
        guard let name = words.first else { throw LoginFault(message: "the command is empty") }
        let search = ProgramSearch.find(
            name, path: variables["PATH"] ?? "/usr/local/bin:/usr/bin:/bin", currentFolder: "/")
        guard case .found(let program) = search else {
            throw LoginFault(message: "the command \(name) was not found, or cannot be run")
        }
        let process: PluginProcess
        do throws(PluginProcess.StartFault) {
            process = try PluginProcess.run(
                program, arguments: words, variables: variables.map { "\($0.key)=\($0.value)" }, timeLimit: seconds)
        } catch {
            throw LoginFault(message: "the command \(name) could not be started: \(error.words)")
        }
        let complaint =
            String(decoding: process.complaint, as: UTF8.self)
            .split(whereSeparator: \.isNewline).last.map { ": \($0.prefix(300))" } ?? ""
        switch process.ending {
        case .exited(code: 0): return process.output
        case .exited(let code):
            throw LoginFault(message: "the command \(name) failed with exit code \(code)\(complaint)")
        case .killed(let signal): throw LoginFault(message: "the command \(name) was killed by signal \(signal)")
        case .timedOut: throw LoginFault(message: "the command \(name) did not end within \(Int(seconds)) seconds")
        case .tooMuchOutput: throw LoginFault(message: "the command \(name) printed more than a secret")
        }
    }
}
