import Model

/// Moving the cursor and marking.
extension TableView {
    public enum Move: Sendable { case up, down, pageUp, pageDown, halfUp, halfDown, first, last }

    /// Returns false when the cursor is at the end already.
    @discardableResult
    public mutating func move(_ move: Move, in world: World) -> Bool {
        let before = cursor
        switch move {
        case .up: cursor -= 1
        case .down: cursor += 1
        case .pageUp: scroll(-viewHeight)
        case .pageDown: scroll(viewHeight)
        case .halfUp: scroll(-viewHeight / 2)
        case .halfDown: scroll(viewHeight / 2)
        case .first: cursor = 0
        case .last: cursor = shownCount - 1
        }
        clampScroll()
        remember(in: world)
        return cursor != before
    }

    private mutating func scroll(_ lines: Int) {
        cursor += lines
        top += lines
    }

    /// Moves the cursor to the row on a line of the view (0 is the first under the titles); false when there is none.
    public mutating func select(line: Int, in world: World) -> Bool {
        let index = top + line
        guard line >= 0, index < shownCount else { return false }
        cursor = index
        clampScroll()
        remember(in: world)
        return true
    }

    /// Turns the wheel: the view moves, the cursor only as far as it must.
    public mutating func wheel(_ lines: Int, in world: World) {
        top = min(max(0, top + lines), max(0, shownCount - max(1, viewHeight)))
        cursor = min(max(cursor, top), top + max(0, viewHeight - 1))
        clampScroll()
        remember(in: world)
    }

    /// Puts the cursor on an object by name; kept for later when it is not there yet.
    public mutating func select(_ id: RowID, in world: World) {
        selected = id
        let reader = RowReader(sources, world)
        if let index = visible.firstIndex(where: { reader.id($0) == id }) {
            cursor = index
            clampScroll()
        }
    }

    public mutating func resize(height: Int) {
        viewHeight = max(1, height)
        clampScroll()
    }

    public mutating func shiftColumns(_ by: Int) -> Bool {
        let next = min(max(0, columnOffset + by), max(0, columns.columns.count - fixedColumns - 1))
        defer { columnOffset = next }
        return next != columnOffset
    }

    /// Columns that stay when the others are shifted: environment, namespace and the name.
    var fixedColumns: Int {
        (columns.columns.firstIndex { if case .cell = $0 { true } else { false } } ?? -1) + 1
    }

    public mutating func toggleMark(in world: World) {
        guard let selected else { return }
        if marks.remove(selected) == nil { marks.insert(selected) }
        markAnchor = selected
        move(.down, in: world)
    }

    /// Marks all from the last marked row to the cursor; returns false when nothing is marked yet.
    public mutating func markRange(in world: World) -> Bool {
        let reader = RowReader(sources, world)
        guard let markAnchor, let from = visible.firstIndex(where: { reader.id($0) == markAnchor }) else {
            return false
        }
        for address in visible[min(from, cursor)...max(from, cursor)] {
            if let id = reader.id(address) { marks.insert(id) }
        }
        return true
    }

    public mutating func markAll(in world: World) {
        let reader = RowReader(sources, world)
        for address in visible {
            if let id = reader.id(address) { marks.insert(id) }
        }
    }

    public mutating func clearMarks() {
        marks = []
        markAnchor = nil
    }

    private mutating func remember(in world: World) {
        guard cursor < shownCount else { return }
        selected = RowReader(sources, world).id(visible[cursor])
    }
}

extension TableView {
    public var hasNamespaceColumn: Bool { wantsNamespaceColumn }

    /// Puts the cursor on the first row of that name; false when there is none yet.
    public mutating func select(name: String, in world: World) -> Bool {
        let reader = RowReader(sources, world)
        guard let address = visible.first(where: { reader.row($0)?.name == name }), let id = reader.id(address) else {
            return false
        }
        select(id, in: world)
        return true
    }
}
