import Canvas
import Model

/// Titles, rows, cursor and marks.
extension TableView {
    /// Columns before the first cell: the mark, the sign of the tone, a blank.
    static let gutter = 3

    /// Rows a region of this height shows, below the line of titles.
    public static func rowHeight(_ height: Int) -> Int { max(0, height - 1) }

    /// The title that stands at a column of a view so wide; nil between titles.
    public func title(at x: Int, width: Int) -> String? {
        let places = ColumnLayout(self, width: width - Self.gutter).places
        return places.last { $0.x + Self.gutter <= x && x < $0.x + Self.gutter + $0.width + 1 }
            .map { columns.titles[$0.index] }
    }

    /// Draws titles and the rows in view. Draw the face of an empty or failed feed yourself when `shownCount` is 0.
    public func draw(into region: Region, isFocused: Bool, in context: PaneContext) {
        let layout = ColumnLayout(self, width: region.width - Self.gutter)
        drawTitles(region, layout, context)
        let reader = RowReader(sources, context.world)
        let list = visible
        for line in 0..<max(0, region.height - 1) {
            let index = top + line
            guard index < list.count, let row = reader.row(list[index]) else { break }
            let area = region.sub(Rect(x: 0, y: line + 1, width: region.width, height: 1))
            drawRow(row, list[index], reader, layout, area, context)
            if index == cursor {
                area.restyle(area.bounds, ground: isFocused ? .selection : .inactiveSelection)
            }
        }
    }

    private func drawTitles(_ region: Region, _ layout: ColumnLayout, _ context: PaneContext) {
        let style = CellStyle(.header, .bold)
        region.fill(Rect(x: 0, y: 0, width: region.width, height: 1), style: style)
        for place in layout.places {
            var title = columns.titles[place.index]
            if columns.columns[place.index] == order.column {
                title += order.isDescending ? (context.isUnicode ? "↓" : "v") : (context.isUnicode ? "↑" : "^")
            }
            if columns.isRightAligned(columns.columns[place.index]) {
                region.putRight(title, x: place.x + Self.gutter, y: 0, style: style, limit: place.width)
            } else {
                region.putClipped(title, x: place.x + Self.gutter, y: 0, style: style, limit: place.width)
            }
        }
        if layout.hidesLeft { region.put(context.isUnicode ? "‹" : "<", x: 1, y: 0, style: CellStyle(.muted)) }
        if layout.hidesRight {
            region.put(context.isUnicode ? "›" : ">", x: region.width - 1, y: 0, style: CellStyle(.muted))
        }
    }

    private func drawRow(
        _ row: TableRow, _ address: RowAddress, _ reader: RowReader, _ layout: ColumnLayout, _ area: Region,
        _ context: PaneContext
    ) {
        let tone = tones.tone(of: row)
        let environment = sources[Int(address.source)].environment
        if marks.contains(RowID(environment: environment, key: row.key)) {
            area.put(context.isUnicode ? "●" : "*", x: 0, y: 0, style: CellStyle(.accent, .bold))
            area.restyle(area.bounds, ground: .marked)
        }
        area.put(tone.sign(unicode: context.isUnicode), x: 1, y: 0, style: CellStyle(tone.role))
        let rowStyle = CellStyle(tone == .muted ? .muted : (tone == .critical ? .critical : .text))
        for place in layout.places {
            let column = columns.columns[place.index]
            let text = cellText(column, row, address, reader, context.now)
            let style = cellStyle(column, text, rowStyle, address)
            if columns.isRightAligned(column) {
                area.putRight(text, x: place.x + Self.gutter, y: 0, style: style, limit: place.width)
            } else {
                let dots = context.isUnicode ? "…" : "~"
                // The end of a name tells siblings apart, so a long one loses its middle.
                let isName = place.index == fixedColumns - 1
                let shown = isName ? DisplayText.middleCut(text, to: place.width, ellipsis: dots) : text
                area.putClipped(shown, x: place.x + Self.gutter, y: 0, style: style, limit: place.width, ellipsis: dots)
            }
        }
    }

    func cellText(
        _ column: DisplayColumn, _ row: TableRow, _ address: RowAddress, _ reader: RowReader, _ now: Timestamp
    ) -> String {
        switch column {
        case .environment: return sources[Int(address.source)].environment.name
        case .namespace: return row.namespace
        case .cpu: return reader.usage(address, row).map { "\($0.cpuMillicores)m" } ?? "–"
        case .memory: return reader.usage(address, row).map { Figure.mebibytes($0.memoryBytes) } ?? "–"
        case .cell(let index):
            guard columns.isAge(column), row.created > 0 else { return row.cell(index) }
            return Age.text(now.seconds - Double(row.created))
        }
    }

    /// The word that says how it is carries the colour; the rest stays calm.
    private func cellStyle(_ column: DisplayColumn, _ text: String, _ base: CellStyle, _ address: RowAddress)
        -> CellStyle
    {
        switch column {
        case .environment: return CellStyle(.series(Int(address.source)))
        case .namespace: return base.role == .text ? CellStyle(.muted) : base
        case .cell(let index) where ["status", "phase"].contains(columns.tableColumns[index].name.lowercased()):
            let tone = ToneRules.tone(ofStatus: text)
            // What is well needs no colour: it would only take attention, and bytes over a thin line.
            return tone == .plain || tone == .good ? base : CellStyle(tone.role)
        default: return base
        }
    }
}

extension Tone {
    /// The role that shows this tone.
    public var role: Role {
        switch self {
        case .plain: .text
        case .good: .good
        case .progressing: .progressing
        case .warning: .warning
        case .critical: .critical
        case .muted: .muted
        }
    }
}
