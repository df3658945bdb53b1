import Canvas
import Model
import PaneKit

/// What each command does.
extension WorkloadsPane {
    mutating func perform(_ id: Command.ID, _ context: PaneContext) -> [Effect] {
        if let move = MoveCommands.move(id) { return self.move(move, context) }
        if id.name.hasPrefix("sort.") { return sort(id, context) }
        switch id.name {
        case "move.left": return shift(-1)
        case "move.right": return shift(1)
        case "back": return goBack(context)
        case "forward":
            _ = forward()
            return []
        case "open": return open(context)
        case "describe": return show(.describe, context)
        case "yaml": return show(.yaml, context)
        case "containers": return show(.containers, context)
        case "tree": return show(.tree, context)
        case "usedby": return show(.usedBy, context)
        case "logs": return logs(context, previous: false)
        case "logs.previous": return logs(context, previous: true)
        case "owner": return goToOwner(context)
        case "filter", "search", "sort": return ask(id)
        case "search.next", "search.previous": return searchOn(backwards: id == "search.previous")
        case "namespaces.all": return [.setScope(Scope(environments: context.scope.environments, namespaces: .all))]
        case "copy": return copy(context)
        case "copy.table": return saveTable(context)
        default: return changing.perform(id, on: changeSubject(context)) ?? changeTable(id, context)
        }
    }

    private mutating func move(_ move: TableView.Move, _ context: PaneContext) -> [Effect] {
        switch page {
        case .overview(var page):
            let steps: [TableView.Move: Int] = [
                .down: 1, .up: -1, .pageDown: context.size.height - 4, .pageUp: 4 - context.size.height,
                .first: -1_000_000, .last: 1_000_000,
            ]
            _ = page.move(steps[move] ?? 0)
            self.page = .overview(page)
        case .table: withTable { _ = $0.view.move(move, in: context.world) }
        case .object(let page) where page.view == .containers:
            let count = context.world.objects[page.reference]?.containers.count ?? 0
            withObject { $0.container = min(max(0, $0.container + (move == .up ? -1 : 1)), max(0, count - 1)) }
        case .object: withObject { $0.isList ? $0.related.move(move) : $0.text.move(move) }
        }
        return []
    }

    private mutating func shift(_ by: Int) -> [Effect] {
        withTable { page -> [Effect] in
            page.view.shiftColumns(by)
                ? [] : [.notice(Notice(by < 0 ? "these are the first columns" : "these are the last columns"))]
        } ?? withObject { page -> [Effect] in
            page.text.shift(by * 8)
            return []
        } ?? [.notice(Notice("all columns are in view"))]
    }

    private mutating func goBack(_ context: PaneContext) -> [Effect] {
        let cleared =
            withTable { page -> Bool in
                guard !page.filterText.isEmpty || page.view.onlyFaults else { return false }
                page.accept(filter: "")
                page.view.setOnlyFaults(false, in: context.world)
                return true
            } ?? withObject { page -> Bool in
                guard page.text.searchText != nil else { return false }
                _ = page.text.find("")
                return true
            } ?? false
        return cleared || back() ? [] : [.leave]
    }

    /// The object that a command is about.
    func subject(_ context: PaneContext) -> ObjectReference? {
        switch page {
        case .overview(let page): page.fault?.reference
        case .table(let page): page.selected(in: context)
        case .object(let page): page.reference
        }
    }

    private mutating func open(_ context: PaneContext) -> [Effect] {
        switch page {
        case .overview(let page):
            if let kind = page.kind { push(.table(TablePage(kindWord: kind.qualifiedName))) }
            if let fault = page.fault { push(.object(ObjectPage(fault.reference, .describe))) }
            return []
        case .object(let page) where page.view != .containers:
            guard let object = page.related.selected else { return [] }
            push(.object(ObjectPage(object, .describe)))
            return []
        case .object: return logs(context, previous: false)
        case .table:
            guard let object = subject(context) else { return [] }
            return descend(from: object)
        }
    }

