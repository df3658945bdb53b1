import Model

/// The rows of one feed as `get -w` prints them: what is there first, in one piece, then each row that became another.
struct WatchedRows {
    private(set) var columns: [TableColumn] = []
    private var rows: [RowKey: TableRow] = [:]
    /// The rows before the server was asked for all of them anew: most are the same, and were printed.
    private var former: [RowKey: TableRow] = [:]
    private var order: [RowKey] = []
    private let names: Set<String>
    /// Whether the first list is complete.
    private(set) var isListed = false

    /// Without names every row counts.
    init(names: [String]) { self.names = Set(names) }

    /// Takes in a change; returns the rows to print now, which are none before the first list is complete.
    mutating func apply(_ delta: TableDelta) -> [TableRow] {
        if let columns = delta.reset {
            self.columns = columns
            (former, rows, order) = (rows, [:], [])
        }
        var fresh: [TableRow] = []
        for key in delta.order where names.isEmpty || names.contains(key.name) {
            let row = delta.changes[key] ?? nil
            if let row, row != rows[key] ?? former[key] { fresh.append(row) }
            if !isListed, row != nil, rows[key] == nil { order.append(key) }
            rows[key] = row
        }
        return isListed ? fresh : []
    }

    /// The feed has told all there is; returns the rows of the first list, once.
    mutating func listed() -> [TableRow]? {
        former = [:]
        guard !isListed else { return nil }
        isListed = true
        defer { order = [] }
        return order.compactMap { rows[$0] }
    }

    /// The first of the names that has no row.
    func missing(among names: [String]) -> String? {
        let found = Set(rows.keys.map(\.name))
        return names.first { !found.contains($0) }
    }
}
