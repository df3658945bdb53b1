import Synchronization

/// What a test makes a simulated server do wrong, and how often.
final class FaultPlan: Sendable {
    /// One way to fail.
    enum Fault: Sendable, Equatable {
        /// Answers properly, but only after so many seconds.
        case delay(seconds: Double)
        /// Answers with this status, headers and body instead.
        case status(Int, headers: [String: String] = [:], body: String = "")
        /// Sends the first bytes of the proper body and closes the connection.
        case cut(afterBytes: Int)
        /// Sends something that is no HTTP body anybody asked for.
        case garbage
        /// Takes the request and never answers.
        case hang
    }

    private struct Rule {
        var pathPrefix: String
        var fault: Fault
        var remaining: Int
    }

    private let rules = Mutex<[Rule]>([])

    init() {}

    /// From now on the next `times` requests whose path starts with `pathPrefix` fail like this.
    func add(_ fault: Fault, forPathsStartingWith pathPrefix: String = "/", times: Int = .max) {
        rules.withLock { $0.append(Rule(pathPrefix: pathPrefix, fault: fault, remaining: times)) }
    }

    /// Everything is well again.
    func clear() {
        rules.withLock { $0.removeAll() }
    }

    /// The fault for a request, for the server that is about to answer it; uses the rule up by one.
    func take(path: String) -> Fault? {
        rules.withLock { rules in
            guard let index = rules.firstIndex(where: { $0.remaining > 0 && path.hasPrefix($0.pathPrefix) }) else {
                return nil
            }
            rules[index].remaining -= 1
            let fault = rules[index].fault
            if rules[index].remaining == 0 { rules.remove(at: index) }
            return fault
        }
    }
}
