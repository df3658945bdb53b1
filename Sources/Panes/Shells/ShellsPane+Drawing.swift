import Canvas
import Model
import PaneKit
import TerminalScreen

extension ShellsPane {
    func draw(into region: Region, in context: PaneContext) {
        let head = region.sub(Rect(x: 0, y: 0, width: region.width, height: 1))
        let body = region.sub(Rect(x: 0, y: 1, width: region.width, height: region.height - 1))
        guard let session = session(in: context) else {
            return only == nil ? drawList(head, body, context) : drawWords(["Opening the shell…"], .progressing, body)
        }
        drawTitle(session, head, context)
        if SessionFace(session).isOver {
            drawEnded(session, body, context)
        } else if let screen = screen(in: context), screen.revision > 0 {
            screen.picture(rows: body.height, from: top).draw(into: body, showsCursor: top == nil)
        } else {
            drawWords(["Opening \(SessionFace(session).name)…"], .progressing, body)
        }
    }

    private func drawList(_ head: Region, _ body: Region, _ context: PaneContext) {
        var title = PaneTitle(head, in: context)
        title.heading("Shells")
        if !list.rows.isEmpty {
            let over = context.world.sessions.filter { SessionFace($0).isOver }.count
            title.quiet("\(context.world.sessions.count - over) open" + (over > 0 ? ", \(over) over" : ""))
            return list.draw(into: body, in: context)
        }
        let key = context.keys("shell").first.map { "\($0)" } ?? "s"
        drawWords(
            ["No shells", "\(key) on a pod, a workload or a node opens one; it stays here while it lives."], .muted,
            body)
    }

    /// Whose shell this is, so that nobody types into the wrong one: protected environments fill the line.
    private func drawTitle(_ session: SessionInfo, _ head: Region, _ context: PaneContext) {
        let environment = session.object.environment
        let isProtected = context.world.environment(environment)?.isProtected ?? false
        let ground: Ground = isProtected ? .dangerBar : .bar
        head.fill(style: CellStyle(.text, on: ground))
        let right = hint(session, context)
        let room = head.width - DisplayText.width(right) - 2
        let face = SessionFace(session)
        var x = 1
        x += head.putClipped("\(environment)", x: x, y: 0, style: CellStyle(.text, on: ground, .bold), limit: room - x)
        for words in [face.place, session.container, face.command.isEmpty ? session.sort : face.command]
        where !words.isEmpty {
            x += head.putClipped("  " + words, x: x, y: 0, style: CellStyle(.text, on: ground), limit: room - x)
        }
        head.putRight(right, x: 0, y: 0, style: CellStyle(.text, on: ground, .bold), limit: head.width - 1)
    }

    private func hint(_ session: SessionInfo, _ context: PaneContext) -> String {
        if let top, let screen = screen(in: context) {
            let below = screen.rows.upperBound - screen.size.height - top
            return "\(Figure.count(max(0, below))) lines up"
        }
        if case .failed = session.state { return "over" }
        if SessionFace(session).isOver { return SessionFace(session).state.words }
        let way = "ctrl-] \(only == nil ? "back" : "leaves")"  // the console's own, not to be changed
        return session.state == .opening ? "opening · \(way)" : way
    }

    /// The picture stays to be read; the last line says how it ended and what enter does.
    private func drawEnded(_ session: SessionInfo, _ body: Region, _ context: PaneContext) {
        let face = SessionFace(session)
        let (upper, lower) = body.bounds.splitBottom(1)
        if let screen = screen(in: context),
            screen.text.contains(where: { !$0.isEmpty }) || screen.rows.count > screen.size.height
        {
            screen.picture(rows: upper.height, from: top).draw(into: body.sub(upper), showsCursor: false)
        } else {
            drawWords(lines(of: face, context), face.state.tone, body.sub(upper))
        }
        let last = body.sub(lower)
        last.fill(style: CellStyle(.text, on: .bar))
        let style = CellStyle(face.state.tone.role, on: .bar, .bold)
        let way = " · enter closes"
        let words = "\(face.state.tone.sign(unicode: context.isUnicode)) \(face.epitaph)"
        let used = last.putClipped(words, x: 0, y: 0, style: style, limit: last.width - DisplayText.width(way))
        last.put(way, x: used, y: 0, style: style)
    }

    /// What fills the pane when the program never wrote anything.
    private func lines(of face: SessionFace, _ context: PaneContext) -> [String] {
        let again = "\(context.keys("again").first.map { "\($0)" } ?? "r") tries again"
        let debug = "\(context.keys("debug").first.map { "\($0)" } ?? "b") opens a container with tools beside it"
        let ways = face.session.object.kind == .pods ? "\(again), \(debug)." : "\(again)."
        switch face.session.state {
        case .opening, .open: return []
        case .exited(code: 0): return ["It ended and wrote nothing"]
        case .exited: return ["It ended and wrote nothing", face.epitaph, ways]
        case .failed: return ["No \(face.session.sort)", face.epitaph, ways]
        }
    }

    private func drawWords(_ lines: [String], _ tone: Tone, _ region: Region) {
        let x = min(2, region.width / 8)
        var y = max(0, (region.height - lines.count) / 3)
        for (index, line) in lines.enumerated() {
            for part in WrappedText.lines(line, width: region.width - x - 1) {
                region.putClipped(
                    part, x: x, y: y, style: index == 0 ? CellStyle(tone.role, .bold) : .text, limit: region.width - x)
                y += 1
            }
        }
    }

    /// How many rows the picture has: one less when the last line says how it ended.
    private func height(_ context: PaneContext) -> Int {
        let isOver = session(in: context).map { SessionFace($0).isOver } ?? false
        return max(1, context.size.height - (isOver ? 2 : 1))
    }

    mutating func scroll(_ move: TableView.Move, _ context: PaneContext) {
        let page = max(1, height(context) - 1)
        switch move {
        case .up: scroll(-1, context)
        case .down: scroll(1, context)
        case .pageUp: scroll(-page, context)
        case .pageDown: scroll(page, context)
        case .halfUp: scroll(-page / 2, context)
        case .halfDown: scroll(page / 2, context)
        case .first: scroll(-.max / 2, context)
        case .last: top = nil
        }
    }

    mutating func scroll(_ lines: Int, _ context: PaneContext) {
        guard let screen = screen(in: context) else { return }
        let rows = screen.rows
        let last = rows.upperBound - min(height(context), rows.count)
        let target = max(rows.lowerBound, (top ?? last) + lines)
        top = target >= last ? nil : target
    }

    static var commandSets: [[Command]] {
        let context = PaneContext(
            world: World(), scope: Scope(environments: ["none"]), size: Size(width: 80, height: 24))
        let id = SessionID(0)
        let pod = ObjectReference(environment: "none", kind: .pods, namespace: "none", name: "none")
        let states: [SessionInfo.State] = [.open, .exited(code: 0)]
        let shown = states.map { state -> [Command] in
            let session = SessionInfo(id: id, object: pod, container: "", sort: "shell", state: state, since: .zero)
            var world = World()
            _ = world.apply(FeedUpdate(.sessions, change: .sessions([session])))
            var pane = ShellsPane()
            pane.open = id
            return pane.commands(in: PaneContext(world: world, scope: context.scope, size: context.size))
        }
        return [ShellsPane().commands(in: context)] + shown
    }
}
