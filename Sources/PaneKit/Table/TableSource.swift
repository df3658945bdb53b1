import Model

/// One server's share of a table view.
public struct TableSource: Hashable, Sendable {
    public var feed: FeedID
    public var environment: EnvironmentID
    public var kind: ResourceKind
    /// CPU and memory for these rows, where they are shown.
    public var metrics: MetricsQuery?
    /// Only rows whose owner has one of these uids; nil for all.
    public var owners: Set<String>?

    public init(_ query: TableQuery, metrics: MetricsQuery? = nil, owners: Set<String>? = nil) {
        feed = .table(query)
        environment = query.environment
        kind = query.kind
        self.metrics = metrics
        self.owners = owners
    }
}

/// A row wherever it stands: what selection and marks hold on to while rows come, go and move.
public struct RowID: Hashable, Sendable {
    public var environment: EnvironmentID
    public var key: RowKey
    public init(environment: EnvironmentID, key: RowKey) {
        self.environment = environment
        self.key = key
    }
}

/// A row's place in the world: which source, which slot. Eight bytes.
struct RowAddress: Hashable, Sendable {
    var source: Int32
    var slot: Table.Slot
}

/// The rows of all sources of a view, for the length of one call.
struct RowReader {
    let sources: [TableSource]
    let tables: [Table?]
    let metrics: [Metrics?]
    /// For a source whose server prints other columns than the first one's: where each of the first one's cells is in its
    /// rows, -1 where it has none. nil where they are the same.
    private let arrangements: [[Int]?]
    // Apart from their tables, because a table taken out of an array is retained four times over for one row of it.
    private let rows: [[TableRow?]]

    init(_ sources: [TableSource], _ world: World) {
        self.sources = sources
        tables = sources.map { world.tables[$0.feed] }
        rows = tables.map { $0?.rows ?? [] }
        metrics = sources.map { source in source.metrics.flatMap { world.metrics[$0] } }
        arrangements = Self.arrangements(tables)
    }

    private static func arrangements(_ tables: [Table?]) -> [[Int]?] {
        guard tables.count > 1, let first = tables.lazy.compactMap({ $0 }).first(where: { !$0.columns.isEmpty }) else {
            return tables.map { _ in nil }
        }
        return tables.map { table in
            guard let table, table.columns.map(\.name) != first.columns.map(\.name) else { return nil }
            return first.columns.map { column in table.columns.firstIndex { $0.name == column.name } ?? -1 }
        }
    }

    func row(_ address: RowAddress) -> TableRow? {
        let (source, slot) = (Int(address.source), Int(address.slot))
        guard rows[source].indices.contains(slot), let row = rows[source][slot] else { return nil }
        return arranged(row, address.source)
    }

    /// A row of a source with its cells under the view's columns.
    func arranged(_ row: TableRow, _ source: Int32) -> TableRow {
        arrangements[Int(source)].map { row.arranged($0) } ?? row
    }

    func id(_ address: RowAddress) -> RowID? {
        row(address).map { RowID(environment: sources[Int(address.source)].environment, key: $0.key) }
    }

    func usage(_ address: RowAddress, _ row: TableRow) -> Metrics.Usage? {
        metrics[Int(address.source)]?.usage[row.key]
    }
}
