import Canvas
import Model
import PaneKit

extension ForwardsPane {
    func commands(in context: PaneContext) -> [Command] {
        let forward = current(context)
        let face = forward.map { ForwardFace($0) }
        let nothing: String? = forward == nil ? "there is no forward in the list" : nil
        return MoveCommands.vertical + [
            Command(
                "open", "open", help: "open one that is saved or has failed", keys: ["enter"], group: "Forward",
                weight: 90
            )
            .disabled(nothing ?? (face?.isOpen == true ? "it is open already; o goes to its target" : nil)),
            Command(
                "stop", "stop", help: "close its ports; one with a name stays in the list", keys: ["x", "ctrl-d"],
                group: "Forward", danger: .changes, weight: 80
            ).disabled(nothing ?? (forward?.state == .closed ? "it is not open; D forgets it" : nil)),
            Command("copy", "copy", help: "copy 127.0.0.1:PORT", keys: ["c"], group: "Forward", weight: 70)
                .disabled(nothing ?? (face?.addresses.isEmpty == true ? "no port of it is bound" : nil)),
            Command(
                "save", "save", help: "keep it for the environment under a name", keys: ["s"], group: "Forward",
                weight: 60
            ).disabled(nothing),
            Command("forget", "forget", help: "keep it no longer", keys: ["D"], group: "Forward", danger: .changes)
                .disabled(nothing ?? (forward?.name.isEmpty == true ? "it is not saved" : nil)),
            Command("object", "target", help: "go to what it leads to", keys: ["o"], group: "Forward", weight: 50)
                .disabled(nothing),
            Command(
                "pod", "pod", help: "go to the pod that serves it now", keys: ["w"], group: "Forward"
            ).disabled(nothing ?? (forward?.pod.isEmpty == true ? "no pod serves it now" : nil)),
            Command("filter", "filter", help: "text, /regex/, !not", keys: ["/"], group: "Table", weight: 40),
            MoveCommands.back,
        ]
    }

    mutating func perform(_ id: Command.ID, _ context: PaneContext) -> [Effect] {
        if let move = MoveCommands.move(id) {
            list.move(move)
            return []
        }
        switch id.name {
        case "filter": return [.ask(Prompt("filter", label: "/", text: filterText, history: "forwards", isLive: true))]
        case "back":
            if filterText.isEmpty { return [.leave] }
            filterText = ""
            return []
        default: return current(context).map { perform(id, $0) } ?? []
        }
    }

    private func perform(_ id: Command.ID, _ forward: ForwardInfo) -> [Effect] {
        let face = ForwardFace(forward)
        switch id.name {
        case "open": return [.forward(forward.id, .open)]
        case "stop": return stop(forward)
        case "copy": return copy(forward)
        case "save":
            let label = "save the forward to \(forward.target.name) as: "
            return [.ask(Prompt(Prompt.ID("save \(forward.id.number)"), label: label, text: face.name))]
        case "forget": return [.forward(forward.id, .save(name: ""))]
        case "object": return [.go(.object(forward.target, .describe))]
        case "pod":
            let pod = ObjectReference(
                environment: forward.target.environment, kind: .pods, namespace: forward.target.namespace,
                name: forward.pod)
            return [.go(.object(pod, .describe))]
        default: preconditionFailure("no such command: \(id)")
        }
    }

    /// Connections that are open would be cut, so that is asked about.
    private func stop(_ forward: ForwardInfo) -> [Effect] {
        guard forward.openConnections > 0 else { return [.forward(forward.id, .stop)] }
        let count = forward.openConnections == 1 ? "1 open connection" : "\(forward.openConnections) open connections"
        let choices = [Completion("stop", detail: "cuts \(count)"), Completion("keep", detail: "it goes on")]
        let label = "stop the forward to \(forward.target.name)? "
        return [
            .ask(Prompt(Prompt.ID("stop \(forward.id.number)"), label: label, completions: choices, isChoice: true))
        ]
    }

    private func copy(_ forward: ForwardInfo) -> [Effect] {
        let addresses = ForwardFace(forward).addresses
        guard addresses.count > 1 else { return addresses.first.map { [.copy($0, what: $0)] } ?? [] }
        let choices = forward.ports.filter { $0.local > 0 }.map {
            Completion("127.0.0.1:\($0.local)", detail: "to \($0.remote)")
        }
        return [.ask(Prompt("copy", label: "copy ", completions: choices, isChoice: true))]
    }

    /// Prompts carry the forward they were asked about, wherever the cursor is by now.
    mutating func accept(_ prompt: Prompt.ID, _ answer: String, _ context: PaneContext) -> [Effect] {
        if prompt == "copy", !answer.isEmpty { return [.copy(answer, what: answer)] }
        let words = prompt.name.split(separator: " ")
        guard words.count == 2, let id = Int(words[1]).map({ SessionID($0) }) else { return [] }
        switch (words[0], answer) {
        case ("stop", "stop"): return [.forward(id, .stop)]
        case ("save", ""): return [.notice(Notice("save: a name is needed; D forgets one that is saved", .warning))]
        case ("save", let name): return [.forward(id, .save(name: name))]
        default: return []
        }
    }

    static let descriptor = PaneDescriptor(
        id: "forwards", title: "Forwards", help: "ports of this machine that lead into clusters",
        make: { ForwardsPane() }, accepts: { $0 == .forwards },
        interpret: { interpret($0, $1) },
        complete: { line, context in
            if Self.words.contains(line.word), line.endsInSpace || !line.arguments.isEmpty {
                let begun = line.endsInSpace ? "" : line.arguments.last ?? ""
                return saved(context).filter { $0.name.hasPrefix(begun) }.map { Completion($0.name, detail: "saved") }
            }
            guard line.arguments.isEmpty, !line.word.isEmpty else { return [] }
            let words = [
                Completion("pf", detail: "ports forwarded into clusters"),
                Completion("forwards", detail: "the same as pf"),
            ]
            return words.filter { $0.text.hasPrefix(line.word) }
        })

    private static let words: Set<String> = ["pf", "forwards", "forward"]

    private static func saved(_ context: PaneContext) -> [ForwardInfo] {
        context.world.forwards.filter {
            !$0.name.isEmpty && context.scope.environments.contains($0.target.environment)
        }
    }

    /// `:pf` is the list; `:pf NAME` opens the one that is saved under the name.
    private static func interpret(_ line: CommandLine, _ context: PaneContext) -> [Effect]? {
        guard words.contains(line.word) else { return nil }
        guard let name = line.arguments.first else { return [.go(.forwards)] }
        let named = saved(context).filter { $0.name == name }
        guard let forward = named.first else {
            let near = closestWord(to: name, among: saved(context).map(\.name)).map { " · did you mean \($0)?" } ?? ""
            return [.notice(Notice("no forward is saved as \(name) here\(near)", .warning))]
        }
        guard forward.state == .closed else {
            return [.go(.forwards), .notice(Notice("\(name) is open already"))]
        }
        return [.forward(forward.id, .open)]
    }
}
