import Canvas

/// A theme: what a file under `themes/` says, ready for a terminal.
public struct Theme: Sendable, Hashable {
    public var name: String
    /// A few words for the completion of `:theme`.
    public var summary: String
    public var palette: Palette

    public init(name: String, summary: String = "", palette: Palette) {
        self.name = name
        self.summary = summary
        self.palette = palette
    }
}
