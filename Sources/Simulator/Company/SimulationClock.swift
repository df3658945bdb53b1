import Foundation

/// Time as the make-believe company knows it: everything timed in the simulator asks this and nothing else,
/// so that a test can drive a day of incidents by hand.
public protocol SimulationClock: Sendable {
    /// The moment it is now.
    var now: Date { get }

    /// Returns when `now` has reached `deadline`, at once if it has already; throws `CancellationError` when cancelled.
    func sleep(until deadline: Date) async throws
}

extension SimulationClock {
    /// Returns `seconds` from now, for loops that tick.
    func sleep(seconds: Double) async throws {
        try await sleep(until: now.addingTimeInterval(seconds))
    }
}
