import Canvas
import Model
import PaneKit

/// What a `:` line means: the console's own words, aliases, then whatever a pane understands.
extension Console {
    /// The console's words, with what follows them and a few words of help.
    static let words: [Completion] = [
        Completion("ctx", detail: "NAME[,NAME]  environments to look at"),
        Completion("env", detail: "the same as ctx"),
        Completion("ns", detail: "NAME[,NAME] or all  namespaces to look at"),
        Completion("actions", detail: "what is being changed and what was"),
        Completion("undo", detail: "take the last change back, while that is offered"),
        Completion("unlock", detail: "[NAME] [15m]  lift read-only for a while"),
        Completion("lock", detail: "[NAME]  read-only again"),
        Completion("apply", detail: "FILE  server-side apply of its documents"),
        Completion("create", detail: "FILE  create the objects in it"),
        Completion("theme", detail: "NAME  how everything looks"),
        Completion("help", detail: "all keys that do something here"),
        Completion("quit", detail: "end midwatch"),
        Completion("q", detail: "end midwatch"),
    ]

    mutating func interpret(_ text: String) -> [Effect] {
        let line = expanded(CommandLine(text))
        switch line.word {
        case "": return []
        case "q", "q!", "quit", "exit": return [.quit]
        case "help", "?":
            overlay = .help(HelpOverlay())
            return []
        case "ctx", "env", "context", "contexts": return setEnvironments(line.arguments)
        case "ns": return setNamespaces(line.arguments)
        case "theme": return setTheme(line.arguments)
        case "actions": return showActions(line.arguments)
        case "undo": return undo()
        case "unlock": return unlock(line.arguments)
        case "lock": return lock(line.arguments)
        case "apply": return openFile(line.arguments, .apply)
        case "create": return openFile(line.arguments, .create)
        default: return interpretElsewhere(line)
        }
    }

    private func expanded(_ line: CommandLine) -> CommandLine {
        guard let meaning = settings.aliases[line.word] else { return line }
        var longer = CommandLine(meaning)
        longer.arguments += line.arguments
        return longer
    }

    private mutating func interpretElsewhere(_ line: CommandLine) -> [Effect] {
        let order = [visible] + tabs.indices.filter { $0 != visible }
        for index in order {
            guard let effects = tabs[index].descriptor.interpret(line, context()) else { continue }
            return effects.flatMap { absorb($0, from: index) }
        }
        if let index = tabs.firstIndex(where: { $0.descriptor.id == line.word.lowercased() }) { return turn(to: index) }
        let near = closestWord(to: line.word, among: knownWords).map { " · did you mean \($0)?" } ?? ""
        show(Notice("\(line.word) is no kind, pane or command here\(near)", .warning))
        return []
    }

    private var knownWords: [String] {
        let kinds = scope.environments.flatMap { world.kinds[$0] ?? [] }
        return Self.words.map(\.text) + tabs.map(\.descriptor.id) + settings.aliases.keys.sorted()
            + kinds.map(\.plural) + kinds.map(\.singular) + kinds.flatMap(\.shortNames)
    }

    private mutating func setEnvironments(_ words: [String]) -> [Effect] {
        let known = world.environments.map { Completion($0.id.name, detail: describe($0)) }
        let names = names(in: words).map { Self.meant($0, among: known.map(\.text)) }
        guard !names.isEmpty else {
            choose("ctx", label: "environment ", known)
            return []
        }
        for name in names where world.environment(EnvironmentID(name)) == nil {
            let near = closestWord(to: name, among: known.map(\.text)).map { " · did you mean \($0)?" } ?? ""
            show(Notice("no environment is called \(name)\(near)", .warning))
            return []
        }
        let environments = names.map { EnvironmentID($0) }
        return set(Scope(environments: environments, namespaces: scope.namespaces))
    }

    private func describe(_ environment: EnvironmentInfo) -> String {
        let marks = (environment.isProtected ? ["protected"] : []) + (environment.isReadOnly ? ["read-only"] : [])
        return (marks + [environment.server]).joined(separator: "  ")
    }

