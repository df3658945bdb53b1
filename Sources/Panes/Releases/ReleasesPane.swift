import Canvas
import Model
import PaneKit

/// Helm releases as their secrets tell them: the list, and one release with its history, values, manifest and notes.
struct ReleasesPane: Pane, Sendable {
    enum View: String, Sendable, CaseIterable { case history, values, manifest, notes }

    /// The release that is open; its `revision` is the one whose texts are read.
    struct Open: Sendable {
        var release: HelmReleaseReference
        var view = View.history
        var history = ListView<Int>([
            .init("REVISION", right: true), .init("STATUS"), .init("CHART"), .init("APP"),
            .init("UPDATED", right: true),
            .init("DESCRIPTION", flexible: true),
        ])
        var text = TextView()
    }

    var list = ListView<HelmReleaseReference>([
        .init("NAMESPACE"), .init("NAME", flexible: true), .init("REVISION", right: true), .init("STATUS"),
        .init("UPDATED", right: true),
    ])
    var open: Open?
    var filterText = ""
    /// A name to put the cursor on as soon as it is there.
    private var wanted: String?

    func title(in context: PaneContext) -> String { "Releases" }

    func feeds(in context: PaneContext) -> [FeedID] {
        context.scope.environments.map { .releases($0) } + (open.map { [.release($0.release)] } ?? [])
    }

    mutating func handle(_ event: PaneEvent, in context: PaneContext) -> [Effect] {
        sync(context)
        defer { sync(context) }
        switch event {
        case .command(let id): return perform(id, context)
        case .prompt("filter", .changed(let words)), .prompt("filter", .accepted(let words)): filterText = words
        case .prompt("filter", .cancelled): filterText = ""
        case .prompt("search", .changed(let words)), .prompt("search", .accepted(let words)): _ = open?.text.find(words)
        case .prompt("search", .cancelled): _ = open?.text.find("")
        case .go(.releases(_, let name)):
            open = nil
            wanted = name
        case .mouse(let mouse): return click(mouse, context)
        default: break
        }
        return []
    }

    private mutating func sync(_ context: PaneContext) {
        let height = context.size.height - 1
        list.setFilter(filterText)
        list.setRows(ReleaseRows.releases(context))
        list.resize(height: height)
        if let name = wanted, let row = list.rows.first(where: { $0.id.name == name }) {
            list.select(row.id)
            wanted = nil
        }
        guard var page = open else { return }
        page.history.resize(height: height)
        page.text.resize(height: height)
        if let detail = context.world.releaseDetails[page.release] {
            page.history.setRows(ReleaseRows.history(detail, context))
            page.text.setLines(ReleaseRows.text(detail, page.view))
        }
        open = page
    }

    private mutating func click(_ mouse: MouseEvent, _ context: PaneContext) -> [Effect] {
        switch mouse.action {
        case .wheelUp: return perform("move.up", context)
        case .wheelDown: return perform("move.down", context)
        case .press: _ = select(line: mouse.place.y - 2)
        case .doublePress: if select(line: mouse.place.y - 2) { return perform("open", context) }
        }
        return []
    }

    private mutating func select(line: Int) -> Bool {
        guard open != nil else { return list.select(line: line) }
        guard open?.view == .history else { return false }
        return open?.history.select(line: line) ?? false
    }

    func draw(into region: Region, in context: PaneContext) {
        var title = PaneTitle(region.sub(Rect(x: 0, y: 0, width: region.width, height: 1)), in: context)
        let body = region.sub(Rect(x: 0, y: 1, width: region.width, height: region.height - 1))
        if let open { return draw(open, &title, body, context) }
        let feeds = context.scope.environments.map { FeedID.releases($0) }
        title.heading("Helm releases")
        if feeds.contains(where: { title.isShowing($0) }) { title.quiet(Figure.count(list.rows.count)) }
        if !filterText.isEmpty { title.remark("/", filterText) }
        if let problem = list.filter.problem { title.remark("filter:", problem) }
        title.status(feeds)
        guard list.rows.isEmpty else { return list.draw(into: body, in: context) }
        guard let worst = feeds.map({ context.world.status(of: $0) }).max(by: { $0.gravity < $1.gravity }) else {
            return
        }
        let words = list.totalCount > 0 ? "No release matches the filter" : "No Helm releases: no release secrets here"
        FeedFace.draw(worst, empty: words, into: body, in: context)
    }

    private func draw(_ open: Open, _ title: inout PaneTitle, _ body: Region, _ context: PaneContext) {
        let detail = context.world.releaseDetails[open.release]
        title.heading("Release \(open.release.namespace)/\(open.release.name)")
        title.place(open.release.environment)
        title.quiet(open.view.rawValue)
        if open.view != .history, let revision = detail?.release.revision { title.quiet("revision \(revision)") }
        if let search = open.text.searchText { title.remark("/", search) }
        title.status([.release(open.release)])
        guard detail != nil else {
            let status = context.world.status(of: .release(open.release))
            return FeedFace.draw(status, empty: "Nothing to show", into: body, in: context)
        }
        if open.view == .history { open.history.draw(into: body, in: context) } else { open.text.draw(into: body) }
    }
}
