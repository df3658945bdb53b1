import Canvas
import Model
import Synchronization

/// What a terminal's program has drawn: bytes in, cells out. Core writes from the session's task, the pane reads when it
/// draws; the bytes themselves never reach the person's terminal.
///
/// Rows have numbers that stay theirs: the first row ever is 0, rows that leave at the top keep counting. The last rows of
/// `rows` are the screen, those before it the scrollback.
public final class ScreenBuffer: SessionScreen {
    private struct State: ~Copyable {
        var revision: UInt64 = 0
        var parser = SequenceParser()
        var screen: Screen
    }
    private let state: Mutex<State>

    /// Sizes are brought between 1 and 1000 each.
    public init(columns: Int, rows: Int) {
        state = Mutex(State(screen: Screen(columns: columns, rows: rows)))
    }

    public var revision: UInt64 { state.withLock { $0.revision } }

    /// How much is written at a time before somebody who wants to draw gets a turn.
    private static let slice = 4096

    /// Takes what the program wrote; returns what it is owed in answer (where the cursor is), to be sent as input.
    public func write(_ bytes: [UInt8]) -> [UInt8] {
        var answers: [UInt8] = []
        for start in stride(from: 0, to: bytes.count, by: Self.slice) {
            answers += write(bytes[start..<min(start + Self.slice, bytes.count)])
        }
        return answers
    }

    private func write(_ slice: ArraySlice<UInt8>) -> [UInt8] {
        state.withLock { state in
            state.revision += 1
            slice.withUnsafeBufferPointer { state.parser.feed($0, to: &state.screen) }
            guard !state.screen.answers.isEmpty else { return [] }
            defer { state.screen.answers = [] }
            return state.screen.answers
        }
    }

    public func resize(columns: Int, rows: Int) {
        state.withLock { state in
            state.revision += 1
            state.screen.resize(columns: columns, rows: rows)
        }
    }

    public var size: Size { state.withLock { Size(width: $0.screen.columns, height: $0.screen.rows) } }
    public var modes: ScreenModes { state.withLock { $0.screen.modes } }

    /// The numbers of all rows that are kept; on the alternate screen only its own, which has no scrollback.
    public var rows: Range<Int> { state.withLock { $0.screen.numbers } }

    /// What can be seen through a window of so many rows: the screen, or from a row's number on when `top` is given. A window
    /// that is lower than the screen shows the part with the cursor.
    public func picture(rows: Int, from top: Int? = nil) -> ScreenPicture {
        state.withLock { $0.screen.picture(rows: rows, from: top) }
    }

    /// Rows as text, trailing blanks removed; rows that are not kept any more are left out.
    public func text(of range: Range<Int>) -> [String] {
        state.withLock { state in range.clamped(to: state.screen.numbers).map { state.screen.text(of: $0) } }
    }

    public func lastRows(_ count: Int) -> [String] {
        state.withLock { state in state.screen.numbers.suffix(max(0, count)).map { state.screen.text(of: $0) } }
    }

    /// The screen as text.
    public var text: [String] { state.withLock { state in state.screen.ownNumbers.map { state.screen.text(of: $0) } } }

    /// Where the program's cursor is on the screen.
    public var cursor: Point { state.withLock { Point(x: $0.screen.cursor.x, y: $0.screen.cursor.y) } }
}
