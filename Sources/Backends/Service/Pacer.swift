import Model

/// The clock and the dice of everything that waits: polls, back-off, linger. `ManualPacer` is its twin for tests.
public protocol Pacer: Sendable {
    /// The time of day, for what is shown and compared with servers' times.
    var now: Timestamp { get }
    /// Seconds on a clock that never jumps, for durations.
    var uptime: Double { get }
    /// Waits; throws `CancellationError` when the task is cancelled meanwhile.
    func sleep(_ seconds: Double) async throws
    /// From 0 up to, but not including, 1.
    func random() -> Double
}

extension Pacer {
    /// `seconds` give or take a share, so that a hundred consoles do not ask in step.
    public func jittered(_ seconds: Double, by share: Double = 0.1) -> Double {
        seconds * (1 + share * (2 * random() - 1))
    }
}
