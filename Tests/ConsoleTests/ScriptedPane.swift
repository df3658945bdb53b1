import Canvas
import Model
import PaneKit

/// A pane for tests: shows a cursor and what it was told, and returns the effects it was given.
struct ScriptedPane: Pane, Sendable {
    var name: String
    var script: Script
    var line = 0
    var told: [String] = []

    /// What the pane does when something reaches it.
    struct Script: Sendable {
        var feeds: [FeedID] = []
        var rows: [Command] = []
        var effects: [String: [Effect]] = [:]
        var completions: [Completion] = []
        var understands: [String: [Effect]] = [:]
        var accepts: @Sendable (Destination) -> Bool = { _ in false }
        var takesKeys = false
    }

    static func descriptor(_ name: String, _ script: Script = Script()) -> PaneDescriptor {
        PaneDescriptor(
            id: name, title: name.capitalized, help: "the \(name) pane",
            make: { ScriptedPane(name: name, script: script) }, accepts: script.accepts,
            interpret: { line, _ in script.understands[([line.word] + line.arguments).joined(separator: " ")] },
            complete: { line, _ in
                script.completions.filter { $0.text.hasPrefix(line.arguments.last ?? line.word) }
            })
    }

    func title(in context: PaneContext) -> String { name.capitalized }
    func feeds(in context: PaneContext) -> [FeedID] { script.feeds }

    func takesKeys(in context: PaneContext) -> Bool { script.takesKeys }

    func commands(in context: PaneContext) -> [Command] {
        [
            Command("move.down", "down", help: "one line down", keys: ["j", "down"], group: "Move"),
            Command("move.up", "up", help: "one line up", keys: ["k", "up"], group: "Move"),
        ] + script.rows
    }

    mutating func handle(_ event: PaneEvent, in context: PaneContext) -> [Effect] {
        let word: String
        switch event {
        case .command("move.down"):
            line += 1
            return []
        case .command("move.up"):
            line -= 1
            return []
        case .command(let id): word = "\(id)"
        case .feed(let feed, let changes):
            let news = changes.inserted.isEmpty && changes.reset ? "reset" : "\(changes.inserted.count)"
            word = "feed \(feed.environment) \(news)"
        case .scopeChanged: word = "scope \(context.scope.environments.map(\.name)) \(context.scope.namespaces.names)"
        case .go(let destination): word = "go \(destination)"
        case .prompt(let id, let outcome): word = "\(id.name) \(outcome)"
        case .key(let key): word = "key \(key)"
        case .paste(let text): word = "paste \(text)"
        case .mouse(let mouse): word = "\(mouse.action) \(mouse.place.x),\(mouse.place.y)"
        case .resized: return []
        }
        told.append(word)
        return script.effects[word] ?? []
    }

    func draw(into region: Region, in context: PaneContext) {
        region.put("\(name) line \(line)", x: 0, y: 0)
        for (offset, word) in told.enumerated() { region.put(word, x: 1, y: offset + 1, style: CellStyle(.muted)) }
    }
}
