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
        var pen = Pen(region: self, x: x, y: y, limit: limit)
        for scalar in text.unicodeScalars where !pen.put(scalar, style) { break }
        return pen.used
    }

    /// As `put`, the last column becoming "…" when the text does not fit `limit`.
    @discardableResult
    public func putClipped(_ text: String, x: Int, y: Int, style: CellStyle = .text, limit: Int, ellipsis: String = "…")
        -> Int
    {
        let room = min(limit, width - x)
        guard DisplayText.width(text) > room else { return put(text, x: x, y: y, style: style, limit: room) }
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

    /// Fills a part (all by default) with one character.
    public func fill(_ part: Rect? = nil, with scalar: Unicode.Scalar = " ", style: CellStyle = .text) {
        let area = sub(part ?? bounds).rect
        let cell = Cell(scalar, width: 1, style: style)
        for y in area.y..<area.maxY {
            for x in area.x..<area.maxX { frame[x, y] = cell }
        }
    }

    /// Lays a ground behind what is drawn already, and adds attributes: the selected row, a mark.
    public func restyle(_ part: Rect, ground: Ground, adding attributes: CellStyle.Attributes = []) {
        let area = sub(part).rect
        for y in area.y..<area.maxY {
            for x in area.x..<area.maxX {
                var cell = frame[x, y]
                cell.style = cell.style.on(ground).with(attributes)
                frame[x, y] = cell
            }
        }
    }

    /// Asks for the terminal's cursor at a place of this region.
    public func setCursor(x: Int, y: Int) {
        guard bounds.contains(Point(x: x, y: y)) else { return }
        frame.cursor = Point(x: rect.x + x, y: rect.y + y)
    }
}

/// Writes scalar after scalar into cells, with the rules of width, combination and replacement.
private struct Pen {
    let region: Region
    let start: Int
    var x: Int
    let y: Int
    let end: Int
    var used: Int { x - start }

    init(region: Region, x: Int, y: Int, limit: Int) {
        self.region = region
        start = x
        self.x = x
        self.y = y
        end = y >= 0 && y < region.height ? min(region.width, limit == .max ? .max : x + max(0, limit)) : x
    }

    /// False when there is no room any more.
    mutating func put(_ scalar: Unicode.Scalar, _ style: CellStyle) -> Bool {
        switch scalar.screenForm {
        case .spacing(let width): return place(scalar, width, style)
        case .replaced(let substitute): return place(substitute, 1, style.with(.dim))
        case .combining:
            combine(scalar)
            return true
        }
    }

    private mutating func place(_ scalar: Unicode.Scalar, _ width: Int, _ style: CellStyle) -> Bool {
        guard x + width <= end else { return false }
        if x >= 0 {
            let (column, row) = (region.rect.x + x, region.rect.y + y)
            region.frame[column, row] = Cell(scalar, width: width, style: style)
            if width == 2 { region.frame[column + 1, row] = Cell.rightHalf(style: style) }
        }
        x += width
        return true
    }

    private func combine(_ scalar: Unicode.Scalar) {
        guard x > max(start, 0) else { return }
        let row = region.rect.y + y
        var column = region.rect.x + x - 1
        if region.frame[column, row].isRightHalf { column -= 1 }
        guard column >= region.rect.x else { return }
        var cell = region.frame[column, row]
        cell.combine(scalar)
        region.frame[column, row] = cell
    }
}
