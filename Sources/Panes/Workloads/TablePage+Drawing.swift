import Canvas
import Model
import PaneKit

extension TablePage {
    func draw(into region: Region, in context: PaneContext) {
        drawTitle(region.sub(Rect(x: 0, y: 0, width: region.width, height: 1)), context)
        let table = region.sub(tableRect(region.size))
        if view.shownCount == 0 {
            drawEmpty(table, context)
        } else {
            view.draw(into: table, isFocused: true, in: context)
        }
        guard showsDetail else { return }
        drawDetail(region, context)
    }

    private func drawDetail(_ region: Region, _ context: PaneContext) {
        let area = detailRect(region.size)
        let isBeside = area.x > 0
        let line: Unicode.Scalar = context.isUnicode ? (isBeside ? "│" : "─") : (isBeside ? "|" : "-")
        let edge =
            isBeside
            ? Rect(x: area.x, y: area.y, width: 1, height: area.height)
            : Rect(x: 0, y: area.y, width: area.width, height: 1)
        region.fill(edge, with: line, style: CellStyle(.border))
        let inner =
            isBeside
            ? Rect(x: area.x + 2, y: area.y, width: area.width - 2, height: area.height)
            : Rect(x: 0, y: area.y + 1, width: area.width, height: area.height - 1)
        detail.draw(into: region.sub(inner), in: context)
    }

    /// One line: what is shown, how much of it, how it is sorted and filtered, and how fresh it is.
    private func drawTitle(_ region: Region, _ context: PaneContext) {
        var x = region.put(heading(in: context), x: 0, y: 0, style: CellStyle(.title, .bold))
        let shown = view.shownCount
        let count =
            shown == view.totalCount
            ? Figure.count(shown) : "\(Figure.count(shown)) of \(Figure.count(view.totalCount))"
        x += region.put("  \(count)", x: x, y: 0, style: CellStyle(.muted))
        for (label, value) in remarks() {
            x += region.put("  \(label) ", x: x, y: 0, style: CellStyle(.muted))
            x += region.put(value, x: x, y: 0, style: CellStyle(.accent))
        }
        let face = face(in: context)
        region.putRight(face.text, x: x + 2, y: 0, style: CellStyle(face.role), limit: max(0, region.width - x - 2))
    }

    func heading(in context: PaneContext) -> String {
        let name = kind(in: context).map { $0.plural.prefix(1).uppercased() + $0.plural.dropFirst() } ?? kindWord
        return origin.isEmpty ? name : "\(name) \(origin)"
    }

    private func remarks() -> [(String, String)] {
        var list: [(String, String)] = []
        if let sort = view.sortTitle {
            list.append(("by", sort.title.lowercased() + (sort.isDescending ? ", largest first" : "")))
        }
        if view.onlyFaults { list.append(("only", "faults")) }
        if !labelSelector.isEmpty { list.append(("-l", labelSelector)) }
        if !filterText.isEmpty { list.append(("/", filterText)) }
        if let problem = view.filter.problem { list.append(("filter:", problem)) }
        if !view.marks.isEmpty { list.append(("marked", "\(view.marks.count)")) }
        return list
    }

    /// The worst of the sources, named when there are several.
    private func face(in context: PaneContext) -> (text: String, role: Role) {
        let statuses = view.sources.map { ($0.environment, context.world.status(of: $0.feed)) }
        guard let worst = statuses.max(by: { Self.gravity($0.1) < Self.gravity($1.1) }) else { return ("", .muted) }
        var face = FeedFace.short(worst.1, now: context.now, unicode: context.isUnicode)
        if statuses.count > 1, Self.gravity(worst.1) > 0 { face.text = "\(worst.0): \(face.text)" }
        if let notice = worst.1.notices.first { face.text += " · \(notice)" }
        return face
    }

    private static func gravity(_ status: FeedStatus) -> Int {
        switch status.phase {
        case .live: 0
        case .ended: 1
        case .absent: 2
        case .loading: 3
        case .stale: 4
        case .forbidden: 5
        case .failed: 6
        }
    }

    private func drawEmpty(_ region: Region, _ context: PaneContext) {
        guard
            let source = view.sources.max(by: {
                Self.gravity(context.world.status(of: $0.feed)) < Self.gravity(context.world.status(of: $1.feed))
            })
        else {
            FeedFace.draw(
                FeedStatus(.absent(reason: "no environment in view has a kind called \(kindWord)")), empty: "",
                into: region, in: context)
            return
        }
        FeedFace.draw(context.world.status(of: source.feed), empty: emptyWords(), into: region, in: context)
    }

    private func emptyWords() -> String {
        if view.totalCount > 0, view.onlyFaults, filterText.isEmpty {
            return "No faults among \(Figure.count(view.totalCount))"
        }
        if view.totalCount > 0 { return "Nothing matches the filter (\(Figure.count(view.totalCount)) hidden)" }
        return "None here"
    }
}
