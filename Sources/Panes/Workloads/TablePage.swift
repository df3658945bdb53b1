import Canvas
import Model
import PaneKit

/// A table of one kind: from `:pods`, from a row of the overview, or by going down from an owner.
struct TablePage: Sendable {
    /// Any word for the kind; what it means is looked up in each environment.
    var kindWord: String
    /// Set when the page is about one place, whatever the scope says: the children of an object.
    var environments: [EnvironmentID]?
    var namespaces: NamespaceScope?
    var labelSelector = ""
    var fieldSelector = ""
    var owners: Set<String>?
    /// "of ledger-api": what narrows the page, for its title.
    var origin = ""
    var view = TableView()
    var filterText = ""
    /// The `-l` part of the filter, which the server evaluates: taken over when the line is accepted, since each change of it
    /// is another list and watch.
    var filterLabels = ""
    /// A name to put the cursor on as soon as it is there.
    var wanted: String?
    var showsDetail = false
    var detail = ObjectPage.empty

    init(kindWord: String) { self.kindWord = kindWord }

    init(_ request: TableRequest) {
        kindWord = request.kind
        environments = request.environments
        namespaces = request.namespaces
        labelSelector = request.labelSelector
        accept(filter: request.filter)
        wanted = request.select
    }

    mutating func accept(filter text: String) {
        filterText = text
        filterLabels = RowFilter(text).labelSelector
    }

    /// Whoever sorts wants to see what comes first.
    mutating func sort(byTitle title: String, in world: World) -> Bool {
        guard view.sort(byTitle: title, in: world) else { return false }
        view.move(.first, in: world)
        return true
    }

    func kind(in context: PaneContext) -> ResourceKind? {
        let lookup = KindLookup(world: context.world)
        return (environments ?? context.scope.environments).lazy.compactMap { lookup.kind(kindWord, in: $0) }.first
    }

    func sources(in context: PaneContext) -> [TableSource] {
        let lookup = KindLookup(world: context.world)
        let labels = [labelSelector, filterLabels].filter { !$0.isEmpty }.joined(separator: ",")
        return (environments ?? context.scope.environments).compactMap { environment in
            guard let kind = lookup.kind(kindWord, in: environment) else { return nil }
            let scope = kind.isNamespaced ? namespaces ?? context.scope.namespaces : .all
            let query = TableQuery(
                environment: environment, kind: kind, scope: scope, labelSelector: labels, fieldSelector: fieldSelector)
            return TableSource(query, metrics: Self.metrics(query), owners: owners)
        }
    }

    private static func metrics(_ query: TableQuery) -> MetricsQuery? {
        switch query.kind.qualifiedName {
        case "pods": MetricsQuery(environment: query.environment, subject: .pods, scope: query.scope)
        case "nodes": MetricsQuery(environment: query.environment, subject: .nodes)
        default: nil
        }
    }

    func feeds(in context: PaneContext) -> [FeedID] {
        let sources = sources(in: context)
        return sources.map(\.feed) + sources.compactMap { $0.metrics.map { .metrics($0) } }
            + (showsDetail ? detail.feeds : [])
    }

    /// Brings the view in line with scope, filter and discovery; call before anything else.
    mutating func sync(in context: PaneContext) {
        if view.filter.source != filterText { view.setFilter(RowFilter(filterText), in: context.world) }
        let sources = sources(in: context)
        let kind = sources.first?.kind
        let oneNamespace = (namespaces ?? context.scope.namespaces).names.count == 1
        let namespaceColumn = (kind?.isNamespaced ?? true) && !oneNamespace
        let metrics = sources.contains { source in
            source.metrics.map { context.world.status(of: .metrics($0)).isShowing } ?? false
        }
        if sources != view.sources || metrics != view.showsMetrics || namespaceColumn != view.hasNamespaceColumn {
            view.show(sources, namespaceColumn: namespaceColumn, metrics: metrics, in: context.world)
        }
        view.catchUp(in: context.world)
        view.resize(height: TableView.rowHeight(tableRect(context.size).height))
        findWanted(context)
        syncDetail(context)
    }

    private mutating func findWanted(_ context: PaneContext) {
        guard let name = wanted, view.select(name: name, in: context.world) else { return }
        wanted = nil
    }

    private mutating func syncDetail(_ context: PaneContext) {
        guard showsDetail, let reference = selected(in: context) else { return }
        if detail.reference != reference { detail = ObjectPage(reference, .describe) }
        detail.sync(in: context, height: detailRect(context.size).height - 1)
    }

    func selected(in context: PaneContext) -> ObjectReference? {
        guard let (source, row) = view.selectedRow(in: context.world) else { return nil }
        return ObjectReference(
            environment: source.environment, kind: source.kind, namespace: row.namespace.isEmpty ? nil : row.namespace,
            name: row.name, uid: row.uid)
    }

    // The split: beside where there is room for two, below otherwise. Line 0 is the page's title.

    func tableRect(_ size: Size) -> Rect {
        let body = Rect(x: 0, y: 1, width: size.width, height: size.height - 1)
        guard showsDetail else { return body }
        return size.width >= 140 ? body.splitLeft(size.width * 55 / 100).0 : body.splitTop(body.height * 55 / 100).0
    }

    func detailRect(_ size: Size) -> Rect {
        let body = Rect(x: 0, y: 1, width: size.width, height: size.height - 1)
        guard showsDetail else { return Rect(x: 0, y: 0, width: 0, height: 0) }
        return size.width >= 140 ? body.splitLeft(size.width * 55 / 100).1 : body.splitTop(body.height * 55 / 100).1
    }
}
