import Backends
import Model
import Synchronization

/// The ways back of the last actions, for as long as they are offered: what a `revert` is made of.
final class KeptWays: Sendable {
    struct Way: Sendable {
        var title: String
        var objects: [ObjectReference]
        var steps: [Step]
        var until: Timestamp
    }
    /// How long a way back is offered, in seconds.
    static let seconds = 60.0

    private let ways = Mutex<[ActionID: Way]>([:])

    func keep(_ way: Way, of id: ActionID, now: Timestamp) {
        ways.withLock { ways in
            ways = ways.filter { $0.value.until > now }
            ways[id] = way
        }
    }

    func way(of id: ActionID, now: Timestamp) -> Way? {
        ways.withLock { $0[id] }.flatMap { $0.until > now ? $0 : nil }
    }

    func take(_ id: ActionID) { _ = ways.withLock { $0.removeValue(forKey: id) } }
}
