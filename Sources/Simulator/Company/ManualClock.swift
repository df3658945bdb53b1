import Foundation
import Synchronization

/// A clock that stands still until a test advances it.
///
/// Sleepers wake in the order of their deadlines, equal ones in the order in which they went to sleep.
public final class ManualClock: SimulationClock {
    private struct Sleeper {
        var number: Int
        var deadline: Date
        var continuation: CheckedContinuation<Void, any Error>
    }

    private struct Witness {
        var count: Int
        var continuation: CheckedContinuation<Void, Never>
    }

    private struct State {
        var now: Date
        var nextNumber = 0
        var sleepers: [Sleeper] = []
        var cancelled: Set<Int> = []
        var witnesses: [Witness] = []
    }

    private let state: Mutex<State>

    public init(now: Date) {
        state = Mutex(State(now: now))
    }

    public var now: Date { state.withLock { $0.now } }

    /// How many tasks wait for a later moment now.
    public var sleeperCount: Int { state.withLock { $0.sleepers.count } }

    public func sleep(until deadline: Date) async throws {
        let number = state.withLock { state in
            state.nextNumber += 1
            return state.nextNumber
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation {
                enter(Sleeper(number: number, deadline: deadline, continuation: $0))
            }
        } onCancel: {
            cancel(number)
        }
    }

    /// Moves time on by `seconds`, stopping at each deadline on the way so that a loop that ticks ticks often enough.
    ///
    /// A woken task gets a few turns before time moves on; a test that must know it has gone back to sleep says so
    /// with `waitForSleepers`.
    public func advance(by seconds: Double) async {
        let target = now.addingTimeInterval(seconds)
        while let sleeper = wakeFirst(dueBy: target) {
            sleeper.continuation.resume()
            for _ in 0..<8 { await Task.yield() }
        }
        state.withLock { $0.now = max($0.now, target) }
    }

    /// Returns once at least `count` tasks are asleep, so that a test advances only when everybody waits.
    public func waitForSleepers(_ count: Int) async {
        await withCheckedContinuation { continuation in
            let isMet = state.withLock { state in
                guard state.sleepers.count < count else { return true }
                state.witnesses.append(Witness(count: count, continuation: continuation))
                return false
            }
            if isMet { continuation.resume() }
        }
    }

    private enum Entry {
        case asleep([Witness])
        case awake, cancelled
    }

    private func enter(_ sleeper: Sleeper) {
        let entry = state.withLock { state -> Entry in
            if state.cancelled.remove(sleeper.number) != nil { return .cancelled }
            guard sleeper.deadline > state.now else { return .awake }
            state.sleepers.append(sleeper)
            let met = state.witnesses.filter { $0.count <= state.sleepers.count }
            state.witnesses.removeAll { $0.count <= state.sleepers.count }
            return .asleep(met)
        }
        switch entry {
        case .asleep(let witnesses): for witness in witnesses { witness.continuation.resume() }
        case .awake: sleeper.continuation.resume()
        case .cancelled: sleeper.continuation.resume(throwing: CancellationError())
        }
    }

    private func wakeFirst(dueBy target: Date) -> Sleeper? {
        state.withLock { state in
            let due = state.sleepers.indices.filter { state.sleepers[$0].deadline <= target }
            let first = due.min {
                (state.sleepers[$0].deadline, state.sleepers[$0].number) < (
                    state.sleepers[$1].deadline, state.sleepers[$1].number
                )
            }
            guard let first else { return nil }
            let sleeper = state.sleepers.remove(at: first)
            state.now = max(state.now, sleeper.deadline)
            return sleeper
        }
    }

    private func cancel(_ number: Int) {
        let sleeper = state.withLock { state -> Sleeper? in
            guard let index = state.sleepers.firstIndex(where: { $0.number == number }) else {
                // Cancelled before it lay down, or after it woke; numbers are never used again.
                state.cancelled.insert(number)
                return nil
            }
            return state.sleepers.remove(at: index)
        }
        sleeper?.continuation.resume(throwing: CancellationError())
    }
}
