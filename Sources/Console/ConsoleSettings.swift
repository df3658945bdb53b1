import PaneKit

/// What the assembly gives the console at the start, apart from panes and world.
public struct ConsoleSettings: Sendable {
    public var keymap: Keymap
    public var theme: Theme
    /// The themes that `:theme` offers, ready read.
    public var themes: [Theme]
    public var history: History
    /// Words of the `:` prompt that stand for others: "dp" → "deployments payments".
    public var aliases: [String: String]
    /// A `:` line to carry out at the start; "" for none.
    public var opening: String
    /// One pane on the whole screen, without tabs, header and bottom line: for a shell that a subcommand opened.
    public var isBare: Bool

    public init(
        keymap: Keymap = Keymap(), theme: Theme, themes: [Theme] = [], history: History = History(),
        aliases: [String: String] = [:], opening: String = "", isBare: Bool = false
    ) {
        self.keymap = keymap
        self.theme = theme
        self.themes = themes
        self.history = history
        self.aliases = aliases
        self.opening = opening
        self.isBare = isBare
    }
}
