import Dispatch
import Foundation

/// The person's own helm program, for what Helm itself must do. It reads kubeconfig and context as it would from a shell; no
/// secret is passed to it.
public struct HelmProgram: Sendable {
    /// Why helm did not do it.
    public struct Fault: Error, Sendable, Equatable {
        public var message: String
        /// Nobody knows what it had done when it ended.
        public var isUncertain: Bool
        public init(message: String, isUncertain: Bool) {
            self.message = message
            self.isUncertain = isUncertain
        }
    }

    public let path: String
    private let variables: [String: String]

    private static let queue = DispatchQueue(label: "midwatch.helm", attributes: .concurrent)

    /// Looks for helm on the path of `variables`, never in the current folder.
    public init(variables: [String: String]) throws(Fault) {
        let folder = FileManager.default.currentDirectoryPath
        switch ProgramSearch.find("helm", path: variables["PATH"] ?? "", currentFolder: folder) {
        case .found(let path): self.path = path
        case .notExecutable(let path): throw Fault(message: "\(path) is not executable", isUncertain: false)
        case .missing, .onlyInCurrentFolder:
            throw Fault(message: "the helm program is not installed", isUncertain: false)
        }
        self.variables = variables
    }

    /// Rolls a release back and gives helm's last words. The permit is the guard's word that it may.
    public func rollBack(
        _ release: String, namespace: String, to revision: Int, context: String?, timeLimit: Double = 300,
        permit: WritePermit
    ) async throws(Fault) -> String {
        guard permit.extent == .change else {
            throw Fault(message: "a rehearsal does not run helm", isUncertain: false)
        }
        var arguments = ["helm", "rollback", "--namespace", namespace]
        if let context { arguments += ["--kube-context", context] }
        arguments += ["--", release, String(revision)]
        return try await run(arguments, timeLimit: timeLimit)
    }

    private func run(_ arguments: [String], timeLimit: Double) async throws(Fault) -> String {
        let environment = variables.map { "\($0.key)=\($0.value)" }
        let path = path
        // The wait happens on a thread that no task needs.
        let outcome = await withCheckedContinuation { continuation in
            Self.queue.async {
                continuation.resume(
                    returning: Result {
                        () throws(PluginProcess.StartFault) in
                        try PluginProcess.run(path, arguments: arguments, variables: environment, timeLimit: timeLimit)
                    })
            }
        }
        switch outcome {
        case .failure(let fault): throw Fault(message: "helm could not be started: \(fault.words)", isUncertain: false)
        case .success(let process): return try Self.words(of: process, timeLimit)
        }
    }

    private static func words(of process: PluginProcess, _ timeLimit: Double) throws(Fault) -> String {
        let said = lastLine(process.output)
        switch process.ending {
        case .exited(code: 0): return said
        case .exited(let code):
            let complaint = lastLine(process.complaint)
            throw Fault(
                message: "helm ended with exit code \(code): \(complaint.isEmpty ? said : complaint)",
                isUncertain: false)
        case .killed(let signal): throw Fault(message: "helm was killed by signal \(signal)", isUncertain: true)
        case .timedOut:
            throw Fault(message: "helm was not done within \(Int(timeLimit)) s and was stopped", isUncertain: true)
        case .tooMuchOutput: throw Fault(message: "helm printed too much and was stopped", isUncertain: true)
        }
    }

    private static func lastLine(_ bytes: [UInt8]) -> String {
        String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline).last.map { String($0.prefix(300)) }
            ?? ""
    }
}
