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

    private func drawTitle(_ region: Region, _ context: PaneContext) {
        var title = PaneTitle(region, in: context)
        title.heading(heading(in: context))
        if let environments, environments.count == 1 { title.place(environments[0]) }
        let shown = view.shownCount
        let isShowing = view.sources.contains { context.world.status(of: $0.feed).isShowing }
        if isShowing || view.totalCount > 0 {
            title.quiet(
                shown == view.totalCount
                    ? Figure.count(shown) : "\(Figure.count(shown)) of \(Figure.count(view.totalCount))")
        }
        for (label, value) in remarks() { title.remark(label, value) }
        if let words = missingFigures(in: context) { title.quiet(words) }
        title.status(view.sources.map(\.feed))
    }

    /// Why there are no CPU and memory columns where there could be.
    private func missingFigures(in context: PaneContext) -> String? {
        guard !view.showsMetrics, let query = view.sources.lazy.compactMap(\.metrics).first else { return nil }
        switch context.world.status(of: .metrics(query)).phase {
        case .absent, .failed: return "no CPU and MEM: the server has no metrics"
        case .forbidden: return "no CPU and MEM: metrics are forbidden"
        case .loading, .live, .stale, .ended: return nil
        }
    }

    func heading(in context: PaneContext) -> String {
        let name = kind(in: context)?.title ?? kindWord
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

    private func drawEmpty(_ region: Region, _ context: PaneContext) {
        guard
            let source = view.sources.max(by: {
                context.world.status(of: $0.feed).gravity < context.world.status(of: $1.feed).gravity
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
