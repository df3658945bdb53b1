import Canvas
import Model
import PaneKit

extension AlertsPane {
    func commands(in context: PaneContext) -> [Command] {
        let subject = current.flatMap { id in alert(id, context).flatMap { AlertSubject.object($0, id.environment) } }
        let log = current.flatMap { id in alert(id, context).flatMap { AlertSubject.log($0, id.environment) } }
        let nothing: String? = current == nil ? "no alert is selected" : nil
        return MoveCommands.vertical + [
            Command("open", "open", help: "labels and annotations", keys: ["enter"], group: "Alert", weight: 90)
                .disabled(open == nil ? nothing : "this is all there is; w goes to the workload"),
            Command(
                "workload", "workload", help: "go to the pod or workload that the labels name", keys: ["w"],
                group: "Alert", weight: 80
            )
            .disabled(nothing ?? (subject == nil ? "the labels name no pod, workload or node" : nil)),
            Command(
                "logs", "logs", help: "follow the logs of what the alert is about", keys: ["l"], group: "Alert",
                weight: 70
            )
            .disabled(nothing ?? (log == nil ? "the labels name nothing that has logs" : nil)),
            Command("copy", "copy", help: "copy the labels as a matcher", keys: ["c"], group: "Alert").disabled(
                nothing),
            open == nil
                ? Command("filter", "filter", help: "text, /regex/, !not", keys: ["/"], group: "Table", weight: 60)
                : Command(
                    "search", "search", help: "find text or /regex/ in this view", keys: ["/"], group: "Text",
                    weight: 60),
            MoveCommands.back,
        ] + Changing.rows(Changes.quick, for: changeSubject(context), in: context)
    }

    /// The pod or workload that the alert is about.
    func changeSubject(_ context: PaneContext) -> ChangeSubject {
        guard let current else { return ChangeSubject(nothing: "no alert is selected") }
        guard let alert = alert(current, context), let object = AlertSubject.object(alert, current.environment) else {
            return ChangeSubject(nothing: "the labels name no pod, workload or node")
        }
        return ChangeSubject(object, context.world.objects[object])
    }

    /// The alert that commands are about: the open one, else the one under the cursor.
    private var current: AlertID? { open ?? list.selected }

    mutating func perform(_ id: Command.ID, _ context: PaneContext) -> [Effect] {
        if let move = MoveCommands.move(id) {
            if open == nil { list.move(move) } else { text.move(move) }
            return []
        }
        switch id.name {
        case "filter": return [.ask(Prompt("filter", label: "/", text: filterText, history: "alerts", isLive: true))]
        case "search":
            return [.ask(Prompt("search", label: "/", text: text.searchText ?? "", history: "search", isLive: true))]
        case "back": return back()
        default: break
        }
        if let effects = changing.perform(id, on: changeSubject(context)) { return effects }
        guard let current, let alert = alert(current, context) else { return [] }
        switch id.name {
        case "open": open = current
        case "workload":
            guard let object = AlertSubject.object(alert, current.environment) else { return [] }
            return [.go(.object(object, .describe))]
        case "logs":
            return AlertSubject.log(alert, current.environment).map { [.go(.logs($0, around: alert.started))] } ?? []
        case "copy":
            let labels = alert.labels.sorted { $0.key < $1.key }.map { "\($0.key)=\"\($0.value)\"" }
            return [.copy("{" + labels.joined(separator: ",") + "}", what: "the labels of \(alert.name)")]
        default: preconditionFailure("no such command: \(id)")
        }
        return []
    }

    private mutating func back() -> [Effect] {
        if text.searchText != nil {
            _ = text.find("")
        } else if open != nil {
            open = nil
            text = TextView()
        } else if !filterText.isEmpty {
            filterText = ""
        } else {
            return [.leave]
        }
        return []
    }

    static let descriptor = PaneDescriptor(
        id: "alerts", title: "Alerts", help: "what Alertmanager has, by name and severity",
        make: { AlertsPane() },
        accepts: { if case .alerts = $0 { true } else { false } },
        interpret: { line, _ in
            ["alerts", "alert"].contains(line.word)
                ? [.go(.alerts(filter: line.arguments.joined(separator: " ")))] : nil
        },
        complete: { line, _ in
            line.arguments.isEmpty && !line.word.isEmpty && "alerts".hasPrefix(line.word)
                ? [Completion("alerts", detail: "what is firing")] : []
        },
        commandSets: {
            let context = PaneContext(
                world: World(), scope: Scope(environments: ["none"]), size: Size(width: 80, height: 24))
            var one = AlertsPane()
            one.open = AlertID(environment: "none", fingerprint: "none")
            return [AlertsPane(), one].map { $0.commands(in: context) }
        })
}
