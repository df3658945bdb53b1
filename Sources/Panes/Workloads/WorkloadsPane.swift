import Canvas
import Model
import PaneKit

/// What runs, and how it is: overview, tables of every kind, objects; a stack of pages with back and forward.
struct WorkloadsPane: Pane, Sendable {
    enum Page: Sendable {
        case overview(OverviewPage)
        case table(TablePage)
        case object(ObjectPage)
    }

    /// Pages back to the first; those behind `position` are where "forward" goes.
    private(set) var pages: [Page] = [.overview(OverviewPage())]
    private(set) var position = 0
    var changing = Changing()

    var page: Page {
        get { pages[position] }
        set { pages[position] = newValue }
    }

    var hasForward: Bool { position + 1 < pages.count }

    func title(in context: PaneContext) -> String {
        switch page {
        case .overview: "Workloads"
        case .table(let page): page.heading(in: context)
        case .object(let page): page.reference.name
        }
    }

    func feeds(in context: PaneContext) -> [FeedID] {
        let own: [FeedID]
        switch page {
        case .overview(let page): own = page.feeds(in: context)
        case .table(let page): own = page.feeds(in: context)
        case .object(let page): own = page.feeds
        }
        // Namespaces complete the prompt and stand in few rows.
        return own + changeSubject(context, limit: 50).feeds
            + context.scope.environments.map { .table(TableQuery(environment: $0, kind: .namespaces)) }
    }

    mutating func handle(_ event: PaneEvent, in context: PaneContext) -> [Effect] {
        if case .feed(let feed, let changes) = event { apply(feed, changes, context) }
        sync(context)
        let effects = act(on: event, context)
        sync(context)
        return effects
    }

    private mutating func act(on event: PaneEvent, _ context: PaneContext) -> [Effect] {
        switch event {
        case .command(let id): return perform(id, context)
        case .prompt(let id, let outcome): return answer(id, outcome, context)
        case .mouse(let mouse): return click(mouse, context)
        case .go(let destination): return go(destination, context)
        case .feed, .scopeChanged, .resized, .key, .paste: return []
        }
    }

    func draw(into region: Region, in context: PaneContext) {
        switch page {
        case .overview(let page): page.draw(into: region, in: context)
        case .table(let page): page.draw(into: region, in: context)
        case .object(let page): page.draw(into: region, in: context)
        }
    }

    // Each page is taken out while it changes, so that its arrays are never copied.

    private mutating func apply(_ feed: FeedID, _ changes: Table.Changes, _ context: PaneContext) {
        switch page {
        case .overview(var page):
            self.page = .object(.empty)
            page.apply(feed, changes, in: context)
            self.page = .overview(page)
        case .table(var page):
            self.page = .object(.empty)
            page.view.apply(feed, changes, in: context.world)
            self.page = .table(page)
        case .object: break
        }
    }

    private mutating func sync(_ context: PaneContext) {
        switch page {
        case .overview(var page):
            self.page = .object(.empty)
            page.sync(in: context)
            self.page = .overview(page)
        case .table(var page):
            self.page = .object(.empty)
            page.sync(in: context)
            self.page = .table(page)
        case .object(var page):
            self.page = .object(.empty)
            page.sync(in: context, height: context.size.height - 1)
            self.page = .object(page)
        }
    }

    /// Changes the table page in place; nothing when another page is up.
    mutating func withTable<R>(_ change: (inout TablePage) -> R) -> R? {
        guard case .table(var page) = page else { return nil }
        self.page = .object(.empty)
        defer { self.page = .table(page) }
        return change(&page)
    }

    mutating func withObject<R>(_ change: (inout ObjectPage) -> R) -> R? {
        guard case .object(var page) = page else { return nil }
        defer { self.page = .object(page) }
        return change(&page)
    }

    // Going places.

    mutating func push(_ page: Page) {
        pages.removeSubrange((position + 1)...)
        pages.append(page)
        if pages.count > 50 { pages.remove(at: 1) }
        position = pages.count - 1
    }

    mutating func back() -> Bool {
        guard position > 0 else { return false }
        position -= 1
        return true
    }

    mutating func forward() -> Bool {
        guard hasForward else { return false }
        position += 1
        return true
    }

    private mutating func go(_ destination: Destination, _ context: PaneContext) -> [Effect] {
        switch destination {
        case .table(let request): push(.table(TablePage(request)))
        case .object(let reference, let view): push(.object(ObjectPage(reference, view)))
        case .logs, .runs, .alerts, .session, .forwards, .releases: break
        }
        return []
    }
}
