import Canvas
import Model

/// A short table that a pane makes itself: alerts, runs, containers. Rows are given anew at each change; cursor and scroll
/// stay on the row's identity.
public struct ListView<ID: Hashable & Sendable>: Sendable {
    public struct Row: Sendable {
        public var id: ID
        public var cells: [StyledLine]
        public var tone: Tone
        /// A heading between rows: drawn over the full width.
        public var isHeading: Bool
        public init(id: ID, cells: [StyledLine], tone: Tone = .plain, isHeading: Bool = false) {
            self.id = id
            self.cells = cells
            self.tone = tone
            self.isHeading = isHeading
        }

        func matches(_ filter: ListFilter) -> Bool { filter.matches(cells.map(\.text)) }
    }

    public struct Column: Sendable {
        public var title: String
        public var isRightAligned: Bool
        /// The last column that wants it takes what room is left.
        public var isFlexible: Bool
        public init(_ title: String, right: Bool = false, flexible: Bool = false) {
            self.title = title
            isRightAligned = right
            isFlexible = flexible
        }
    }

    public private(set) var columns: [Column]
    private var all: [Row] = []
    public private(set) var rows: [Row] = []
    public private(set) var filter = ListFilter("")
    private var cursor = 0
    private var top = 0
    private var height = 20
    private var widths: [Int]
    private var wanted: ID?

    public init(_ columns: [Column]) {
        self.columns = columns
        widths = columns.map { DisplayText.width($0.title) }
    }

    public var totalCount: Int { all.count }
    public var selected: ID? { rows.indices.contains(cursor) ? rows[cursor].id : nil }

    public mutating func setRows(_ rows: [Row]) {
        all = rows
        for row in rows where !row.isHeading {
            for (index, cell) in row.cells.enumerated() where index < widths.count {
                widths[index] = max(widths[index], min(120, DisplayText.width(cell.text)))
            }
        }
        refilter()
    }

    public mutating func setFilter(_ source: String) {
        guard source != filter.source else { return }
        filter = ListFilter(source)
        refilter()
    }

    /// Puts the cursor on a row now, or as soon as it comes.
    public mutating func select(_ id: ID) {
        wanted = id
        refilter()
    }

    private mutating func refilter() {
        let line = cursor - top
        let former = wanted ?? selected
        rows = filter.isEmpty ? all : all.filter { $0.isHeading || $0.matches(filter) }
        dropEmptyHeadings()
        if let former, let index = rows.firstIndex(where: { $0.id == former }) {
            cursor = index
            if former == wanted { wanted = nil }
        }
        top = cursor - line
        clamp()
    }

    private mutating func dropEmptyHeadings() {
        rows = rows.enumerated().filter { index, row in
            !row.isHeading || (index + 1 < rows.count && !rows[index + 1].isHeading)
        }.map(\.element)
    }

    public mutating func resize(height: Int) {
        self.height = max(1, height - 1)
        clamp()
    }

    @discardableResult
    public mutating func move(_ move: TableView.Move) -> Bool {
        let before = cursor
        switch move {
        case .up: cursor -= 1
        case .down: cursor += 1
        case .pageUp: cursor -= height
        case .pageDown: cursor += height
        case .halfUp: cursor -= height / 2
        case .halfDown: cursor += height / 2
        case .first: cursor = 0
        case .last: cursor = rows.count - 1
        }
        clamp()
        skipHeading(down: cursor >= before)
        return cursor != before
    }

    /// Selects the row on a line of the view; line 0 is the first under the titles.
    public mutating func select(line: Int) -> Bool {
        guard line >= 0, rows.indices.contains(top + line), !rows[top + line].isHeading else { return false }
        cursor = top + line
        return true
    }

    private mutating func skipHeading(down: Bool) {
        guard rows.indices.contains(cursor), rows[cursor].isHeading else { return }
        let order =
            down
            ? Array(cursor..<rows.count) + (0..<cursor).reversed()
            : (0..<cursor).reversed() + Array(cursor..<rows.count)
        if let next = order.first(where: { !rows[$0].isHeading }) { cursor = next }
        clamp()
    }

    private mutating func clamp() {
        cursor = min(max(0, cursor), max(0, rows.count - 1))
        if cursor < top { top = cursor }
        if cursor >= top + height { top = cursor - height + 1 }
        // The heading above the first row stays in view with it.
        if top > 0, top == cursor, rows.indices.contains(top - 1), rows[top - 1].isHeading { top -= 1 }
        top = min(max(0, top), max(0, rows.count - height))
        if rows.indices.contains(cursor), rows[cursor].isHeading, cursor + 1 < rows.count { cursor += 1 }
    }

    public func draw(into region: Region, in context: PaneContext) {
        let places = layout(region.width - 2)
        for (column, place) in zip(columns, places) where place.width > 0 {
            put(StyledLine(column.title, CellStyle(.header, .bold)), column, place, region, y: 0)
        }
        for line in 0..<max(0, region.height - 1) where top + line < rows.count {
            let row = rows[top + line]
            if row.isHeading {
                row.cells.first?.draw(into: region, y: line + 1)
            } else {
                region.put(
                    row.tone.sign(unicode: context.isUnicode), x: 0, y: line + 1, style: CellStyle(row.tone.role))
                for (index, cell) in row.cells.enumerated() where index < places.count && places[index].width > 0 {
                    put(cell, columns[index], places[index], region, y: line + 1)
                }
            }
            if top + line == cursor {
                region.restyle(Rect(x: 0, y: line + 1, width: region.width, height: 1), ground: .selection)
            }
        }
    }

    private func put(_ cell: StyledLine, _ column: Column, _ place: (x: Int, width: Int), _ region: Region, y: Int) {
        let area = region.sub(Rect(x: place.x + 2, y: y, width: place.width, height: 1))
        let wide = DisplayText.width(cell.text)
        if wide > place.width, cell.spans.count == 1 {
            area.putClipped(cell.text, x: 0, y: 0, style: cell.spans[0].style, limit: place.width)
        } else {
            cell.draw(into: area, y: 0, offset: column.isRightAligned ? wide - place.width : 0)
        }
    }

    /// Natural widths; what is too much is taken off the flexible column, then off the right edge.
    private func layout(_ width: Int) -> [(x: Int, width: Int)] {
        var wanted = widths
        let used = wanted.reduce(0, +) + 2 * (columns.count - 1)
        if let flexible = columns.lastIndex(where: \.isFlexible) {
            wanted[flexible] = max(min(12, wanted[flexible]), wanted[flexible] + width - used)
        }
        var x = 0
        return wanted.map { want in
            defer { x += want + 2 }
            return (x, max(0, min(want, width - x)))
        }
    }
}
