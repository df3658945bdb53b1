/// How text looks; nil colours are left to what lies beneath.
public struct TextStyle: Hashable, Sendable {
    public var foreground: Colour?
    public var background: Colour?
    public var attributes: CellStyle.Attributes

    public init(_ foreground: Colour? = nil, on background: Colour? = nil, _ attributes: CellStyle.Attributes = []) {
        self.foreground = foreground
        self.background = background
        self.attributes = attributes
    }
}
