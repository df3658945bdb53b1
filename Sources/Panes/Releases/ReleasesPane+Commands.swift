import Canvas
import Model
import PaneKit

extension ReleasesPane {
    func commands(in context: PaneContext) -> [Command] {
        let nothing: String? = current == nil ? "no release is selected" : nil
        let isText = open.map { $0.view != .history } ?? false
        return MoveCommands.vertical + [
            Command(
                "open", "history", help: "the revisions of the release", keys: ["enter", "d"], group: "Release",
                weight: 90
            )
            .disabled(open?.view == .history ? "this is the history; v, y and i show the texts" : nothing),
            view("values", "values", "what was set beside the chart's values; secrets hidden", "v", .values, nothing),
            view("manifest", "manifest", "what was sent to the cluster; secrets hidden", "y", .manifest, nothing),
            view("notes", "notes", "what the chart says to its user", "i", .notes, nothing),
            Command(
                "rollback", "roll back", help: "back to the revision under the cursor, through the helm program",
                keys: ["B"], group: "Change", danger: .changes, weight: 60
            ).disabled(nothing ?? rollbackProblem(context)),
            Command(
                "copy", "copy", help: isText ? "copy the whole text" : "copy the name", keys: ["c"], group: "Release"
            )
            .disabled(nothing),
            isText
                ? Command(
                    "search", "search", help: "find text or /regex/ in this view", keys: ["/"], group: "Text",
                    weight: 60)
                : Command("filter", "filter", help: "text, /regex/, !not", keys: ["/"], group: "Table", weight: 50)
                    .disabled(open == nil ? nil : "the history is short"),
            MoveCommands.back,
        ]
    }

    private func view(
        _ id: Command.ID, _ title: String, _ help: String, _ key: String, _ view: View, _ nothing: String?
    ) -> Command {
        Command(id, title, help: help, keys: [key], group: "Release", weight: 70)
            .disabled(open?.view == view ? "these are the \(title)" : nothing)
    }

    private func rollbackProblem(_ context: PaneContext) -> String? {
        guard let open else { return "open the history and choose the revision" }
        if let reason = context.world.guards[open.release.environment]?.readOnly { return reason }
        if context.world.guards[open.release.environment] == nil,
            context.world.environment(open.release.environment)?.isReadOnly == true
        {
            return "\(open.release.environment) is read-only"
        }
        guard open.view == .history, let revision = open.history.selected else {
            return "choose a revision in the history"
        }
        let newest = context.world.releaseDetails[open.release]?.history.first?.release.revision
        return revision == newest ? "revision \(revision) is the present one" : nil
    }

    /// The release that commands are about: the open one, else the one under the cursor.
    private var current: HelmReleaseReference? { open?.release ?? list.selected }

    mutating func perform(_ id: Command.ID, _ context: PaneContext) -> [Effect] {
        if let move = MoveCommands.move(id) {
            if open == nil { list.move(move) }
            if open?.view == .history { open?.history.move(move) } else { open?.text.move(move) }
            return []
        }
        switch id.name {
        case "filter": return [.ask(Prompt("filter", label: "/", text: filterText, history: "releases", isLive: true))]
        case "search":
            return [
                .ask(Prompt("search", label: "/", text: open?.text.searchText ?? "", history: "search", isLive: true))
            ]
        case "open": show(.history)
        case "values": show(.values)
        case "manifest": show(.manifest)
        case "notes": show(.notes)
        case "copy": return copy(context)
        case "rollback": return rollBack()
        case "back": return back()
        default: preconditionFailure("no such command: \(id)")
        }
        return []
    }

    /// The texts are those of the revision under the cursor in the history.
    private mutating func show(_ view: View) {
        guard var release = current else { return }
        if view == .history {
            release.revision = nil
        } else if let chosen = open?.history.selected {
            release.revision = chosen
        }
        var page = open ?? Open(release: release)
        page.release = release
        page.view = view
        page.text = TextView()
        open = page
    }

    private func rollBack() -> [Effect] {
        guard let open, let revision = open.history.selected else { return [] }
        let release = open.release
        let newest = ObjectReference(
            environment: release.environment, kind: ResourceKind(version: "v1", plural: "secrets", kind: "Secret"),
            namespace: release.namespace, name: release.name)
        let verb = ActionVerb.rollBackRelease(name: release.name, revision: revision)
        return [.act(Action(verb, on: [newest], in: release.environment))]
    }

    private func copy(_ context: PaneContext) -> [Effect] {
        guard let current else { return [] }
        guard let open, open.view != .history else { return [.copy(current.name, what: current.name)] }
        let lines = open.text.lines.map(\.text).joined(separator: "\n")
        return [.copy(lines, what: "\(open.view.rawValue) of \(current.name)")]
    }

    private mutating func back() -> [Effect] {
        if open?.text.searchText != nil {
            _ = open?.text.find("")
        } else if let view = open?.view, view != .history {
            show(.history)
        } else if open != nil {
            open = nil
        } else if !filterText.isEmpty {
            filterText = ""
        } else {
            return [.leave]
        }
        return []
    }

    private static let words = ["releases", "release", "helm"]

    static let descriptor = PaneDescriptor(
        id: "releases", title: "Releases", help: "Helm releases: history, values, manifest, notes, roll back",
        make: { ReleasesPane() },
        accepts: { if case .releases = $0 { true } else { false } },
        interpret: { line, context in
            guard words.contains(line.word) else { return nil }
            return [.go(.releases(context.scope.environment, name: line.arguments.first))]
        },
        complete: { line, context in
            if line.arguments.isEmpty, !line.endsInSpace {
                return words.filter { !line.word.isEmpty && $0.hasPrefix(line.word) }.prefix(1)
                    .map { Completion($0, detail: "Helm releases") }
            }
            guard words.contains(line.word) else { return [] }
            let names = (context.world.releases[context.scope.environment] ?? []).map(\.name)
            return names.filter { $0.hasPrefix(line.arguments.first ?? "") }.map { Completion($0, detail: "release") }
        },
        commandSets: {
            let context = PaneContext(
                world: World(), scope: Scope(environments: ["none"]), size: Size(width: 80, height: 24))
            let release = HelmReleaseReference(environment: "none", namespace: "none", name: "none")
            var one = ReleasesPane()
            one.open = Open(release: release)
            var text = one
            text.open?.view = .values
            return [ReleasesPane(), one, text].map { $0.commands(in: context) }
        })
}
