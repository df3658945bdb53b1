import Canvas
import PaneKit

/// All command rows of a program as a Markdown table: what `midwatch keys` prints and the README shows.
///
/// A row that several panes share stands once.
public struct KeyTable {
    public let markdown: String

    private struct Entry {
        var places: [String]
        let keys: String
        let help: String
    }

    public init(panes: [PaneDescriptor], keymap: Keymap = Keymap()) {
        var entries: [Entry] = []
        for row in Console.ownRows(panes) { Self.add(row, "everywhere", keymap, to: &entries) }
        let own = Set(Console.ownRows(panes).map(\.id))
        for pane in panes {
            for row in Console.commandSets(panes: [pane]).joined()
            where !own.contains(row.id) {
                Self.add(row, pane.title, keymap, to: &entries)
            }
        }
        let lines = entries.map { entry in
            let isShared = entry.places.count == panes.count && panes.count > 1
            return
                "| \(isShared ? "every pane" : entry.places.joined(separator: ", ")) | \(entry.keys) | \(entry.help) |"
        }
        markdown = (["| where | key | what it does |", "|---|---|---|"] + lines).joined(separator: "\n")
    }

    private static func add(_ row: Command, _ place: String, _ keymap: Keymap, to entries: inout [Entry]) {
        let keys = keymap.keys(of: row).map { "`\($0)`".replacing("|", with: "\\|") }.joined(separator: " ")
        let help = row.help.replacing("|", with: "\\|")
        guard !keys.isEmpty else { return }
        if let index = entries.firstIndex(where: { $0.keys == keys && $0.help == help }) {
            if !entries[index].places.contains(place) { entries[index].places.append(place) }
        } else {
            entries.append(Entry(places: [place], keys: keys, help: help))
        }
    }
}

extension Console {
    /// The rows that every pane shares with the console.
    static func ownRows(_ panes: [PaneDescriptor]) -> [Command] {
        tabCommands(panes.map(\.title), visible: -1) + fixedCommands
    }
}
