import Canvas
import Model

/// How rows get into a view and stay in order.
extension TableView {
    /// Looks at other feeds; selection is kept where the same object is there too.
    public mutating func show(_ sources: [TableSource], namespaceColumn: Bool, metrics: Bool, in world: World) {
        self.sources = sources
        wantsNamespaceColumn = namespaceColumn
        showsMetrics = metrics
        marks = []
        rebuild(in: world)
    }

    /// Follows a feed's change; true when anything on the screen can differ.
    public mutating func apply(_ feed: FeedID, _ changes: Table.Changes, in world: World) {
        guard let source = sources.firstIndex(where: { $0.feed == feed }) else {
            if case .metrics(let query) = feed, sources.contains(where: { $0.metrics == query }) {
                metricsChanged(in: world)
            }
            return
        }
        if changes.reset || columnsDiffer(world) || changes.from != seen[source] {
            rebuild(in: world)
            return
        }
        let reader = RowReader(sources, world)
        seen = Self.revisions(reader)
        keepingPlace(reader, gone: changes.removed.map { ($0.before, Int32(source)) }) { view in
            view.remove(changes, Int32(source), reader)
            view.insert(changes, Int32(source), reader)
        }
    }

    public mutating func setFilter(_ filter: RowFilter, in world: World) {
        let candidates = isFiltering && filter.narrows(self.filter) ? filtered : nil
        self.filter = filter
        refilter(among: candidates, in: world)
    }

    /// Looks at everything anew if a change was missed: a page that was not on top is not told of any.
    public mutating func catchUp(in world: World) {
        if seen != Self.revisions(RowReader(sources, world)) { rebuild(in: world) }
    }

    static func revisions(_ reader: RowReader) -> [UInt64?] { reader.tables.map { $0?.revision } }

    public mutating func setOnlyFaults(_ on: Bool, in world: World) {
        onlyFaults = on
        refilter(in: world)
    }

    public mutating func setWide(_ on: Bool, in world: World) {
        isWide = on
        columnOffset = 0
        rebuild(in: world)
    }

    public mutating func sort(by column: DisplayColumn?, descending: Bool, in world: World) {
        order = RowOrder(column: column, isDescending: descending)
        rebuild(in: world)
    }

    /// Sorts by the column of this title; the same again turns the order round. False when there is no such column.
    public mutating func sort(byTitle title: String, in world: World) -> Bool {
        guard let index = columns.titles.firstIndex(where: { $0.lowercased() == title.lowercased() }) else {
            return false
        }
        let column = columns.columns[index]
        let again = order.column == column
        // Figures are looked at for their largest first.
        let first = columns.isRightAligned(column) && !columns.isAge(column)
        sort(by: column, descending: again ? !order.isDescending : first, in: world)
        return true
    }

    private func columnsDiffer(_ world: World) -> Bool {
        guard let table = sources.lazy.compactMap({ world.tables[$0.feed] }).first(where: { !$0.columns.isEmpty })
        else {
            return false
        }
        return table.columns != columns.tableColumns
    }

    /// Everything anew: other sources, columns or order.
    mutating func rebuild(in world: World) {
        let reader = RowReader(sources, world)
        seen = Self.revisions(reader)
        let table = reader.tables.lazy.compactMap { $0 }.first { !$0.columns.isEmpty }
        columns = ColumnSet(
            table?.columns ?? [], wide: isWide, showsEnvironment: sources.count > 1,
            showsNamespace: wantsNamespaceColumn, showsMetrics: showsMetrics)
        tones = ToneRules(columns: table?.columns ?? [])
        widths = columns.titles.map { $0.utf8.count }
        keepingPlace(reader) { view in
            view.sorted = []
            for source in view.sources.indices {
                let count = reader.tables[source]?.rows.count ?? 0
                for slot in 0..<count {
                    let address = RowAddress(source: Int32(source), slot: Table.Slot(slot))
                    guard let row = reader.row(address), view.admits(row, source) else { continue }
                    view.sorted.append(address)
                    view.measure(row, address, reader)
                }
            }
            view.sorted = view.order.sorted(view.sorted, reader, view.columns)
            view.filtered = view.passing(view.sorted, reader)
        }
    }

