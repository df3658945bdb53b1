import Canvas
import Model
import PaneKit

extension WorkloadsPane {
    func commands(in context: PaneContext) -> [Command] {
        switch page {
        case .overview(let page):
            Self.moving + [Self.enter] + overviewCommands(page, context) + Self.leaving(hasForward)
        case .table(let page): Self.moving + tableCommands(page, context) + Self.leaving(hasForward)
        case .object(let page): Self.moving + objectCommands(page, context) + Self.leaving(hasForward)
        }
    }

    private static let moving = MoveCommands.vertical + MoveCommands.horizontal

    private static let enter = Command(
        "open", "open", help: "open what is under the cursor: down to what it owns", keys: ["enter"], group: "Go",
        weight: 90)

    private static func leaving(_ hasForward: Bool) -> [Command] {
        [
            MoveCommands.back,
            Command("forward", "forward", help: "one page forward again", keys: ["]"], group: "Go")
                .disabled(hasForward ? nil : "no page further on"),
        ]
    }

    private func overviewCommands(_ page: OverviewPage, _ context: PaneContext) -> [Command] {
        let nothing: String? = page.fault == nil ? "the cursor is on no object; go down to what needs attention" : nil
        let hasLogs = page.fault.map { Ownership.hasLogs($0.reference.kind) } ?? false
        return [
            Command(
                "describe", "describe", help: "facts, conditions, containers, events; live", keys: ["d"],
                group: "Object",
                weight: 80
            ).disabled(nothing),
            Command("yaml", "yaml", help: "the object as YAML", keys: ["y"], group: "Object", weight: 70).disabled(
                nothing),
            Command(
                "logs", "logs", help: "follow the logs of the pod, or of all pods of the workload", keys: ["l"],
                group: "Object", weight: 75
            ).disabled(nothing ?? (hasLogs ? nil : "only pods and what owns pods have logs")),
        ] + Changing.rows(for: changeSubject(context, limit: 50), in: context)
    }

    private func tableCommands(_ page: TablePage, _ context: PaneContext) -> [Command] {
        let kind = page.kind(in: context)
        let nothing: String? = page.view.shownCount == 0 ? "no row is selected" : nil
        let noLogs = nothing ?? (kind.map(Ownership.hasLogs) == true ? nil : "only pods and what owns pods have logs")
        let isPods = kind?.qualifiedName == "pods"
        return [
            Self.enter.disabled(nothing),
            Command(
                "describe", "describe", help: "facts, conditions, containers, events; live", keys: ["d"],
                group: "Object", weight: 80
            ).disabled(nothing),
            Command("yaml", "yaml", help: "the object as YAML", keys: ["y"], group: "Object", weight: 70).disabled(
                nothing),
            Command(
                "logs", "logs", help: "follow the logs of the pod, or of all pods of the workload", keys: ["l"],
                group: "Object", weight: 75
            ).disabled(noLogs),
            Command(
                "logs.previous", "previous logs", help: "logs of the instance before the last restart", keys: ["p"],
                group: "Object"
            )
            .disabled(noLogs ?? (isPods ? nil : "only pods have previous logs")),
            Command("containers", "containers", help: "the containers of the pod", keys: ["x"], group: "Object")
                .disabled(nothing ?? (isPods ? nil : "only pods have containers")),
            Command(
                "tree", "owner tree", help: "who owns it, and all that hangs on it", keys: ["X"], group: "Object"
            ).disabled(nothing),
            Command("usedby", "used by", help: "what refers to it", keys: ["U"], group: "Object").disabled(nothing),
            Command("owner", "owner", help: "go to the object that owns this one", keys: ["J"], group: "Object")
                .disabled(
                    nothing
                        ?? (page.view.selectedRow(in: context.world)?.row.owner == nil
                            ? "this object has no owner" : nil)),
            Command(
                "filter", "filter", help: "text, /regex/, !not, -l labels, -f fuzzy, COLUMN:text, in any mix",
                keys: ["/"], group: "Table", weight: 60),
            Command("faults", "faults", help: "only what is not well", keys: ["!"], group: "Table", weight: 50),
            Command(
                "sort", "sort", help: "sort by a column; the same again turns it round", keys: ["o"], group: "Table",
                weight: 40),
            Command("sort.name", "by name", help: "sort by name", keys: ["N"], group: "Table"),
            Command("sort.age", "by age", help: "sort by age", keys: ["A"], group: "Table"),
            Command("sort.status", "by status", help: "sort by status", keys: ["S"], group: "Table"),
            Command("sort.restarts", "by restarts", help: "sort by restarts", keys: ["T"], group: "Table"),
            Command("sort.cpu", "by cpu", help: "sort by CPU", keys: ["C"], group: "Table").disabled(
                page.view.showsMetrics ? nil : noMetrics(page, context)),
            Command("sort.memory", "by memory", help: "sort by memory", keys: ["M"], group: "Table").disabled(
                page.view.showsMetrics ? nil : noMetrics(page, context)),
            Command(
                "wide", "wide", help: "all columns, or the usual ones", keys: ["w", "ctrl-w"], group: "Table",
                weight: 30),
            Command(
                "detail", "detail", help: "describe the selected object beside the table, or below it", keys: ["v"],
                group: "Table", weight: 35),
            Command("namespaces.all", "all namespaces", help: "show all namespaces", keys: ["0"], group: "Table")
                .disabled(context.scope.namespaces == .all ? "all namespaces are shown" : nil),
            Command("mark", "mark", help: "mark the row and go on", keys: ["space"], group: "Mark").disabled(nothing),
            Command(
                "mark.range", "mark range", help: "mark all from the last mark to here", keys: ["ctrl-space"],
                group: "Mark"
            ).disabled(nothing),
            Command("mark.all", "mark all", help: "mark all rows shown", keys: ["ctrl-a"], group: "Mark").disabled(
                nothing),
            Command("mark.clear", "unmark", help: "take all marks away", keys: ["ctrl-\\"], group: "Mark")
                .disabled(page.view.marks.isEmpty ? "nothing is marked" : nil),
            Command("copy", "copy", help: "copy the name, or the marked names", keys: ["c"], group: "Object").disabled(
                nothing),
            Command("copy.table", "copy table", help: "save the rows shown as CSV", keys: ["ctrl-s"], group: "Table")
                .disabled(nothing),
        ] + Changing.rows(for: changeSubject(context, limit: 50), in: context)
    }

