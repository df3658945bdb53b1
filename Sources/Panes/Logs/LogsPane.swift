import Canvas
import LogBuffer
import Model
import PaneKit

/// The lines of a pod, or of all pods of a workload: live at the end, history from Elasticsearch above.
struct LogsPane: Pane, Sendable {
    private(set) var query: LogQuery?
    private var reader = LogReader()
    /// A moment to show as soon as lines around it are there, and how many pages were asked for on the way to it.
    private var wanted: Timestamp?
    private var pagesAsked = 0
    /// What was read before, for `back`.
    private var former: [LogQuery] = []
    private var changing = Changing()

    func title(in context: PaneContext) -> String { query.map { "Logs \(Self.name($0))" } ?? "Logs" }

    func feeds(in context: PaneContext) -> [FeedID] {
        query.map { [.log($0)] + changeSubject(context).feeds } ?? []
    }

    static func name(_ query: LogQuery) -> String {
        switch query.target {
        case .pod(let name): name
        case .workload(_, let name): name
        case .selector(let selector): selector
        }
    }

    mutating func handle(_ event: PaneEvent, in context: PaneContext) -> [Effect] {
        reader.resize(Size(width: context.size.width, height: context.size.height - 1))
        if let query { reader.update(context.world.logs[query] as? LogBuffer) }
        return act(on: event, context) + showWanted(context)
    }

    private mutating func act(on event: PaneEvent, _ context: PaneContext) -> [Effect] {
        switch event {
        case .command(let id): return perform(id, context)
        case .prompt(let id, let outcome):
            return changing.answer(id, outcome) ?? LogCommands.answer(id, outcome, &reader)
        case .go(.logs(let query, let moment)): show(query, around: moment)
        case .mouse(let mouse):
            return LogCommands.turnWheel(mouse, &reader, feed: feeds(in: context).first)
        default: break
        }
        return []
    }

    private mutating func show(_ query: LogQuery, around moment: Timestamp?) {
        if let old = self.query, old != query { former.append(old) }
        if self.query != query { reader.clear() }
        self.query = query
        wanted = moment
        pagesAsked = 0
    }

    /// Goes to the moment once lines from before it are there; until then asks for older ones, and says where they end.
    private mutating func showWanted(_ context: PaneContext) -> [Effect] {
        guard let moment = wanted, let query, let oldest = reader.filtered.snapshot.oldestTime else { return [] }
        if oldest <= moment {
            reader.go(to: moment)
            wanted = nil
            return []
        }
        let notices = context.world.status(of: .log(query)).notices
        if notices.contains(where: { $0.hasPrefix("loading older") }) { return [] }
        let isOver = pagesAsked > 0 && notices.contains { $0.contains("beginning") || $0.contains("no older lines") }
        guard !isOver, pagesAsked < 40 else {
            reader.go(to: moment)
            wanted = nil
            return [.notice(Notice("the log does not reach back to \(Clock.time(moment)) UTC", .warning))]
        }
        pagesAsked += 1
        return [.loadOlder(.log(query))]
    }

    func commands(in context: PaneContext) -> [Command] {
        LogCommands.rows(reader).map {
            query == nil ? $0.disabled("no log is open; l on a pod or workload opens one") : $0
        }
            + [
                Command(
                    "log.older", "older", help: "one page of history from Elasticsearch", keys: ["O"], group: "Log",
                    weight: 65
                )
                .disabled(query == nil ? "no log is open" : nil),
                Command(
                    "log.object", "object", help: "describe the pod or workload", keys: ["d"], group: "Go", weight: 40
                )
                .disabled(object == nil ? "no single object stands behind this log" : nil),
                MoveCommands.back,
            ] + Changes.quick.flatMap { Changing.rows([$0], for: subject(of: $0, context), in: context) }
    }

    /// What the log is of; of several pods that no object stands for, the one whose line is under the cursor.
    private func changeSubject(_ context: PaneContext) -> ChangeSubject {
        guard let object else { return linePod ?? ChangeSubject(nothing: "no log is open") }
        return ChangeSubject(object, context.world.objects[object])
    }

    /// A shell is in one pod: that of the line under the cursor.
    private func subject(of id: Command.ID, _ context: PaneContext) -> ChangeSubject {
        id == "shell" ? linePod ?? changeSubject(context) : changeSubject(context)
    }