    /// Filters anew; `among` are the only rows that can pass, nil for all.
    private mutating func refilter(among candidates: [RowAddress]? = nil, in world: World) {
        let reader = RowReader(sources, world)
        keepingPlace(reader) { view in
            view.filtered = view.passing(candidates ?? view.sorted, reader)
        }
    }

    /// Those of some rows that the filter admits, in their order; none while nothing filters.
    private func passing(_ addresses: [RowAddress], _ reader: RowReader) -> [RowAddress] {
        guard isFiltering else { return [] }
        let matcher = RowMatcher(
            filter, environments: sources.map(\.environment), columns: columns, onlyFaults: onlyFaults ? tones : nil)
        return addresses.filter { address in
            reader.row(address).map { matcher.passes($0, source: Int(address.source)) } ?? false
        }
    }

    private mutating func metricsChanged(in world: World) {
        guard order.column == .cpu || order.column == .memory else { return }
        rebuild(in: world)
    }

    private func admits(_ row: TableRow, _ source: Int) -> Bool {
        guard let owners = sources[source].owners else { return true }
        return row.owner.map { owners.contains($0.uid) } ?? false
    }

}

/// Small changes: what leaves is found by its former value, what comes is put where it belongs.
extension TableView {
    fileprivate mutating func remove(_ changes: Table.Changes, _ source: Int32, _ reader: RowReader) {
        var gone: [(RowAddress, TableRow)] = changes.removed.map {
            (RowAddress(source: source, slot: $0.slot), reader.arranged($0.before, source))
        }
        for (slot, before) in changes.updated {
            let address = RowAddress(source: source, slot: slot)
            guard let row = reader.row(address) else { continue }
            let former = reader.arranged(before, source)
            if moves(address, former, row, reader) { gone.append((address, former)) }
        }
        guard !gone.isEmpty else { return }
        let addresses = Set(gone.map(\.0))
        if gone.count > 16 {
            sorted.removeAll { addresses.contains($0) }
            filtered.removeAll { addresses.contains($0) }
        } else {
            for (address, _) in gone {
                if let index = sorted.firstIndex(of: address) { sorted.remove(at: index) }
                if isFiltering, let index = filtered.firstIndex(of: address) { filtered.remove(at: index) }
            }
        }
    }

    /// Whether an updated row may stand elsewhere now, or has come into the filter or left it.
    private func moves(_ address: RowAddress, _ before: TableRow, _ row: TableRow, _ reader: RowReader) -> Bool {
        if order.column != nil {
            let (order, columns) = (order, columns)
            if order.precedes(address, before, address, row, reader, columns)
                || order.precedes(address, row, address, before, reader, columns)
            {
                return true
            }
        }
        // Adoption and orphaning change who a row belongs to.
        return isFiltering || admits(before, Int(address.source)) != admits(row, Int(address.source))
    }

    fileprivate mutating func insert(_ changes: Table.Changes, _ source: Int32, _ reader: RowReader) {
        var fresh: [RowAddress] = changes.inserted.map { RowAddress(source: source, slot: $0) }
        for (slot, before) in changes.updated {
            let address = RowAddress(source: source, slot: slot)
            guard let row = reader.row(address) else { continue }
            if admits(row, Int(source)) { measure(row, address, reader) }
            if moves(address, reader.arranged(before, source), row, reader) { fresh.append(address) }
        }
        for slot in changes.inserted {
            let address = RowAddress(source: source, slot: slot)
            if let row = reader.row(address), admits(row, Int(source)) { measure(row, address, reader) }
        }
        if sources[Int(source)].owners != nil {
            fresh.removeAll { address in !(reader.row(address).map { admits($0, Int(source)) } ?? false) }
        }
        guard !fresh.isEmpty else { return }
        sorted = merging(sorted, fresh, reader)
        if isFiltering { filtered = merging(filtered, passing(fresh, reader), reader) }
    }

