import Backends
import Model

/// The real clock, but every wait is a fiftieth: back-off that a person would wait out, a test need not.
struct HastyPacer: Pacer {
    private let real = SystemPacer()
    var now: Timestamp { real.now }
    var uptime: Double { real.uptime }
    func sleep(_ seconds: Double) async throws { try await real.sleep(seconds / 50) }
    func random() -> Double { real.random() }
}
