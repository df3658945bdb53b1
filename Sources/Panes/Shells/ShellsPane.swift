import Canvas
import Model
import PaneKit
import TerminalScreen

/// Shells and attached processes: the list of them, and the screen of one, which gets every key while it lives but the one
/// that leads back here.
struct ShellsPane: Pane, Sendable {
    var list = ListView<SessionID>([
        .init("OBJECT", flexible: true), .init("CONTAINER"), .init("SORT"), .init("STATE"), .init("AGE", right: true),
        .init("COMMAND"), .init("ENVIRONMENT"),
    ])
    var open: SessionID?
    /// The one session there is when a subcommand opened it: the pane shows it and nothing else, and ends with it.
    private(set) var only: SessionID?
    private var hasSeenOnly = false
    /// The row that is uppermost while the person looks at what has scrolled away; nil follows the program.
    var top: Int?
    /// What each session was last told of its size.
    private var told: [SessionID: Size] = [:]

    init(only: SessionID? = nil) {
        self.only = only
        open = only
    }

    func title(in context: PaneContext) -> String {
        let count = context.world.sessions.filter { !SessionFace($0).isOver }.count
        return count == 0 ? "Shells" : "Shells \(count)"
    }

    func feeds(in context: PaneContext) -> [FeedID] { [.sessions] + (open.map { [.session($0)] } ?? []) }

    func takesKeys(in context: PaneContext) -> Bool { session(in: context).map { !SessionFace($0).isOver } ?? false }

    mutating func handle(_ event: PaneEvent, in context: PaneContext) -> [Effect] {
        sync(context)
        defer { sync(context) }
        switch event {
        case .command(let id): return perform(id, context) + fit(context)
        case .go(.session(let id)):
            show(id)
            return fit(context)
        case .key(let key): return press(key, context)
        case .paste(let text): return type(KeyBytes.paste(text, in: screen(in: context)?.modes ?? ScreenModes()))
        case .prompt(let id, .accepted(let answer)): return accept(id, answer, context)
        case .mouse(let mouse): return point(mouse, context) + fit(context)
        case .feed where isOver(context): return [.quit]
        default: return fit(context)
        }
    }

    /// Whether the only session has come and ended.
    private func isOver(_ context: PaneContext) -> Bool {
        guard let only, hasSeenOnly else { return false }
        return info(only, context).map { SessionFace($0).isOver } ?? true
    }

    func session(in context: PaneContext) -> SessionInfo? { open.flatMap { info($0, context) } }
    func info(_ id: SessionID, _ context: PaneContext) -> SessionInfo? {
        context.world.sessions.first { $0.id == id }
    }
    func screen(in context: PaneContext) -> ScreenBuffer? {
        open.flatMap { context.world.screens[$0] as? ScreenBuffer }
    }

    mutating func show(_ id: SessionID) {
        open = id
        top = nil
        list.select(id)
    }

    /// Tells the program how much room it has, when that is news.
    mutating func fit(_ context: PaneContext) -> [Effect] {
        guard let open, let session = info(open, context), !SessionFace(session).isOver else { return [] }
        let room = Self.room(context.size)
        guard told[open] != room, room.width > 0, room.height > 0 else { return [] }
        told[open] = room
        top = nil
        return [.session(open, .resize(columns: room.width, rows: room.height))]
    }

    /// What a screen gets of the pane: all but the title line.
    static func room(_ size: Size) -> Size { Size(width: size.width, height: size.height - 1) }

    mutating func type(_ bytes: [UInt8]) -> [Effect] {
        guard let open, !bytes.isEmpty else { return [] }
        top = nil
        return [.session(open, .type(bytes))]
    }

    private mutating func press(_ key: Key, _ context: PaneContext) -> [Effect] {
        let screen = screen(in: context)
        let modes = screen?.modes ?? ScreenModes()
        // A full-screen program has no scrollback, so it gets these keys too.
        if !modes.isAlternate, let row = Self.scrollRows.first(where: { isKey(key, of: $0, context) }) {
            return perform(row.id, context)
        }
        return type(KeyBytes.of(key, in: modes))
    }

    private func isKey(_ key: Key, of row: Command, _ context: PaneContext) -> Bool {
        let own = context.keys(row.id)
        return (own.isEmpty ? row.keys : own).contains(key)
    }

    private mutating func sync(_ context: PaneContext) {
        let sessions = context.world.sessions
        if let only, sessions.contains(where: { $0.id == only }) { hasSeenOnly = true }
        if let open, only == nil, !sessions.contains(where: { $0.id == open }) {
            self.open = nil
            top = nil
        }
        told = told.filter { id, _ in sessions.contains { $0.id == id } }
        list.resize(height: context.size.height - 1)
        list.setRows(sessions.map { Self.row($0, context) })
    }

    private static func row(_ session: SessionInfo, _ context: PaneContext) -> ListView<SessionID>.Row {
        let face = SessionFace(session)
        let style = CellStyle(face.isOver ? .muted : .text)
        let isProtected = context.world.environment(session.object.environment)?.isProtected ?? false
        return .init(
            id: session.id,
            cells: [
                StyledLine(face.place, style), StyledLine(session.container, style), StyledLine(session.sort, style),
                StyledLine(face.state.words, CellStyle(face.state.tone.role)),
                StyledLine(Age.text(context.now.since(session.since)), CellStyle(.muted)),
                StyledLine(face.command, CellStyle(.muted)),
                StyledLine("\(session.object.environment)", CellStyle(isProtected ? .danger : .muted)),
            ], tone: face.state.tone)
    }

    private mutating func point(_ mouse: MouseEvent, _ context: PaneContext) -> [Effect] {
        guard let session = session(in: context) else {
            switch mouse.action {
            case .wheelUp: list.move(.up)
            case .wheelDown: list.move(.down)
            case .press: _ = list.select(line: mouse.place.y - 2)
            case .doublePress: if list.select(line: mouse.place.y - 2) { return perform("open", context) }
            }
            return []
        }
        let place = Point(x: mouse.place.x, y: mouse.place.y - 1)
        let modes = screen(in: context)?.modes ?? ScreenModes()
        if !SessionFace(session).isOver, modes.mouse != .off || modes.isAlternate {
            return place.y < 0 ? [] : type(KeyBytes.mouse(MouseEvent(mouse.action, at: place), in: modes))
        }
        if mouse.action == .wheelUp { scroll(-3, context) }
        if mouse.action == .wheelDown { scroll(3, context) }
        return []
    }
}
