import HTTP
import Model
import Synchronization

/// Credentials that a plugin hands out: kept until they expire or the server refuses them, asked for once however many wait.
///
/// A plugin that failed is left in peace for some seconds, so that many feeds that try again do not start it again and again.
final class ExecCredentials: KubernetesCredentials {
    private struct State {
        var answer: ExecAnswer?
        var running: Task<ExecAnswer, any Error>?
        var failure: (error: any Error, time: Timestamp)?
    }

    private enum Step {
        case ready(ExecAnswer)
        case wait(Task<ExecAnswer, any Error>)
        case fail(any Error)
    }

    /// Seconds.
    static let pauseAfterFailure = 5.0

    private let user: String
    private let now: @Sendable () -> Timestamp
    private let run: @Sendable () async throws -> ExecAnswer
    private let state = Mutex(State())

    init(user: String, now: @escaping @Sendable () -> Timestamp, run: @escaping @Sendable () async throws -> ExecAnswer)
    {
        self.user = user
        self.now = now
        self.run = run
    }

    var identity: HTTPServerSettings.ClientIdentity? { state.withLock { $0.answer?.identity } }

    func headers() async throws -> HTTPHeaders {
        switch state.withLock({ nextStep(&$0) }) {
        case .ready(let answer): return answer.headers
        case .wait(let task): return try await task.value.headers
        case .fail(let error): throw error
        }
    }

    func renew(refused: HTTPHeaders) async -> Bool {
        state.withLock { state in
            guard let answer = state.answer, answer.headers == refused else { return }
            state.answer = nil
        }
        return true
    }

    /// The task belongs to this object and ends by itself: the plugin has a time limit.
    private func nextStep(_ state: inout State) -> Step {
        if let answer = state.answer, answer.isValid(at: now()) { return .ready(answer) }
        if let running = state.running { return .wait(running) }
        if let failure = state.failure, now().since(failure.time) < Self.pauseAfterFailure {
            return .fail(failure.error)
        }
        let task = Task { try await finish() }
        state.running = task
        return .wait(task)
    }

    private func finish() async throws -> ExecAnswer {
        do {
            let answer = try await run()
            state.withLock { $0 = State(answer: answer) }
            return answer
        } catch {
            state.withLock { $0 = State(failure: (error, now())) }
            throw error
        }
    }
}
