import Canvas

/// What the person's configuration says about the terminal.
public struct TerminalSettings: Hashable, Sendable {
    public enum Colours: String, Hashable, Sendable, CaseIterable {
        case auto, none
        case eight = "8"
        case sixteen = "16"
        case twoHundredFiftySix = "256"
        case direct = "truecolor"
    }
    public enum Clipboard: String, Hashable, Sendable, CaseIterable { case auto, native, osc52, off }
    public enum Symbols: String, Hashable, Sendable, CaseIterable { case auto, unicode, ascii }

    public var colours: Colours
    public var clipboard: Clipboard
    public var symbols: Symbols
    public var mouse: Bool

    public init(
        colours: Colours = .auto, clipboard: Clipboard = .auto, symbols: Symbols = .auto, mouse: Bool = true
    ) {
        self.colours = colours
        self.clipboard = clipboard
        self.symbols = symbols
        self.mouse = mouse
    }
}
