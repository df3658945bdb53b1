import Canvas
import Model
import PaneKit

/// What Alertmanager has, by name and severity; one key goes on to what an alert is about.
struct AlertsPane: Pane, Sendable {
    struct AlertID: Hashable, Sendable {
        var environment: EnvironmentID
        var fingerprint: String
    }

    var list = ListView<AlertID>([
        .init("SINCE", right: true), .init("STATE"), .init("SUMMARY", flexible: true), .init("ABOUT"),
    ])
    var open: AlertID?
    var text = TextView()
    var filterText = ""
    var changing = Changing()
    private var elsewhere = 0

    func title(in context: PaneContext) -> String {
        let firing = context.scope.environments.flatMap { context.world.alerts[$0] ?? [] }.filter {
            $0.state == .active
        }
        return firing.isEmpty ? "Alerts" : "Alerts \(firing.count)"
    }

    func feeds(in context: PaneContext) -> [FeedID] { alertFeeds(context) + changeSubject(context).feeds }

    private func alertFeeds(_ context: PaneContext) -> [FeedID] { context.scope.environments.map { .alerts($0) } }

    mutating func handle(_ event: PaneEvent, in context: PaneContext) -> [Effect] {
        sync(context)
        defer { sync(context) }
        if case .prompt(let id, let outcome) = event, let effects = changing.answer(id, outcome) { return effects }
        switch event {
        case .command(let id): return perform(id, context)
        case .prompt("filter", .changed(let words)), .prompt("filter", .accepted(let words)): filterText = words
        case .prompt("filter", .cancelled): filterText = ""
        case .prompt("search", .changed(let words)), .prompt("search", .accepted(let words)): _ = text.find(words)
        case .prompt("search", .cancelled): _ = text.find("")
        case .go(.alerts(let filter)):
            open = nil
            filterText = filter
        case .mouse(let mouse): return click(mouse, context)
        default: break
        }
        return []
    }

    func alert(_ id: AlertID, _ context: PaneContext) -> Alert? {
        AlertRows.attributed(context).first { $0.0 == id.environment && $0.1.id == id.fingerprint }?.1
    }

    private mutating func sync(_ context: PaneContext) {
        list.setFilter(filterText)
        let rows = AlertRows(context)
        list.setRows(rows.rows)
        elsewhere = rows.elsewhere
        list.resize(height: context.size.height - 1)
        text.resize(height: context.size.height - 1)
        if let open, let alert = alert(open, context) {
            text.setLines(AlertText(alert, open.environment, context).lines)
        }
    }

    private mutating func click(_ mouse: MouseEvent, _ context: PaneContext) -> [Effect] {
        switch mouse.action {
        case .wheelUp: return perform("move.up", context)
        case .wheelDown: return perform("move.down", context)
        case .press where mouse.place.y == 1 && open == nil:
            return [.notice(Notice("alerts keep their order: the gravest first, then the newest"))]
        case .press: _ = list.select(line: mouse.place.y - 2)
        case .doublePress: if list.select(line: mouse.place.y - 2) { return perform("open", context) }
        }
        return []
    }

    func draw(into region: Region, in context: PaneContext) {
        var title = PaneTitle(region.sub(Rect(x: 0, y: 0, width: region.width, height: 1)), in: context)
        let body = region.sub(Rect(x: 0, y: 1, width: region.width, height: region.height - 1))
        if let open {
            title.heading(alert(open, context)?.name ?? "Alert")
            title.place(open.environment)
            title.status([.alerts(open.environment)])
            if alert(open, context) == nil {
                body.put("This alert is no longer there: it was resolved.", x: 2, y: 1, style: CellStyle(.muted))
            } else {
                text.draw(into: body)
            }
            return
        }
        let count = list.rows.filter { !$0.isHeading }.count
        title.heading("Alerts")
        if alertFeeds(context).contains(where: { title.isShowing($0) }) { title.quiet(Figure.count(count)) }
        if elsewhere > 0 { title.quiet("\(elsewhere) of other environments, see :ctx") }
        if !filterText.isEmpty { title.remark("/", filterText) }
        if let problem = list.filter.problem { title.remark("filter:", problem) }
        title.status(alertFeeds(context))
        guard count == 0 else { return list.draw(into: body, in: context) }
        let statuses = alertFeeds(context).map { context.world.status(of: $0) }
        guard let worst = statuses.max(by: { $0.gravity < $1.gravity }) else { return }
        let words = list.totalCount > 0 ? "No alert matches the filter" : "No alerts: nothing is firing"
        FeedFace.draw(worst, empty: words, into: body, in: context)
    }
}
