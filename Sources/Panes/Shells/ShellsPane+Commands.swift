import Canvas
import Model
import PaneKit
import TerminalScreen

extension ShellsPane {
    func commands(in context: PaneContext) -> [Command] {
        guard let session = session(in: context) else { return only == nil ? listRows(context) : [Self.end] }
        if only != nil { return [Self.end] + Self.scrollRows }
        return SessionFace(session).isOver ? endedRows(session) : [Self.leave] + Self.scrollRows
    }

    /// While a program has the keys, this row's key is the only one that is not the program's.
    private static let leave = Command(
        "back", "back to the list", help: "the list of shells; the program goes on", keys: ["ctrl-]"], group: "Shell",
        weight: 90)

    /// The same key where there is no list to go to.
    private static let end = Command(
        "back", "leave", help: "leave the shell; its process ends", keys: ["ctrl-]"], group: "Shell", weight: 90)

    static let scrollRows = [
        Command(
            "shell.page.up", "scroll back", help: "what has left the screen at its top", keys: ["shift-pageup"],
            group: "Shell", weight: 50),
        Command(
            "shell.page.down", "scroll on", help: "back down to what the program writes now",
            keys: ["shift-pagedown"], group: "Shell"),
    ]

    private func listRows(_ context: PaneContext) -> [Command] {
        let session = list.selected.flatMap { info($0, context) }
        let nothing: String? = session == nil ? "there is no shell in the list" : nil
        return MoveCommands.vertical + [
            Command("open", "open", help: "the screen of this shell", keys: ["enter"], group: "Shell", weight: 90)
                .disabled(nothing),
            Command(
                "close", "close", help: "end the process, or take one that is over off the list",
                keys: ["x", "ctrl-d"], group: "Shell", danger: .changes, weight: 70
            ).disabled(nothing),
        ] + commonRows(nothing) + [MoveCommands.back]
    }

    private func endedRows(_ session: SessionInfo) -> [Command] {
        MoveCommands.vertical + Self.scrollRows + [
            Command(
                "close", "close", help: "take it off the list", keys: ["enter", "x", "ctrl-d"], group: "Shell",
                weight: 90)
        ] + commonRows(nil) + [
            Command(
                "back", "back", help: "the list of shells", keys: ["escape", "backspace", "[", "ctrl-]"],
                group: "Go", weight: 20)
        ]
    }

    private func commonRows(_ nothing: String?) -> [Command] {
        [
            Command("again", "again", help: "open the same once more", keys: ["r"], group: "Shell", weight: 60)
                .disabled(nothing),
            Command(
                "debug", "debug", help: "a container with tools beside it, where it has no shell of its own",
                keys: ["b"], group: "Shell", weight: 30
            ).disabled(nothing),
            Command("object", "object", help: "go to the pod or node", keys: ["o"], group: "Shell", weight: 40)
                .disabled(nothing),
            Command("copy", "copy", help: "copy what is on its screen", keys: ["c"], group: "Shell").disabled(nothing),
            Command(
                "save", "save", help: "write its screen and what has scrolled away to a file", keys: ["S"],
                group: "Shell"
            ).disabled(nothing),
        ]
    }

    /// The session that commands are about: the open one, else the one under the cursor.
    private func current(_ context: PaneContext) -> SessionInfo? {
        (open ?? list.selected).flatMap { info($0, context) }
    }

    mutating func perform(_ id: Command.ID, _ context: PaneContext) -> [Effect] {
        if let move = MoveCommands.move(id) {
            if open == nil { list.move(move) } else { scroll(move, context) }
            return []
        }
        switch id.name {
        case "shell.page.up": scroll(.pageUp, context)
        case "shell.page.down": scroll(.pageDown, context)
        case "back": return back()
        default: return current(context).map { perform(id, $0, context) } ?? []
        }
        return []
    }

