import Model
import PaneKit

extension WorkloadsPane {
    /// What changes are for here: the marked rows, the row under the cursor, or the object of the page. No more than `limit`
    /// of many marked ones, for when it only matters what they are.
    func changeSubject(_ context: PaneContext, limit: Int = .max) -> ChangeSubject {
        switch page {
        case .overview(let page): return Self.subject(page, context)
        case .table(let page): return Self.subject(page, context, limit)
        case .object(let page):
            var subject = ChangeSubject(page.reference, context.world.objects[page.reference])
            if page.view == .containers { subject.container = page.selectedContainer(in: context)?.name }
            return subject
        }
    }

    private static func subject(_ page: OverviewPage, _ context: PaneContext) -> ChangeSubject {
        guard var object = page.fault?.reference else {
            return ChangeSubject(nothing: "the cursor is on no object; go down to what needs attention")
        }
        let key = RowKey(namespace: object.namespace ?? "", name: object.name)
        let feeds = page.lines.first { $0.kind == object.kind }?.feeds ?? []
        for feed in feeds where feed.environment == object.environment {
            guard let table = context.world.tables[feed], let row = table.row(key) else { continue }
            object.uid = row.uid
            return ChangeSubject(object, row: row, columns: table.columns)
        }
        return ChangeSubject([object])
    }

    private static func subject(_ page: TablePage, _ context: PaneContext, _ limit: Int) -> ChangeSubject {
        guard page.view.marks.isEmpty else {
            return ChangeSubject(
                page.view.marked(in: context.world, limit: limit),
                nothing: "the marked rows are gone; ctrl-\\ takes the marks away")
        }
        guard let (source, row) = page.view.selectedRow(in: context.world), let object = page.selected(in: context)
        else { return ChangeSubject(nothing: "no row is selected") }
        let columns = context.world.tables[source.feed]?.columns ?? []
        return ChangeSubject(object, row: row, columns: columns)
    }
}
