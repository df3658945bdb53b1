/// A rectangle of a frame that somebody draws into, in its own coordinates; nothing gets outside it.
public struct Region {
    public let frame: Frame
    public let rect: Rect

    public init(frame: Frame, rect: Rect) {
        self.frame = frame
        self.rect = rect.intersection(Rect(x: 0, y: 0, width: frame.size.width, height: frame.size.height))
    }

    public var width: Int { rect.width }
    public var height: Int { rect.height }
    public var size: Size { rect.size }
    /// This region in its own coordinates.
    public var bounds: Rect { Rect(x: 0, y: 0, width: width, height: height) }

    /// A part of this region; `inner` is in this region's coordinates.
    public func sub(_ inner: Rect) -> Region {
        let moved = Rect(x: rect.x + inner.x, y: rect.y + inner.y, width: inner.width, height: inner.height)
        return Region(frame: frame, rect: moved.intersection(rect))
    }

    /// Draws foreign or own text from (x, y) on, clipped to the region and to `limit` columns; returns the columns used.
    /// Control characters are shown as visible replacements; tabs become one such, so expand them before.
    @discardableResult
    public func put(_ text: String, x: Int, y: Int, style: CellStyle = .text, limit: Int = .max) -> Int {
        guard y >= 0, y < height, x < width, limit > 0 else { return 0 }
        let end = limit < width - x ? x + limit : width
        return frame.withRow(rect.y + y) { row in
            var pen = Pen(row: row, origin: rect.x, start: x, end: end)
            pen.put(text, style)
            return pen.used
        }
    }

    /// As `put`, the last column becoming "…" when the text does not fit `limit`.
    @discardableResult
    public func putClipped(_ text: String, x: Int, y: Int, style: CellStyle = .text, limit: Int, ellipsis: String = "…")
        -> Int
    {
        let room = min(limit, width - x)
        guard room > 0 else { return 0 }
        guard DisplayText.isWider(text, than: room) else { return put(text, x: x, y: y, style: style, limit: room) }
        let used = put(text, x: x, y: y, style: style, limit: room - 1)
        return used + put(ellipsis, x: x + used, y: y, style: style, limit: 1)
    }

    /// Text that ends at the right edge of `limit` columns from x.
    public func putRight(_ text: String, x: Int, y: Int, style: CellStyle = .text, limit: Int) {
        let wide = DisplayText.width(text)
        if wide >= limit {
            putClipped(text, x: x, y: y, style: style, limit: limit)
        } else {
            put(text, x: x + limit - wide, y: y, style: style, limit: wide)
        }
    }

    /// Fills a part (all by default) with one character of one column; anything wider becomes a blank.
    public func fill(_ part: Rect? = nil, with scalar: Unicode.Scalar = " ", style: CellStyle = .text) {
        let area = sub(part ?? bounds).rect
        guard !area.isEmpty else { return }
        let cell = Cell(scalar.screenForm == .spacing(width: 1) ? scalar : " ", width: 1, style: style)
        for y in area.y..<area.maxY {
            frame.withRow(y) { row in
                for x in area.x..<area.maxX { row.put(cell, at: x) }
            }
        }
    }

    /// Copies cells that are made already (a shell's screen) into a row; a wide character that the edge cuts becomes a blank.
    public func put(_ cells: UnsafeBufferPointer<Cell>, x: Int = 0, y: Int, toggling: CellStyle.Attributes = []) {
        guard y >= 0, y < height, x >= 0, x < width else { return }
        frame.withRow(rect.y + y) { row in
            for index in 0..<min(cells.count, width - x) {
                var cell = cells[index]
                if cell.width == 2, x + index + 1 >= width { cell = .blank(style: cell.style) }
                cell.style.attributes.formSymmetricDifference(toggling)
                row.set(cell, at: rect.x + x + index)
            }
        }
    }

    /// Lays a ground behind what is drawn already, and adds attributes: the selected row, a mark.
    public func restyle(_ part: Rect, ground: Ground, adding attributes: CellStyle.Attributes = []) {
        let area = sub(part).rect
        guard !area.isEmpty else { return }
        for y in area.y..<area.maxY {
            frame.withRow(y) { row in
                for x in area.x..<area.maxX {
                    row.update(x) { $0.style = $0.style.on(ground).with(attributes) }
                }
            }
        }
    }

    /// Asks for the terminal's cursor at a place of this region.
    public func setCursor(x: Int, y: Int) {
        guard bounds.contains(Point(x: x, y: y)) else { return }
        frame.cursor = Point(x: rect.x + x, y: rect.y + y)
    }
}