    private var linePod: ChangeSubject? {
        guard let query, let source = reader.currentSource, !source.pod.isEmpty else { return nil }
        let namespace = source.namespace.isEmpty ? query.namespace : source.namespace
        var subject = ChangeSubject([
            ObjectReference(environment: query.environment, kind: .pods, namespace: namespace, name: source.pod)
        ])
        subject.container = source.container.isEmpty ? query.container : source.container
        return subject
    }

    private var object: ObjectReference? {
        guard let query else { return nil }
        switch query.target {
        case .pod(let name):
            return ObjectReference(environment: query.environment, kind: .pods, namespace: query.namespace, name: name)
        case .workload(let kind, let name):
            guard let kind = ResourceKind.workloads.first(where: { $0.kind == kind }) else { return nil }
            return ObjectReference(environment: query.environment, kind: kind, namespace: query.namespace, name: name)
        case .selector: return nil
        }
    }

    private mutating func perform(_ id: Command.ID, _ context: PaneContext) -> [Effect] {
        switch id.name {
        case "log.older": return query.map { [.loadOlder(.log($0))] } ?? []
        case "log.object": return object.map { [.go(.object($0, .describe))] } ?? []
        case "back":
            if LogCommands.clear(&reader) { return [] }
            guard let query = former.popLast() else { return [.leave] }
            reader.clear()
            self.query = query
            return []
        default:
            if let effects = changing.perform(id, on: subject(of: id, context)) { return effects }
            let name = query.map(Self.name) ?? "log"
            guard let effects = LogCommands.perform(id, &reader, feed: query.map { .log($0) }, name: name) else {
                preconditionFailure("no such command: \(id)")
            }
            return effects
        }
    }

    func draw(into region: Region, in context: PaneContext) {
        var title = PaneTitle(region.sub(Rect(x: 0, y: 0, width: region.width, height: 1)), in: context)
        let body = region.sub(Rect(x: 0, y: 1, width: region.width, height: region.height - 1))
        guard let query else {
            title.heading("Logs")
            let words = ["No log is open.", "Select a pod or a workload and press l, or type :logs NAMESPACE POD."]
            for (line, text) in words.enumerated() { body.put(text, x: 2, y: 1 + line, style: CellStyle(.muted)) }
            return
        }
        title.heading(Self.name(query))
        title.place(query.environment)
        title.quiet(
            query.namespace + (query.container.map { " · \($0)" } ?? "")
                + (query.previous ? " · before the last restart" : ""))
        if let wanted { title.remark("looking for", Clock.time(wanted)) }
        LogCommands.remarks(reader, &title)
        title.status([.log(query)])
        if reader.count == 0 {
            let words = reader.total > 0 ? "No line passes the filter" : "No lines yet"
            FeedFace.draw(context.world.status(of: .log(query)), empty: words, into: body, in: context)
        } else {
            reader.draw(into: body, in: context)
        }
    }

    static let descriptor = PaneDescriptor(
        id: "logs", title: "Logs", help: "lines of a pod or a workload: live, with history above",
        make: { LogsPane() },
        accepts: { if case .logs = $0 { true } else { false } },
        interpret: { interpret($0, $1) },
        complete: { line, context in
            line.arguments.isEmpty && !line.endsInSpace && !line.word.isEmpty && "logs".hasPrefix(line.word)
                ? [Completion("logs", detail: "logs [NAMESPACE] POD, or KIND/NAME")] : []
        })

    /// `:logs POD`, `:logs NAMESPACE POD`, `:logs deploy/NAME`, `:logs -l app=x`.
    private static func interpret(_ line: CommandLine, _ context: PaneContext) -> [Effect]? {
        guard ["logs", "log"].contains(line.word) else { return nil }
        var words = line.arguments
        let isSelector = words.first == "-l"
        if isSelector { words.removeFirst() }
        guard let name = words.last else { return [.notice(Notice("logs of what? logs [NAMESPACE] POD", .warning))] }
        let environment = context.scope.environment
        let namespace =
            words.count > 1
            ? words[0]
            : context.scope.namespaces.names.first
                ?? context.world.environment(environment)?.defaultNamespace ?? "default"
        return [
            .go(
                .logs(
                    LogQuery(
                        environment: environment, namespace: namespace,
                        target: isSelector ? .selector(name) : LogQuery.Target(word: name)),
                    around: nil))
        ]
    }
}
