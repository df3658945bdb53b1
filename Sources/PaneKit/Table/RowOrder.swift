import Model

/// How a table view is sorted: by a column, then by namespace and name, so that the order is total and nothing flickers.
struct RowOrder: Equatable, Sendable {
    /// nil: by namespace and name alone.
    var column: DisplayColumn?
    var isDescending = false

    /// All of a view's rows in their order. What is looked up to compare is looked up once a row here.
    func sorted(_ addresses: [RowAddress], _ reader: RowReader, _ columns: ColumnSet) -> [RowAddress] {
        let rows = addresses.compactMap { address in
            reader.row(address).map { (address: address, row: $0, figure: figure(address, $0, reader)) }
        }
        let isByFigure = column == .cpu || column == .memory
        let ordered = rows.sorted { a, b in
            guard isByFigure else { return precedes(a.address, a.row, b.address, b.row, reader, columns) }
            if a.figure != b.figure { return isDescending ? a.figure > b.figure : a.figure < b.figure }
            return tieBreak(a.address, a.row, b.address, b.row) < 0
        }
        return ordered.map(\.address)
    }

    /// What a figures column holds, -1 for nothing; 0 under any other column.
    private func figure(_ address: RowAddress, _ row: TableRow, _ reader: RowReader) -> Int {
        switch column {
        case .cpu: reader.usage(address, row)?.cpuMillicores ?? -1
        case .memory: reader.usage(address, row)?.memoryBytes ?? -1
        default: 0
        }
    }

    /// Whether `a` stands before `b`. Rows are given beside their addresses because a row's former value, which is no
    /// longer in the world, must find its old place.
    func precedes(
        _ a: RowAddress, _ x: TableRow, _ b: RowAddress, _ y: TableRow, _ reader: RowReader, _ columns: ColumnSet
    ) -> Bool {
        if let column {
            let order = compare(column, a, x, b, y, reader, columns)
            if order != 0 { return isDescending ? order > 0 : order < 0 }
        }
        return tieBreak(a, x, b, y) < 0
    }

    private func compare(
        _ column: DisplayColumn, _ a: RowAddress, _ x: TableRow, _ b: RowAddress, _ y: TableRow, _ reader: RowReader,
        _ columns: ColumnSet
    ) -> Int {
        switch column {
        case .environment: return Int(a.source - b.source)
        case .namespace:
            return x.withNamespace { p in y.withNamespace { q in NaturalOrder.compare(p, q) } }
        case .cell(let index):
            // Young is small: ages grow as creation lies further back.
            if columns.isAge(column) { return x.created == y.created ? 0 : (x.created > y.created ? -1 : 1) }
            return x.withCell(index) { p in y.withCell(index) { q in NaturalOrder.compare(p, q) } }
        case .cpu:
            return Self.compare(reader.usage(a, x)?.cpuMillicores, reader.usage(b, y)?.cpuMillicores)
        case .memory:
            return Self.compare(reader.usage(a, x)?.memoryBytes, reader.usage(b, y)?.memoryBytes)
        }
    }

    /// Without a figure comes before any figure. Compared, not subtracted: a server may send what overflows.
    private static func compare(_ a: Int?, _ b: Int?) -> Int {
        let (x, y) = (a ?? -1, b ?? -1)
        return x == y ? 0 : x < y ? -1 : 1
    }

    private func tieBreak(_ a: RowAddress, _ x: TableRow, _ b: RowAddress, _ y: TableRow) -> Int {
        let byNamespace = x.withNamespace { p in y.withNamespace { q in NaturalOrder.compare(p, q) } }
        if byNamespace != 0 { return byNamespace }
        let byName = x.withName { p in y.withName { q in NaturalOrder.compare(p, q) } }
        return byName != 0 ? byName : Int(a.source - b.source)
    }
}
