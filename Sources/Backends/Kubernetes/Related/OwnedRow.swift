import Model

/// A row of a table as a node of a tree: the few words that say how the object is.
struct OwnedRow {
    private let row: TableRow
    private let columns: [TableColumn]
    private let query: TableQuery

    init(_ row: TableRow, _ columns: [TableColumn], _ query: TableQuery) {
        self.row = row
        self.columns = columns
        self.query = query
    }

    var ownerUID: String { row.owner?.uid ?? "" }

    /// A replica set of a former revision: it wants no pods and has none.
    var isSpent: Bool {
        query.kind == .replicaSets && cell("Desired") == "0" && (cell("Current") ?? "0") == "0"
    }

    func node(depth: Int) -> RelatedObjects.Node {
        let object = ObjectReference(
            environment: query.environment, kind: query.kind, namespace: row.namespace.isEmpty ? nil : row.namespace,
            name: row.name, uid: row.uid)
        return RelatedObjects.Node(object, depth: depth, words: words, tone: tone)
    }

    private var words: String {
        var words: [String] = []
        if let desired = cell("Desired"), let ready = cell("Ready") {
            words.append("\(ready)/\(desired) ready")
        } else if let ready = cell("Ready") {
            words.append("\(ready) ready")
        }
        if let completions = cell("Completions") { words.append("\(completions) complete") }
        if let status = cell("Status") { words.append(status) }
        if row.isDeleting, !words.contains("Terminating") { words.append("deleting") }
        return words.joined(separator: "  ")
    }

    private var tone: Tone {
        if let status = cell("Status") { return StatusTone.of(status) }
        guard let parts = cell("Ready")?.split(separator: "/"), parts.count == 2 else { return .plain }
        return parts[0] == parts[1] ? .good : .warning
    }

    private func cell(_ title: String) -> String? {
        guard let index = columns.firstIndex(where: { $0.name == title }) else { return nil }
        let text = row.cell(index)
        return text.isEmpty ? nil : text
    }
}