    /// Down to what the object owns; a namespace becomes the scope; all else is described.
    private mutating func descend(from object: ObjectReference) -> [Effect] {
        if let child = Ownership.child(of: object.kind) {
            var page = TablePage(kindWord: child.qualifiedName)
            page.environments = [object.environment]
            page.namespaces = object.namespace.map { .some([$0]) }
            page.owners = [object.uid]
            page.origin = "of \(object.name)"
            push(.table(page))
            return []
        }
        switch object.kind.qualifiedName {
        case "pods": push(.object(ObjectPage(object, .containers)))
        case "nodes":
            var page = TablePage(kindWord: "pods")
            page.environments = [object.environment]
            page.namespaces = .all
            page.fieldSelector = "spec.nodeName=\(object.name)"
            page.origin = "on \(object.name)"
            push(.table(page))
        case "namespaces":
            push(.table(TablePage(kindWord: "pods")))
            return [.setScope(Scope(environments: [object.environment], namespaces: .some([object.name])))]
        default: push(.object(ObjectPage(object, .describe)))
        }
        return []
    }

    private mutating func show(_ view: ObjectView, _ context: PaneContext) -> [Effect] {
        if withObject({ $0.show(view) }) != nil { return [] }
        guard let object = subject(context) else { return [.notice(Notice("nothing is selected"))] }
        push(.object(ObjectPage(object, view)))
        return []
    }

    private func logs(_ context: PaneContext, previous: Bool) -> [Effect] {
        guard let object = subject(context) else { return [] }
        var query = Ownership.logQuery(object, previous: previous)
        if case .object(let page) = page, page.view == .containers {
            query.container = page.selectedContainer(in: context)?.name
        }
        return [.go(.logs(query, around: nil))]
    }

    private mutating func goToOwner(_ context: PaneContext) -> [Effect] {
        guard case .table(let page) = page, let (source, row) = page.view.selectedRow(in: context.world),
            let owner = row.owner
        else { return [] }
        guard let kind = KindLookup(world: context.world).kind(owner.kind, in: source.environment) else {
            return [.notice(Notice("this server does not list \(owner.kind)", .warning))]
        }
        let namespace = kind.isNamespaced ? row.namespace : nil
        push(
            .object(
                ObjectPage(
                    ObjectReference(
                        environment: source.environment, kind: kind, namespace: namespace, name: owner.name,
                        uid: owner.uid),
                    .describe)))
        return []
    }

    private mutating func sort(_ id: Command.ID, _ context: PaneContext) -> [Effect] {
        let titles = [
            "name": "NAME", "age": "AGE", "status": "STATUS", "restarts": "RESTARTS", "cpu": "CPU", "memory": "MEM",
        ]
        guard let title = titles[String(id.name.dropFirst(5))] else { return [] }
        return withTable { page -> [Effect] in
            page.sort(byTitle: title, in: context.world)
                ? [] : [.notice(Notice("this table has no column \(title)"))]
        } ?? []
    }

    private mutating func changeTable(_ id: Command.ID, _ context: PaneContext) -> [Effect] {
        let world = context.world
        return withTable { page -> [Effect] in
            switch id.name {
            case "faults": page.view.setOnlyFaults(!page.view.onlyFaults, in: world)
            case "wide": page.view.setWide(!page.view.isWide, in: world)
            case "detail": page.showsDetail.toggle()
            case "mark": page.view.toggleMark(in: world)
            case "mark.range":
                guard page.view.markRange(in: world) else { return [.notice(Notice("mark a first row with space"))] }
            case "mark.all": page.view.markAll(in: world)
            case "mark.clear": page.view.clearMarks()
            default: preconditionFailure("no such command: \(id)")
            }
            return []
        } ?? []
    }

    private mutating func searchOn(backwards: Bool) -> [Effect] {
        let found = withObject { $0.text.findNext(backwards: backwards) } ?? false
        return found ? [] : [.notice(Notice("no line matches"))]
    }

    private func copy(_ context: PaneContext) -> [Effect] {
        switch page {
        case .overview: return []
        case .table(let page):
            let names = page.view.targets(in: context.world).map(\.name)
            return [.copy(names.joined(separator: "\n"), what: names.count == 1 ? names[0] : "\(names.count) names")]
        case .object(let page) where page.isList && page.view != .containers:
            return page.related.selected.map { [.copy($0.name, what: $0.name)] } ?? []
        case .object(let page):
            return [
                .copy(
                    page.text.lines.map(\.text).joined(separator: "\n"),
                    what: "\(page.view.rawValue) of \(page.reference.name)")
            ]
        }
    }

    private func saveTable(_ context: PaneContext) -> [Effect] {
        guard case .table(let page) = page else { return [] }
        return [.save(page.view.csv(in: context), name: "\(page.kindWord).csv")]
    }
}