    private mutating func setNamespaces(_ words: [String]) -> [Effect] {
        let words = names(in: words)
        guard !words.isEmpty else {
            let all = [Completion("all", detail: "every namespace")] + knownNamespaces.map { Completion($0) }
            choose("ns", label: "namespace ", all)
            return []
        }
        let known = knownNamespaces
        let names = words.map { Self.meant($0, among: known) }
        let wanted: NamespaceScope = names.contains("all") || names.contains("*") ? .all : NamespaceScope(names)
        let moved = Scope(environments: scope.environments, namespaces: wanted)
        if let words = world.missingNamespace(in: moved) {
            show(Notice(words, .warning))
            return []
        }
        return set(moved)
    }

    private mutating func setTheme(_ words: [String]) -> [Effect] {
        guard let name = words.first else {
            choose("theme", label: "theme ", settings.themes.map { Completion($0.name, detail: $0.summary) })
            return []
        }
        let meant = Self.meant(name, among: settings.themes.map(\.name))
        guard let wanted = settings.themes.first(where: { $0.name == meant }) else {
            let near = closestWord(to: name, among: settings.themes.map(\.name)).map { " · did you mean \($0)?" } ?? ""
            show(Notice("no theme is called \(name)\(near)", .warning))
            return []
        }
        theme = wanted
        return []
    }

    /// The one name that begins with a word, where only one does: what the prompt shows faintly behind it.
    private static func meant(_ word: String, among names: [String]) -> String {
        let fitting = names.filter { $0.hasPrefix(word) }
        return names.contains(word) || fitting.count != 1 ? word : fitting[0]
    }

    private func names(in words: [String]) -> [String] {
        words.flatMap { $0.split(separator: ",").map(String.init) }
    }

    private var knownNamespaces: [String] {
        let listed = scope.environments.flatMap { environment in
            (world.tables[.table(TableQuery(environment: environment, kind: .namespaces))]?.rows ?? [])
                .compactMap { $0?.name }
        }
        let told = scope.environments.flatMap { world.environment($0)?.knownNamespaces ?? [] }
        return Set(listed + told).sorted()
    }

    /// What could stand at the end of the line, best first.
    func completions(of text: String) -> [Completion] {
        let line = expanded(CommandLine(text))
        if line.arguments.isEmpty, !line.endsInSpace { return firstWords(line) }
        let begun = line.endsInSpace ? "" : line.arguments.last ?? ""
        switch line.word {
        case "ctx", "env", "context", "contexts":
            return listed(begun, world.environments.map { Completion($0.id.name, detail: describe($0)) })
        case "ns": return listed(begun, [Completion("all")] + knownNamespaces.map { Completion($0) })
        case "unlock", "lock":
            return listed(begun, world.environments.map { Completion($0.id.name, detail: describe($0)) })
        case "theme":
            return settings.themes.filter { $0.name.hasPrefix(begun) }.map { Completion($0.name, detail: $0.summary) }
        default: return tabs.flatMap { $0.descriptor.complete(line, context()) }
        }
    }

    private func firstWords(_ line: CommandLine) -> [Completion] {
        guard !line.word.isEmpty else { return Self.words + paneWords }
        let own = (Self.words + paneWords).filter { $0.text.hasPrefix(line.word.lowercased()) }
        let aliases = settings.aliases.filter { $0.key.hasPrefix(line.word) }.sorted { $0.key < $1.key }
            .map { Completion($0.key, detail: $0.value) }
        let theirs = tabs.flatMap { $0.descriptor.complete(line, context()) }
        var seen: Set<String> = []
        return (own + aliases + theirs).filter { seen.insert($0.text).inserted }
    }

    private var paneWords: [Completion] { tabs.map { Completion($0.descriptor.id, detail: $0.descriptor.help) } }

    /// Completes the last of several names with commas between them.
    private func listed(_ begun: String, _ words: [Completion]) -> [Completion] {
        let parts = begun.split(separator: ",", omittingEmptySubsequences: false)
        let before = parts.dropLast().map { $0 + "," }.joined()
        let last = parts.last ?? ""
        return words.filter { $0.text.hasPrefix(last) && !parts.dropLast().contains($0.text[...]) }
            .map { Completion(before + $0.text, detail: $0.detail) }
    }
}
