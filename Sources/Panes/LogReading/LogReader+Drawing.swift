import Canvas
import LogBuffer
import Model
import PaneKit

extension LogReader {
    /// Draws from the cursor's row of the screen upwards and downwards, so that it stands where it stood.
    func draw(into region: Region, in context: PaneContext) {
        guard count > 0, !region.bounds.isEmpty else { return }
        let painter = LogPainter(self, region, context)
        var y = min(line, region.height - 1)
        let own = painter.height(row)
        y = min(y, max(0, region.height - own))
        // Nothing above the first line: pull the text up to the top.
        var above = 0
        var index = row - 1
        while index >= 0, above < y {
            above += painter.height(index)
            index -= 1
        }
        y = min(y, above)
        painter.draw(row, y: y, isCursor: true)
        var up = y
        index = row - 1
        while index >= 0, up > 0 {
            up -= painter.height(index)
            painter.draw(index, y: up, isCursor: false)
            index -= 1
        }
        var down = y + own
        index = row + 1
        while index < count, down < region.height {
            painter.draw(index, y: down, isCursor: false)
            down += painter.height(index)
            index += 1
        }
    }
}

/// Draws single lines of a log: time, source, level, text with its colours, matches, and the seam above a line.
private struct LogPainter {
    let reader: LogReader
    let region: Region
    let context: PaneContext
    let names: SourceNames

    init(_ reader: LogReader, _ region: Region, _ context: PaneContext) {
        self.reader = reader
        self.region = region
        self.context = context
        names = SourceNames(reader.filtered.snapshot.sources, room: max(8, region.width / 4))
    }

    private var textStart: Int {
        (reader.showsTime ? 13 : 0) + (names.width > 0 ? names.width + 1 : 0) + 2
    }

    /// Rows of the screen that a line takes, the seam above it included.
    func height(_ row: Int) -> Int {
        let seam = hasSeam(row) ? 1 : 0
        guard reader.wraps else { return 1 + seam }
        let room = max(8, region.width - textStart)
        let columns = DisplayText.width(styled(reader.filtered.line(at: row)).text)
        return max(1, (columns + room - 1) / room) + seam
    }

    /// Whether lines of another origin end above this one.
    private func hasSeam(_ row: Int) -> Bool {
        row > 0 && reader.filtered.line(at: row).origin != reader.filtered.line(at: row - 1).origin
    }

    private func styled(_ line: LogLineView) -> StyledLine {
        SGRText.line(line.text + (line.isCut ? Array(" […]".utf8) : []), base: Self.style(line.level))
    }

    private static func style(_ level: LogLevel) -> CellStyle {
        switch level {
        case .error, .fatal: CellStyle(.critical)
        case .warning: CellStyle(.warning)
        case .debug, .trace: CellStyle(.muted)
        case .info, .unknown: .text
        }
    }

    func draw(_ row: Int, y: Int, isCursor: Bool) {
        var y = y
        let line = reader.filtered.line(at: row)
        if hasSeam(row) {
            drawSeam(y, line.origin)
            y += 1
        }
        var x = 0
        if reader.showsTime {
            region.put(line.time.map(Clock.time) ?? "", x: 0, y: y, style: CellStyle(.muted))
            x = 13
        }
        if names.width > 0 {
            let name = names.name(of: line.source)
            region.put(name.text, x: x, y: y, style: CellStyle(.series(name.number)), limit: names.width)
            x += names.width + 1
        }
        region.put(sign(line), x: x, y: y, style: Self.style(line.level))
        let rows = drawText(line, row, x + 2, y)
        if isCursor, !reader.follows {
            region.restyle(Rect(x: 0, y: y, width: region.width, height: rows), ground: .selection)
        }
    }

    private func drawSeam(_ y: Int, _ below: LogOrigin) {
        let dash = context.isUnicode ? "╌" : "-"
        let words =
            below == .live ? " above: history from Elasticsearch · below: live " : " above: live · below: history "
        let side = String(repeating: dash, count: max(0, (region.width - words.utf8.count) / 2))
        region.put(side + words + side, x: 0, y: y, style: CellStyle(.border))
    }

    private func sign(_ line: LogLineView) -> String {
        switch line.level {
        case .fatal, .error: context.isUnicode ? "✖" : "X"
        case .warning: context.isUnicode ? "▲" : "!"
        default: line.origin == .history ? (context.isUnicode ? "┊" : ":") : " "
        }
    }

    /// Returns the rows used.
    private func drawText(_ line: LogLineView, _ row: Int, _ x: Int, _ y: Int) -> Int {
        let text = styled(line)
        let area = region.sub(Rect(x: x, y: y, width: region.width - x, height: region.height - y))
        guard reader.wraps else {
            text.draw(into: area, y: 0, offset: reader.offset)
            highlight(row, area, rows: 1, offset: reader.offset)
            return 1
        }
        let room = max(8, region.width - x)
        let rows = max(1, (DisplayText.width(text.text) + room - 1) / room)
        for part in 0..<rows {
            let strip = region.sub(Rect(x: x, y: y + part, width: room, height: 1))
            text.draw(into: strip, y: 0, offset: part * room)
        }
        highlight(row, area, rows: rows, offset: 0)
        return rows
    }

    private func highlight(_ row: Int, _ area: Region, rows: Int, offset: Int) {
        guard let search = reader.search else { return }
        let position = reader.filtered.position(ofRow: row)
        let bytes = reader.filtered.line(at: row).text
        let room = max(8, area.width)
        for range in reader.filtered.snapshot.ranges(of: search, at: position) {
            let start = DisplayText.width(SGRText.line(Array(bytes[..<range.lowerBound])).text)
            let width = DisplayText.width(SGRText.line(Array(bytes[range])).text)
            let ground: Ground = row == reader.row ? .currentMatch : .match
            for column in start..<(start + width) {
                let place = rows > 1 ? (x: column % room, y: column / room) : (x: column - offset, y: 0)
                area.restyle(Rect(x: place.x, y: place.y, width: 1, height: 1), ground: ground)
            }
        }
    }
}
