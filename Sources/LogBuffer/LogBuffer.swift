import Model
import Synchronization

/// The lines of one log, in time order and inside a memory budget: Core fills it, the Logs pane reads snapshots of it.
///
/// Safe to use from any thread. Nothing is left out without being counted (`LogCounters`).
public final class LogBuffer: LogLines {
    /// What a log may hold when nobody says otherwise.
    public static let defaultBudget = 64 << 20

    private struct State {
        var store: LogStore
        /// Handed out again while nothing changes; given up before a change, so that it costs no copy.
        var snapshot: LogSnapshot?
    }

    private let state: Mutex<State>

    /// `budget` in bytes, text and index together. Without `suppressesDoubles` equal lines of one moment all stay, which
    /// suits logs that have one origin and no fine clock, such as a pipeline run's.
    public init(budget: Int = defaultBudget, suppressesDoubles: Bool = true) {
        state = Mutex(State(store: LogStore(budget: max(budget, 64 << 10), suppressesDoubles: suppressesDoubles)))
    }

    public var revision: UInt64 { state.withLock { $0.store.revision } }
    public var count: Int { state.withLock { $0.store.counters.lines } }
    public var counters: LogCounters { state.withLock { $0.store.counters } }

    /// Takes lines as they come in, from one source or from many mixed; each goes to its place in time. A line without a
    /// time (`.zero`) goes to the end. The oldest lines make room.
    public func append(_ lines: [LogLine]) {
        guard !lines.isEmpty else { return }
        change { $0.append(lines) }
    }

    /// Takes a page of older lines, in any order. They push nothing out: false says that the budget is reached and the
    /// oldest of the page were left.
    @discardableResult
    public func prepend(_ page: [LogLine]) -> Bool {
        page.isEmpty || change { $0.prepend(page) }
    }

    /// Counts lines that never arrived.
    public func noteDropped(_ lines: Int) { change { $0.noteDropped(lines) } }

    /// Lets go of all lines; what was counted stays counted.
    public func clear() { change { $0.clear() } }

    /// The log as it stands now.
    public func snapshot() -> LogSnapshot {
        state.withLock { state in
            if let snapshot = state.snapshot { return snapshot }
            let made = LogSnapshot(state.store)
            state.snapshot = made
            return made
        }
    }

    /// Copies one line out; nil when there is none. For more than one line take a snapshot.
    public func line(at position: Int) -> LogLineView? {
        let snapshot = snapshot()
        return position >= 0 && position < snapshot.count ? snapshot.line(at: position) : nil
    }

    @discardableResult
    private func change<R>(_ body: (inout LogStore) -> R) -> R where R: Sendable {
        state.withLock { state in
            state.snapshot = nil
            return body(&state.store)
        }
    }
}