    private mutating func perform(_ id: Command.ID, _ session: SessionInfo, _ context: PaneContext) -> [Effect] {
        switch id.name {
        case "open": show(session.id)
        case "close": return close(session)
        case "again": return again(session)
        case "debug":
            if session.object.kind != .pods {
                return [.notice(Notice("debug: only pods take debug containers", .warning))]
            }
            return [
                .ask(
                    Prompt(
                        "debug", label: "debug \(session.object.name) with the image: ", text: "busybox:1.37",
                        history: "tool images"))
            ]
        case "object": return [.go(.object(session.object, .describe))]
        case "copy": return copy(session, context)
        case "save": return save(session, context)
        default: preconditionFailure("no such command: \(id)")
        }
        return []
    }

    private mutating func back() -> [Effect] {
        if let only { return [Self.question(only, "the shell", detail: "ends its process")] }
        guard open != nil else { return [.leave] }
        open = nil
        top = nil
        return []
    }

    /// A live process is asked about: closing ends it.
    private mutating func close(_ session: SessionInfo) -> [Effect] {
        let face = SessionFace(session)
        guard face.isOver else {
            return [Self.question(session.id, face.name, detail: "ends \(face.name)")]
        }
        if open == session.id { _ = back() }
        return [.session(session.id, .close)]
    }

    private static func question(_ id: SessionID, _ name: String, detail: String) -> Effect {
        let choices = [Completion("close", detail: detail), Completion("keep", detail: "it goes on")]
        return .ask(
            Prompt(Prompt.ID("close \(id.number)"), label: "close \(name)? ", completions: choices, isChoice: true))
    }

    private func again(_ session: SessionInfo) -> [Effect] {
        let container = session.container.isEmpty ? nil : session.container
        let verb: ActionVerb =
            session.sort == "attach"
            ? .attach(container: container)
            : session.object.kind == .nodes
                ? .nodeShell(image: "") : .shell(ShellOptions(container: container, command: session.command))
        return [.act(Action(verb, on: [session.object], in: session.object.environment))]
    }

    mutating func accept(_ prompt: Prompt.ID, _ answer: String, _ context: PaneContext) -> [Effect] {
        if prompt == "debug", !answer.isEmpty, let session = current(context) {
            let target = session.container.isEmpty ? nil : session.container
            let options = DebugOptions(image: answer, target: target)
            return [.act(Action(.debug(options), on: [session.object], in: session.object.environment))]
        }
        // The one that was asked about, wherever the cursor is by now.
        if prompt.name.hasPrefix("close "), answer == "close", let number = Int(prompt.name.dropFirst(6)) {
            return [.session(SessionID(number), .close)] + (only == nil ? [] : [.quit])
        }
        return []
    }

    private func copy(_ session: SessionInfo, _ context: PaneContext) -> [Effect] {
        guard let screen = context.world.screens[session.id] as? ScreenBuffer else {
            return [.notice(Notice("copy: nothing has come from it yet", .warning))]
        }
        return [.copy(Self.joined(screen.text), what: "the screen of \(session.object.name)")]
    }

    private func save(_ session: SessionInfo, _ context: PaneContext) -> [Effect] {
        guard let screen = context.world.screens[session.id] as? ScreenBuffer else {
            return [.notice(Notice("save: nothing has come from it yet", .warning))]
        }
        return [.save(Self.joined(screen.text(of: screen.rows)), name: "\(session.object.name)-\(session.sort).txt")]
    }

    private static func joined(_ rows: [String]) -> String {
        var rows = rows
        while rows.last?.isEmpty == true { rows.removeLast() }
        return rows.map { $0 + "\n" }.joined()
    }

    /// The pane of a session that a subcommand opened.
    static func descriptor(only id: SessionID) -> PaneDescriptor {
        PaneDescriptor(
            id: "shell", title: "Shell", help: "one shell on the whole screen", make: { ShellsPane(only: id) },
            accepts: { _ in false })
    }

    static let descriptor = PaneDescriptor(
        id: "shells", title: "Shells", help: "shells and attached processes, which live on while you look elsewhere",
        make: { ShellsPane() },
        accepts: { if case .session = $0 { true } else { false } },
        complete: { line, _ in
            line.arguments.isEmpty && !line.word.isEmpty && "shells".hasPrefix(line.word)
                ? [Completion("shells", detail: "shells and attached processes")] : []
        },
        commandSets: { ShellsPane.commandSets })
}
