import Backends
import Model
import Synchronization

/// A clock that a sleeper moves itself: nobody waits, and time passes as if everybody had.
final class StridingPacer: Pacer {
    private let elapsed = Mutex(0.0)
    var now: Timestamp { Timestamp(seconds: 1_700_000_000 + uptime) }
    var uptime: Double { elapsed.withLock { $0 } }
    func random() -> Double { 0.5 }
    func sleep(_ seconds: Double) async throws {
        try Task.checkCancellation()
        elapsed.withLock { $0 += seconds }
        await Task.yield()
    }
}