    /// A few sorted into many: each place found by halving, the stretches between copied whole.
    private func merging(_ old: [RowAddress], _ fresh: [RowAddress], _ reader: RowReader) -> [RowAddress] {
        let (order, columns) = (order, columns)
        let coming = fresh.compactMap { address in reader.row(address).map { (address, $0) } }
            .sorted { order.precedes($0.0, $0.1, $1.0, $1.1, reader, columns) }
        guard !coming.isEmpty else { return old }
        var result: [RowAddress] = []
        result.reserveCapacity(old.count + coming.count)
        var start = 0
        for (address, row) in coming {
            let place = position(of: address, row, in: old, from: start, reader)
            result.append(contentsOf: old[start..<place])
            result.append(address)
            start = place
        }
        result.append(contentsOf: old[start...])
        return result
    }

    private func position(
        of address: RowAddress, _ row: TableRow, in list: [RowAddress], from start: Int, _ reader: RowReader
    ) -> Int {
        var low = start
        var high = list.count
        while low < high {
            let middle = (low + high) / 2
            let isBefore = reader.row(list[middle]).map {
                order.precedes(list[middle], $0, address, row, reader, columns)
            }
            if isBefore ?? true { low = middle + 1 } else { high = middle }
        }
        return low
    }
}

/// Selection, scroll and widths through changes.
extension TableView {
    /// Runs a change and puts cursor and scroll back on their object and line.
    ///
    /// An object that is not there after a new list, or that the filter hides, keeps the selection for when it comes back: a
    /// list arrives page by page. Only an object that is `gone` gives it up to its neighbour.
    fileprivate mutating func keepingPlace(
        _ reader: RowReader, gone: [(TableRow, Int32)] = [], _ change: (inout TableView) -> Void
    ) {
        let line = cursor - top
        let former = cursor
        change(&self)
        if let selected, let index = index(of: selected, near: former, reader) {
            cursor = index
        } else {
            cursor = min(former, max(0, shownCount - 1))
            let isGone = gone.contains { row, source in
                selected == RowID(environment: sources[Int(source)].environment, key: row.key)
            }
            if isGone { selected = nil }
        }
        top = cursor - line
        clampScroll()
        if selected == nil { selected = shownCount > 0 ? reader.id(visible[cursor]) : nil }
    }

    private func index(of id: RowID, near guess: Int, _ reader: RowReader) -> Int? {
        for (number, source) in sources.enumerated() where source.environment == id.environment {
            guard let slot = reader.tables[number]?.slot(of: id.key) else { continue }
            let address = RowAddress(source: Int32(number), slot: slot)
            let list = visible
            if guess < list.count, list[guess] == address { return guess }
            if let index = list.firstIndex(of: address) { return index }
        }
        return nil
    }

    mutating func clampScroll() {
        cursor = min(max(0, cursor), max(0, shownCount - 1))
        let height = max(1, viewHeight)
        if cursor < top { top = cursor }
        if cursor >= top + height { top = cursor - height + 1 }
        top = min(max(0, top), max(0, shownCount - height))
    }

    /// Lets the columns grow to hold a row. Bytes stand for columns of the screen: exact for ASCII, enough for the rest.
    mutating func measure(_ row: TableRow, _ address: RowAddress, _ reader: RowReader) {
        for (index, column) in columns.columns.enumerated() {
            let wide: Int
            switch column {
            case .environment: wide = sources[Int(address.source)].environment.name.utf8.count
            case .namespace: wide = row.withNamespace { $0.count }
            case .cell(let cell): wide = columns.isAge(column) ? 5 : row.withCell(cell) { $0.count }
            case .cpu: wide = 6
            case .memory: wide = 7
            }
            if wide > widths[index] { widths[index] = min(wide, 200) }
        }
    }
}
