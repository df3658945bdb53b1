import Model
import Synchronization

/// A clock that stands still until a test moves it; sleepers wake in the order of their time.
public final class ManualPacer: Pacer {
    private struct Sleeper {
        let id: UInt64
        let due: Double
        let continuation: CheckedContinuation<Void, any Error>
    }
    private struct State {
        var elapsed = 0.0
        var nextID: UInt64 = 0
        var sleepers: [Sleeper] = []
        var cancelled: Set<UInt64> = []
        var watchers: [(count: Int, continuation: CheckedContinuation<Void, Never>)] = []
    }

    private let start: Timestamp
    private let chance: Double
    private let state = Mutex(State())

    /// `chance` is what every throw of the dice gives; a half means no jitter at all.
    public init(start: Timestamp = Timestamp(seconds: 1_700_000_000), chance: Double = 0.5) {
        self.start = start
        self.chance = chance
    }

    public var now: Timestamp { Timestamp(nanoseconds: start.nanoseconds + Int64((uptime * 1e9).rounded())) }
    public var uptime: Double { state.withLock { $0.elapsed } }
    public func random() -> Double { chance }

    /// When the sleepers of this moment will wake, in seconds from now, soonest first.
    public var waits: [Double] {
        state.withLock { state in state.sleepers.map { $0.due - state.elapsed }.sorted() }
    }

    public func sleep(_ seconds: Double) async throws {
        let id = state.withLock { state in
            state.nextID += 1
            return state.nextID
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { admit($0, id: id, seconds: seconds) }
        } onCancel: {
            cancel(id)
        }
    }

    /// Moves the clock and wakes whoever is due, each at its own time.
    public func advance(_ seconds: Double) {
        let due = state.withLock { state in
            state.elapsed += seconds
            let due = state.sleepers.filter { $0.due <= state.elapsed }
            state.sleepers.removeAll { $0.due <= state.elapsed }
            return due.sorted { ($0.due, $0.id) < ($1.due, $1.id) }
        }
        for sleeper in due { sleeper.continuation.resume() }
    }

    /// Returns once so many tasks sleep, so that a test knows that everything has come to rest.
    public func untilSleeping(_ count: Int = 1) async {
        await withCheckedContinuation { continuation in
            let isReached = state.withLock { state in
                if state.sleepers.count >= count { return true }
                state.watchers.append((count, continuation))
                return false
            }
            if isReached { continuation.resume() }
        }
    }

    private func admit(_ continuation: CheckedContinuation<Void, any Error>, id: UInt64, seconds: Double) {
        let (isCancelled, reached) = state.withLock { state -> (Bool, [CheckedContinuation<Void, Never>]) in
            if state.cancelled.remove(id) != nil { return (true, []) }
            state.sleepers.append(Sleeper(id: id, due: state.elapsed + max(0, seconds), continuation: continuation))
            let count = state.sleepers.count
            let reached = state.watchers.filter { $0.count <= count }.map(\.continuation)
            state.watchers.removeAll { $0.count <= count }
            return (false, reached)
        }
        if isCancelled { continuation.resume(throwing: CancellationError()) }
        for watcher in reached { watcher.resume() }
    }

    private func cancel(_ id: UInt64) {
        let sleeper = state.withLock { state -> Sleeper? in
            guard let index = state.sleepers.firstIndex(where: { $0.id == id }) else {
                state.cancelled.insert(id)
                return nil
            }
            return state.sleepers.remove(at: index)
        }
        sleeper?.continuation.resume(throwing: CancellationError())
    }
}
