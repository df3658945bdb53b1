/// The rows that move a cursor, the same in every pane.
public enum MoveCommands {
    public static let vertical: [Command] = [
        Command("move.down", "down", help: "one line down", keys: ["j", "down"], group: "Move"),
        Command("move.up", "up", help: "one line up", keys: ["k", "up"], group: "Move"),
        Command("move.page.down", "page down", help: "one page down", keys: ["pagedown", "ctrl-f"], group: "Move"),
        Command("move.page.up", "page up", help: "one page up", keys: ["pageup", "ctrl-b"], group: "Move"),
        Command("move.first", "first", help: "to the first line", keys: ["g", "home"], group: "Move"),
        Command("move.last", "last", help: "to the last line", keys: ["G", "end"], group: "Move"),
    ]

    public static let horizontal: [Command] = [
        Command("move.left", "left", help: "to the left", keys: ["h", "left"], group: "Move"),
        Command("move.right", "right", help: "to the right", keys: ["right"], group: "Move"),
    ]

    public static let back = Command(
        "back", "back", help: "clear the filter or the search, else one page back", keys: ["escape", "backspace", "["],
        group: "Go", weight: 20)

    /// What a vertical row does; nil for other commands.
    public static func move(_ id: Command.ID) -> TableView.Move? { moves[id.name] }

    private static let moves: [String: TableView.Move] = [
        "move.down": .down, "move.up": .up, "move.page.down": .pageDown, "move.page.up": .pageUp,
        "move.first": .first, "move.last": .last,
    ]
}
