import Backends
import Model

/// Looks at everything that Core works with and says what works from here and what does not.
///
/// Environments and their systems are asked side by side, each with a time limit of its own, so that a dead one delays
/// nothing but its own line.
public struct Doctor: Sendable {
    private let session: CoreSession
    private let seconds: Double

    public init(_ session: CoreSession, seconds: Double = 10) {
        self.session = session
        self.seconds = seconds
    }

    /// What can be said without asking anybody.
    public var localChecks: [DoctorCheck] {
        var checks: [DoctorCheck] = []
        if let problem = session.environments.problem {
            checks.append(.init(environment: nil, subject: "kubeconfig", outcome: .bad, words: problem.message))
        } else {
            let count = session.environments.environments.count { $0.info.context != nil }
            let words = count == 1 ? "1 context" : "\(count) contexts"
            checks.append(.init(environment: nil, subject: "kubeconfig", outcome: .good, words: words))
        }
        let warnings = session.environments.infos.flatMap { info in info.warnings.map { (info.id, $0) } }
        var told: Set<String> = []
        for (id, warning) in warnings where told.insert(warning).inserted {
            checks.append(.init(environment: id, subject: "settings", outcome: .warning, words: warning))
        }
        return checks
    }

    /// The checks of some environments (all, when none is named), each as soon as it is done.
    public func checks(of names: [EnvironmentID] = []) -> AsyncStream<DoctorCheck> {
        let chosen = session.environments.environments.filter { names.isEmpty || names.contains($0.info.id) }
        return AsyncStream { continuation in
            let task = Task {
                await withTaskGroup(of: Void.self) { group in
                    for environment in chosen {
                        for question in EnvironmentQuestion.all(of: environment) {
                            group.addTask { continuation.yield(await answer(question, environment)) }
                        }
                    }
                }
                continuation.finish()
            }
            continuation.onTermination = { _ in task.cancel() }
        }
    }

    private func answer(_ question: EnvironmentQuestion, _ environment: Environment) async -> DoctorCheck {
        let start = environment.pacer.uptime
        var check = DoctorCheck(
            environment: environment.info.id, subject: question.subject, outcome: .good, words: "")
        do {
            check.words = try await withTimeLimit(environment.pacer) { try await question.ask(environment) }
            check.seconds = environment.pacer.uptime - start
        } catch let error as AbsentSystem {
            (check.outcome, check.words) = (.absent, error.message)
        } catch {
            let failure = PlainFailure(error)
            check.outcome = question.isOptional && failure.kind != .unreachable ? .warning : .bad
            check.words = failure.message
        }
        return check
    }

    private func withTimeLimit(
        _ pacer: any Pacer, _ work: @escaping @Sendable () async throws -> String
    ) async throws -> String {
        let seconds = seconds
        return try await withThrowingTaskGroup(of: String.self) { group in
            group.addTask(operation: work)
            group.addTask {
                try await pacer.sleep(seconds)
                throw PlainFailure(.unreachable, "no answer within \(Int(seconds)) seconds")
            }
            defer { group.cancelAll() }
            return try await group.next()!
        }
    }
}
