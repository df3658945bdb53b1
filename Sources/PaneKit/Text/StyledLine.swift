import Canvas

/// A line of differently styled pieces: describe, YAML, help.
public struct StyledLine: Sendable, Equatable {
    public struct Span: Sendable, Equatable {
        public var text: String
        public var style: CellStyle
        public init(_ text: String, _ style: CellStyle = .text) {
            self.text = text
            self.style = style
        }
    }
    public var spans: [Span]

    public init(_ spans: [Span] = []) { self.spans = spans }
    public init(_ text: String, _ style: CellStyle = .text) { spans = [Span(text, style)] }

    public var text: String { spans.map(\.text).joined() }

    /// Draws from the column `offset` on.
    public func draw(into region: Region, y: Int, offset: Int = 0) {
        var x = -offset
        for span in spans where x < region.width { x += region.put(span.text, x: x, y: y, style: span.style) }
    }
}
