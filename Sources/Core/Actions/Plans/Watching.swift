import Backends
import Model

/// Looks again and again until something has come true; for what goes on after the server's answer.
struct Watching: Sendable {
    let run: StepRun
    /// Seconds.
    var patience: Double
    var interval = 1.0

    enum Look<Value: Sendable>: Sendable {
        case over(Value)
        /// Not yet, and how far it is.
        case notYet(String)
    }
    enum End<Value: Sendable>: Sendable {
        case over(Value)
        case outOfPatience(last: String)
        case stopped(last: String)
    }

    /// Looks at once, then each interval. A server that is away is asked again for half a minute; then `StepFault.unseen`.
    func until<Value>(_ look: () async throws -> Look<Value>) async throws -> End<Value> {
        let start = run.pacer.uptime
        var lastAnswer = start
        var last = ""
        while true {
            do {
                switch try await look() {
                case .over(let value): return .over(value)
                case .notYet(let words):
                    if words != last, !words.isEmpty { run.say(words) }
                    last = words
                }
                lastAnswer = run.pacer.uptime
            } catch let error as KubernetesError {
                guard ActionRefusal(error).kind == .unreachable else {
                    throw StepFault("sent, but it could not be watched: \(error.message)", .unseen)
                }
                guard run.pacer.uptime - lastAnswer < Self.absence else {
                    throw StepFault("sent, but the connection was lost while it was watched: \(error.message)", .unseen)
                }
                run.say("the server does not answer; asking again")
            }
            if run.isStopping() { return .stopped(last: last) }
            guard run.pacer.uptime - start < patience else { return .outOfPatience(last: last) }
            try await run.pacer.sleep(run.pacer.jittered(interval))
        }
    }

    /// How long a server may be away.
    private static let absence = 30.0
}
