import Canvas
import Model
import PaneKit

/// Lines the pane asks for, what `:` means here, and the mouse.
extension WorkloadsPane {
    func ask(_ id: Command.ID) -> [Effect] {
        switch (id.name, page) {
        case ("filter", .table(let page)):
            return [.ask(Prompt("filter", label: "/", text: page.filterText, history: "filter", isLive: true))]
        case ("search", .object(let page)):
            return [
                .ask(Prompt("search", label: "/", text: page.text.searchText ?? "", history: "search", isLive: true))
            ]
        case ("sort", .table(let page)):
            let titles = page.view.columnTitles.map { Completion($0) }
            return [.ask(Prompt("sort", label: "sort by ", completions: titles, isChoice: true))]
        default: return []
        }
    }

    mutating func answer(_ id: Prompt.ID, _ outcome: PromptOutcome, _ context: PaneContext) -> [Effect] {
        if let effects = changing.answer(id, outcome) { return effects }
        switch (id.name, outcome) {
        case ("filter", .changed(let text)): withTable { $0.filterText = text }
        case ("filter", .accepted(let text)): withTable { $0.accept(filter: text) }
        case ("filter", .cancelled): withTable { $0.accept(filter: "") }
        case ("search", .changed(let text)), ("search", .accepted(let text)): return search(text)
        case ("search", .cancelled): withObject { _ = $0.text.find("") }
        case ("sort", .accepted(let title)):
            let found = withTable { $0.sort(byTitle: title, in: context.world) } ?? false
            return found ? [] : [.notice(Notice("this table has no column \(title)", .warning))]
        default: break
        }
        return []
    }

    private mutating func search(_ text: String) -> [Effect] {
        switch withObject({ $0.text.find(text) }) {
        case .lines(0) where !text.isEmpty: [.notice(Notice("no line matches \(text)"))]
        case .invalid(let problem): [.notice(Notice("\(text): \(problem)", .warning))]
        case .lines, nil: []
        }
    }

    mutating func click(_ mouse: MouseEvent, _ context: PaneContext) -> [Effect] {
        switch (mouse.action, page) {
        case (.wheelUp, .table): withTable { $0.view.wheel(-3, in: context.world) }
        case (.wheelDown, .table): withTable { $0.view.wheel(3, in: context.world) }
        case (.wheelUp, .object): withObject { $0.text.scroll(-3) }
        case (.wheelDown, .object): withObject { $0.text.scroll(3) }
        case (.wheelUp, .overview): return perform("move.up", context)
        case (.wheelDown, .overview): return perform("move.down", context)
        case (.press, .table(let page)) where mouse.place.y == 1: return sort(page, at: mouse.place, context)
        case (.doublePress, .table) where mouse.place.y == 1: return []
        case (.press, _), (.doublePress, _):
            guard select(line: mouse.place.y, context) else { return [] }
            return mouse.action == .doublePress ? perform("open", context) : []
        }
        return []
    }

    /// A click on a title sorts by it, as the key does.
    private mutating func sort(_ page: TablePage, at place: Point, _ context: PaneContext) -> [Effect] {
        let table = page.tableRect(context.size)
        guard place.x < table.maxX, let title = page.view.title(at: place.x, width: table.width) else { return [] }
        return answer("sort", .accepted(title), context)
    }

    private mutating func select(line: Int, _ context: PaneContext) -> Bool {
        switch page {
        case .overview(var page):
            guard let index = page.index(ofLine: line, height: context.size.height) else { return false }
            _ = page.move(index - page.cursor)
            self.page = .overview(page)
            return true
        case .table: return withTable { $0.view.select(line: line - 2, in: context.world) } ?? false
        case .object(let page):
            guard page.isList, line >= 2 else { return false }
            if page.view != .containers { return withObject { $0.related.select(line: line - 2) } ?? false }
            withObject { $0.container = line - 2 }
            return true
        }
    }
}

extension WorkloadsPane {
    static let descriptor = PaneDescriptor(
        id: "workloads", title: "Workloads", help: "what runs: every kind, live, down to the container",
        make: { WorkloadsPane() },
        accepts: { destination in
            switch destination {
            case .table, .object: true
            case .logs, .runs, .alerts, .session, .forwards, .releases: false
            }
        },
        interpret: { interpret($0, $1) }, complete: { complete($0, $1) }, commandSets: { commandSets() })

    /// `:po payments -l app=x /crash` – kind, namespace, selector, filter.
    private static func interpret(_ line: CommandLine, _ context: PaneContext) -> [Effect]? {
        var request = TableRequest(kind: line.word)
        var scope = context.scope
        var filter: [String] = []
        var words = line.arguments[...]
        while let word = words.popFirst() {
            switch word {
            case "-l": request.labelSelector = words.popFirst() ?? ""
            case "-n":
                if let names = words.popFirst() {
                    scope.namespaces = NamespaceScope(names.split(separator: ",").map(String.init))
                }
            case "-A", "all": scope.namespaces = .all
            case "-f": filter += ["-f", words.popFirst() ?? ""]
            case _ where word.hasPrefix("@"):
                scope.environments = word.dropFirst().split(separator: ",").map { EnvironmentID(String($0)) }
            case _ where word.hasPrefix("/") || word.hasPrefix("!") || word.contains(":"):
                filter.append(word.hasPrefix("/") && !word.dropFirst().hasSuffix("/") ? String(word.dropFirst()) : word)
            default: scope.namespaces = NamespaceScope(word.split(separator: ",").map(String.init))
            }
        }
        guard KindLookup(world: context.world).isKind(line.word, in: scope.environments) else { return nil }
        if let missing = scope.environments.first(where: { context.world.environment($0) == nil }) {
            return [.notice(Notice("no environment is called \(missing)", .warning))]
        }
        if scope != context.scope, let words = context.world.missingNamespace(in: scope) {
            return [.notice(Notice(words + " · / filters by name", .warning))]
        }
        request.filter = filter.joined(separator: " ")
        return (scope == context.scope ? [] : [.setScope(scope)]) + [.go(.table(request))]
    }

    private static func complete(_ line: CommandLine, _ context: PaneContext) -> [Completion] {
        let lookup = KindLookup(world: context.world)
        let environments = context.scope.environments
        if line.arguments.isEmpty, !line.endsInSpace {
            return lookup.all(in: environments).filter { kind in
                ([kind.plural, kind.singular] + kind.shortNames).contains { $0.hasPrefix(line.word.lowercased()) }
            }.map { Completion($0.plural, detail: $0.shortNames.first.map { "\($0)  " } ?? "" + $0.apiVersion) }
        }
        guard lookup.isKind(line.word, in: environments) else { return [] }
        let begun = line.endsInSpace ? "" : line.arguments.last ?? ""
        return namespaces(context).filter { $0.hasPrefix(begun) }.map { Completion($0, detail: "namespace") }
    }

    private static func namespaces(_ context: PaneContext) -> [String] {
        let listed = context.scope.environments.flatMap { environment in
            (context.world.tables[.table(TableQuery(environment: environment, kind: .namespaces))]?.rows ?? [])
                .compactMap { $0?.name }
        }
        let known = context.scope.environments.flatMap { context.world.environment($0)?.knownNamespaces ?? [] }
        return Array(Set(listed + known)).sorted()
    }
}