    private func noMetrics(_ page: TablePage, _ context: PaneContext) -> String {
        guard let query = page.view.sources.first?.metrics else { return "this kind has no CPU and memory figures" }
        return FeedFace.short(context.world.status(of: .metrics(query)), now: context.now, unicode: context.isUnicode)
            .text
    }

    private func objectCommands(_ page: ObjectPage, _ context: PaneContext) -> [Command] {
        let noContainers = page.reference.kind.qualifiedName == "pods" ? nil : "only pods have containers"
        let noLogs = Ownership.hasLogs(page.reference.kind) ? nil : "only pods and what owns pods have logs"
        let isList = page.view == .containers
        let isRelated = page.isList && !isList
        return [
            Command(
                "describe", "describe", help: "facts, conditions, containers, events; live", keys: ["d"],
                group: "Object", weight: 80
            )
            .disabled(page.view == .describe ? "this is the description" : nil),
            Command("yaml", "yaml", help: "the object as YAML", keys: ["y"], group: "Object", weight: 70)
                .disabled(page.view == .yaml ? "this is the YAML" : nil),
            Command(
                "containers", "containers", help: "the containers of the pod", keys: ["x"], group: "Object", weight: 50
            )
            .disabled(isList ? "these are the containers" : noContainers),
            Command(
                "logs", "logs", help: isList ? "follow the logs of this container" : "follow the logs", keys: ["l"],
                group: "Object", weight: 75
            ).disabled(noLogs),
            Command(
                "logs.previous", "previous logs", help: "logs of the instance before the last restart", keys: ["p"],
                group: "Object"
            )
            .disabled(noContainers.map { _ in "only pods have previous logs" }),
            Command("tree", "owner tree", help: "who owns it, and all that hangs on it", keys: ["X"], group: "Object")
                .disabled(page.view == .tree ? "this is the owner tree" : nil),
            Command("usedby", "used by", help: "what refers to it", keys: ["U"], group: "Object")
                .disabled(page.view == .usedBy ? "this is what refers to it" : nil),
            Command(
                "open", "open",
                help: isRelated ? "describe this object" : "follow the logs of this container", keys: ["enter"],
                group: "Go", weight: page.isList ? 90 : 0
            )
            .disabled(
                isRelated && page.related.selected == nil
                    ? "no object is selected"
                    : page.isList ? nil : "nothing to open in a text; d, y, l and x switch views"),
            Command(
                "search", "search", help: "find text or /regex/ in this view", keys: ["/"], group: "Text", weight: 60
            )
            .disabled(page.isList ? "this list is short" : nil),
            Command("search.next", "next", help: "next match", keys: ["n"], group: "Text", weight: 40)
                .disabled(page.text.searchText == nil ? "nothing is searched for; / searches" : nil),
            Command("search.previous", "previous", help: "match before", keys: ["N"], group: "Text")
                .disabled(page.text.searchText == nil ? "nothing is searched for; / searches" : nil),
            Command("copy", "copy", help: "copy the whole text", keys: ["c"], group: "Object"),
        ] + Changing.rows(for: changeSubject(context, limit: 50), in: context)
    }
}
