import Canvas
import PaneKit

/// The console's own command rows, and what they do.
extension Console {
    /// What the key map checks the panes' rows against, before there is a console: tabs by number, and the rest.
    public static func commandSets(panes: [PaneDescriptor]) -> [[Command]] {
        let own = ownRows(panes)
        let none = PaneContext(
            world: .init(), scope: Scope(environments: [""]), size: Size(width: 80, height: 24))
        return panes.flatMap { pane in
            let sets = pane.commandSets()
            return (sets.isEmpty ? [pane.make().commands(in: none)] : sets).map { $0 + own }
        }
    }

    var ownCommands: [Command] {
        let noWayBack =
            running.isEmpty ? "there is nothing to take back now" : "a change is under way; ctrl-g shows it"
        let one = tabs.count < 2 ? "there is only one tab" : nil
        return Self.tabCommands(tabs.map(\.descriptor.title), visible: visible)
            + Self.fixedCommands.map { row in
                switch row.id {
                case "tab.next", "tab.previous": row.disabled(one)
                case "console.undo": row.disabled(wayBack == nil ? noWayBack : nil)
                case "console.actions": row.disabled(sheets.isEmpty ? "nothing has been changed so far" : nil)
                default: row
                }
            }
    }

    static func tabCommands(_ titles: [String], visible: Int) -> [Command] {
        titles.prefix(9).enumerated().map { index, title in
            Command(
                Command.ID("tab.\(index + 1)"), title.lowercased(), help: "to the tab \(title)",
                keys: ["\(index + 1)"], group: "Console")
        }
    }

    static let fixedCommands: [Command] = [
        Command("tab.next", "next tab", help: "to the next tab", keys: ["tab"], group: "Console"),
        Command("tab.previous", "previous tab", help: "to the tab before", keys: ["shift-tab"], group: "Console"),
        Command(
            "console.prompt", "go to", help: "any kind, environment or pane by its name", keys: [":"], group: "Console"),
        Command(
            "console.palette", "palette", help: "find a command by its words", keys: ["ctrl-p"], group: "Console",
            weight: 5),
        Command("console.help", "help", help: "all keys that do something here", keys: ["?"], group: "Console"),
        Command(
            "console.actions", "actions", help: "what is being changed and what was: progress, results, stopping",
            keys: ["ctrl-g"], group: "Console"),
        Command(
            "console.undo", "undo", help: "take the last change back, while that is offered", keys: ["u"],
            group: "Console"),
        Command("console.refresh", "refresh", help: "ask the servers again now", keys: ["ctrl-r"], group: "Console"),
        Command("console.redraw", "redraw", help: "draw the screen anew", keys: ["ctrl-l"], group: "Console"),
        Command(
            "console.leave", "leave", help: "back, and out from the first page", keys: ["q"], group: "Console",
            weight: 1),
        Command(
            "console.suspend", "suspend", help: "back to the shell; fg returns", keys: ["ctrl-z"], group: "Console"),
        Command("console.quit", "quit", help: "end midwatch", keys: ["ctrl-c"], group: "Console"),
    ]

    /// Runs a row of the console's own; nil when the row is a pane's.
    mutating func perform(_ id: Command.ID) -> [Effect]? {
        if id.name.hasPrefix("tab."), let number = Int(id.name.dropFirst(4)) { return turn(to: number - 1) }
        switch id {
        case "tab.next": return turn(to: (visible + 1) % max(1, tabs.count))
        case "tab.previous": return turn(to: (visible + tabs.count - 1) % max(1, tabs.count))
        case "console.prompt": openLine()
        case "console.palette": overlay = .palette(PaletteOverlay())
        case "console.help": overlay = .help(HelpOverlay())
        case "console.refresh": return refresh()
        case "console.redraw": return [.invalidate]
        case "console.leave": return goBack()
        case "console.suspend": return [.suspend]
        case "console.quit": askToQuit()
        case "console.undo": return undo()
        case "console.actions": return showActions([])
        default: return nil
        }
        return []
    }

    mutating func turn(to index: Int) -> [Effect] {
        trail = []
        return showTab(index)
    }

    private mutating func refresh() -> [Effect] {
        show(Notice("asking the servers again"))
        return subscribed.map(Effect.refresh)
    }

    /// A pane that keeps pages has a row "back", which leaves when there is none.
    mutating func goBack() -> [Effect] {
        guard paneCommands.contains(where: { $0.id == "back" && $0.disabled == nil }) else { return leave() }
        return send(.command("back"), to: visible)
    }
}
