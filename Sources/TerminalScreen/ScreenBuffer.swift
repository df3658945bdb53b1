import Model
import Synchronization

/// What a terminal's program has drawn: bytes in, cells out. Core writes from the session's task, the pane reads when it
/// draws; the bytes themselves never reach the person's terminal.
public final class ScreenBuffer: SessionScreen {
    private struct State {
        var revision: UInt64 = 0
    }
    private let state = Mutex(State())

    public init(columns: Int, rows: Int) {}

    public var revision: UInt64 { state.withLock { $0.revision } }

    /// Takes what the program wrote; returns what it is owed in answer (where the cursor is), to be sent as input.
    public func write(_ bytes: [UInt8]) -> [UInt8] {
        state.withLock { $0.revision += 1 }
        return []
    }

    public func resize(columns: Int, rows: Int) {}
}
