import Canvas
import Model

/// A table as a person works in it: sorted, filtered, with a selection that stays on its object and a scroll that stays on
/// its line while rows come and go.
///
/// It holds addresses of rows, eight bytes each, not rows; an update of the world costs what changed, not what is there.
public struct TableView: Sendable {
    public internal(set) var sources: [TableSource] = []
    public internal(set) var filter = RowFilter.none
    public internal(set) var onlyFaults = false
    public internal(set) var isWide = false
    public internal(set) var showsMetrics = false
    /// The row under the cursor.
    public internal(set) var selected: RowID?
    public internal(set) var marks: Set<RowID> = []
    /// The row from which `mark range` reaches to the cursor.
    var markAnchor: RowID?

    /// The revision of each source's table that the addresses below are of.
    var seen: [UInt64?] = []
    var order = RowOrder()
    var columns = ColumnSet()
    var tones = ToneRules(columns: [])
    /// All rows of all sources that the owner rule admits, in order.
    var sorted: [RowAddress] = []
    /// Those of them that the filter admits; unused while nothing filters.
    var filtered: [RowAddress] = []
    var cursor = 0
    var top = 0
    /// First of the columns after the fixed ones that is shown.
    var columnOffset = 0
    /// The widest text seen in each column; grows only, so that nothing jumps.
    var widths: [Int] = []
    var viewHeight = 20
    var wantsNamespaceColumn = true

    public init() {}

    var isFiltering: Bool { !filter.isEmpty || onlyFaults }
    var visible: [RowAddress] { isFiltering ? filtered : sorted }

    public var shownCount: Int { isFiltering ? filtered.count : sorted.count }
    public var totalCount: Int { sorted.count }

    /// The title of the column that sorts, and whether it is turned round; nil for the order by namespace and name.
    public var sortTitle: (title: String, isDescending: Bool)? {
        guard let column = order.column, let index = columns.columns.firstIndex(of: column) else { return nil }
        return (columns.titles[index], order.isDescending)
    }

    public var columnTitles: [String] { columns.firm.map(\.title) }

    /// The row under the cursor with where it comes from; nil when the table is empty.
    public func selectedRow(in world: World) -> (source: TableSource, row: TableRow)? {
        guard cursor < shownCount, cursor >= 0 else { return nil }
        let address = visible[cursor]
        let reader = RowReader(sources, world)
        return reader.row(address).map { (sources[Int(address.source)], $0) }
    }

    /// What an action is for: the marked rows that are still there, else the one under the cursor.
    public func targets(in world: World) -> [ObjectReference] {
        if marks.isEmpty { return selectedRow(in: world).map { [reference($0.source, $0.row)] } ?? [] }
        return marked(in: world)
    }

    /// The marked rows that are still there, in the table's order; of many no more than `limit`, in any order.
    public func marked(in world: World, limit: Int = .max) -> [ObjectReference] {
        let reader = RowReader(sources, world)
        let some = limit < marks.count ? Array(marks.prefix(limit)) : Array(marks)
        let addresses = some.compactMap { address(of: $0, reader) }
        return (limit < marks.count ? addresses : order.sorted(addresses, reader, columns)).compactMap { address in
            reader.row(address).map { reference(sources[Int(address.source)], $0) }
        }
    }

    private func address(of id: RowID, _ reader: RowReader) -> RowAddress? {
        for (number, source) in sources.enumerated() where source.environment == id.environment {
            guard let slot = reader.tables[number]?.slot(of: id.key) else { continue }
            return RowAddress(source: Int32(number), slot: slot)
        }
        return nil
    }

    private func reference(_ source: TableSource, _ row: TableRow) -> ObjectReference {
        ObjectReference(
            environment: source.environment, kind: source.kind, namespace: row.namespace.isEmpty ? nil : row.namespace,
            name: row.name, uid: row.uid)
    }
}
