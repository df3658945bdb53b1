import Canvas
import Model
import PaneKit

extension OverviewPage {
    private static let titles = ["KIND", "TOTAL", "WELL", "MOVING", "WARNING", "CRITICAL", "DONE"]
    private static let nameWidth = 14
    private static let figureWidth = 10

    /// The line of the screen on which the faults begin.
    private var faultsTop: Int { lines.count + 4 }

    func draw(into region: Region, in context: PaneContext) {
        region.put("Overview", x: 0, y: 0, style: CellStyle(.title, .bold))
        let face = worstFace(context)
        region.putRight(face.0, x: 12, y: 0, style: CellStyle(face.1), limit: max(0, region.width - 12))
        drawTitles(region)
        for (index, line) in lines.enumerated() { drawLine(line, y: index + 2, region, context) }
        drawFaults(region, context)
    }

    private func drawTitles(_ region: Region) {
        let style = CellStyle(.header, .bold)
        region.put(Self.titles[0], x: 2, y: 1, style: style)
        for (index, title) in Self.titles.dropFirst().enumerated() {
            region.putRight(
                title, x: 2 + Self.nameWidth + index * Self.figureWidth, y: 1, style: style, limit: Self.figureWidth)
        }
    }

    private func drawLine(_ line: Line, y: Int, _ region: Region, _ context: PaneContext) {
        let counts = tally(line)
        let tone: Tone =
            counts.critical > 0
            ? .critical : counts.warning > 0 ? .warning : counts.progressing > 0 ? .progressing : .good
        region.put(tone.sign(unicode: context.isUnicode), x: 0, y: y, style: CellStyle(tone.role))
        region.put(line.kind.title, x: 2, y: y)
        let status = line.feeds.map { context.world.status(of: $0) }.first { !$0.isShowing }
        if let status, counts.total == 0 {
            var face = FeedFace.short(status, now: context.now, unicode: context.isUnicode)
            // Why there is no answer stands once, above; here it would stand in every line.
            if case .failed = status.phase { face.text = context.isUnicode ? "✖ no answer" : "X no answer" }
            region.putClipped(
                face.text, x: 2 + Self.nameWidth, y: y, style: CellStyle(face.role),
                limit: max(0, region.width - 2 - Self.nameWidth))
        } else {
            drawCounts(counts, y, region)
        }
        if cursor == y - 2 {
            region.restyle(Rect(x: 0, y: y, width: region.width, height: 1), ground: .selection)
        }
    }

    private func drawCounts(_ counts: Tally.Counts, _ y: Int, _ region: Region) {
        let figures: [(Int, Role)] = [
            (counts.total, .text), (counts.good, .good), (counts.progressing, .progressing),
            (counts.warning, .warning), (counts.critical, .critical), (counts.muted, .muted),
        ]
        for (index, (figure, role)) in figures.enumerated() {
            let style = figure == 0 && index > 0 ? CellStyle(.muted) : CellStyle(role)
            region.putRight(
                figure == 0 && index > 0 ? "·" : Figure.count(figure),
                x: 2 + Self.nameWidth + index * Self.figureWidth, y: y, style: style, limit: Self.figureWidth)
        }
    }

    private func drawFaults(_ region: Region, _ context: PaneContext) {
        let top = faultsTop
        guard region.height > top else { return }
        let isWhole = lines.flatMap(\.feeds).allSatisfy { context.world.status(of: $0).isShowing }
        let nothing = isWhole ? "Nothing needs attention" : "Nothing needs attention in what is here so far"
        let title = faults.isEmpty ? nothing : "Needs attention"
        let used = region.put(title, x: 0, y: top - 1, style: CellStyle(.title, .bold))
        if !faults.isEmpty {
            region.put("  \(Figure.count(faults.count))", x: used, y: top - 1, style: CellStyle(.muted))
        }
        let room = region.height - top
        let first = max(0, min(cursor - lines.count - room + 1, faults.count - room))
        let nameWidth = min(region.width / 2, faults.map { DisplayText.width(Self.path($0)) }.max() ?? 0)
        for (offset, fault) in faults.dropFirst(first).prefix(room).enumerated() {
            drawFault(fault, y: top + offset, nameWidth: nameWidth, region, context)
            if cursor == lines.count + first + offset {
                region.restyle(Rect(x: 0, y: top + offset, width: region.width, height: 1), ground: .selection)
            }
        }
    }

    private func drawFault(_ fault: Fault, y: Int, nameWidth: Int, _ region: Region, _ context: PaneContext) {
        let style = CellStyle(fault.tone.role)
        region.put(fault.tone.sign(unicode: context.isUnicode), x: 0, y: y, style: style)
        var x = 2
        if context.scope.environments.count > 1 {
            x += region.put(fault.reference.environment.name + "  ", x: x, y: y, style: CellStyle(.muted))
        }
        region.put(fault.reference.kind.kind, x: x, y: y, style: CellStyle(.muted), limit: 12)
        region.putClipped(Self.path(fault), x: x + 13, y: y, limit: nameWidth)
        let words = words(for: fault, context)
        let start = x + 13 + nameWidth + 2
        region.putClipped(words, x: start, y: y, style: style, limit: max(0, region.width - start))
    }

    private static func path(_ fault: Fault) -> String {
        (fault.reference.namespace.map { $0 + "/" } ?? "") + fault.reference.name
    }

    /// The cells that say what is wrong: status, readiness, restarts, age.
    private func words(for fault: Fault, _ context: PaneContext) -> String {
        let key = RowKey(namespace: fault.reference.namespace ?? "", name: fault.reference.name)
        for feed in lines.first(where: { $0.kind == fault.reference.kind })?.feeds ?? []
        where feed.environment == fault.reference.environment {
            guard let table = context.world.tables[feed], let row = table.row(key) else { continue }
            let telling = ["status", "ready", "restarts", "completions", "desired"]
            let cells = table.columns.enumerated().filter { telling.contains($0.element.name.lowercased()) }.map {
                $0.element.name.lowercased() == "status"
                    ? row.cell($0.offset) : "\($0.element.name.lowercased()) \(row.cell($0.offset))"
            }
            return cells.joined(separator: "  ") + "  age " + Age.text(context.now.seconds - Double(row.created))
        }
        return ""
    }

    private func worstFace(_ context: PaneContext) -> (String, Role) {
        let statuses = lines.flatMap(\.feeds).map { context.world.status(of: $0) }
        guard let odd = statuses.first(where: { if case .live = $0.phase { false } else { true } }) ?? statuses.first
        else {
            return ("", .muted)
        }
        let face = FeedFace.short(odd, now: context.now, unicode: context.isUnicode)
        return (face.text + (odd.notices.first.map { " · \($0)" } ?? ""), face.role)
    }

    /// What stands on a line of the screen, for the mouse.
    func index(ofLine y: Int, height: Int) -> Int? {
        if y >= 2, y < lines.count + 2 { return y - 2 }
        let room = height - faultsTop
        let first = max(0, min(cursor - lines.count - room + 1, faults.count - room))
        let index = first + y - faultsTop
        return y >= faultsTop && index < faults.count ? lines.count + index : nil
    }
}
