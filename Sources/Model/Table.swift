/// What happened to the rows of a table since the last delta; merged by key while it waits.
public struct TableDelta: Sendable {
    /// Set with a new list: all rows before it are gone, and these are the columns.
    public var reset: [TableColumn]?
    /// The order is the order of arrival; nil means deleted. One entry a key.
    public private(set) var changes: [RowKey: TableRow?] = [:]
    public private(set) var order: [RowKey] = []

    public init(reset: [TableColumn]? = nil) { self.reset = reset }

    public var isEmpty: Bool { reset == nil && order.isEmpty }

    public mutating func put(_ row: TableRow) { set(row.key, row) }
    public mutating func remove(_ key: RowKey) { set(key, nil) }

    /// Adds what came later; a reset there wipes what waited here.
    public mutating func merge(_ later: TableDelta) {
        if later.reset != nil {
            self = later
            return
        }
        for key in later.order { set(key, later.changes[key] ?? nil) }
    }

    private mutating func set(_ key: RowKey, _ row: TableRow?) {
        if changes.updateValue(row, forKey: key) == nil { order.append(key) }
    }
}

/// The rows of one table feed on the main thread, each in a slot that stays its own while it lives.
///
/// Views keep slots, not rows: an update touches one slot and leaves a hundred thousand others alone.
public struct Table: Sendable {
    public typealias Slot = Int32
    /// Grows with every delta over all tables of a world, so that a view can tell whether it missed one.
    public internal(set) var revision: UInt64 = 0
    public private(set) var columns: [TableColumn] = []
    public private(set) var rows: [TableRow?] = []
    private var slots: [RowKey: Slot] = [:]
    private var free: [Slot] = []

    public init() {}

    public var count: Int { slots.count }

    public subscript(slot: Slot) -> TableRow? {
        slot >= 0 && Int(slot) < rows.count ? rows[Int(slot)] : nil
    }
    public func slot(of key: RowKey) -> Slot? { slots[key] }
    public func row(_ key: RowKey) -> TableRow? { slots[key].flatMap { rows[Int($0)] } }

    /// What an applied delta did, for views that follow. `before` holds the former row of updated and removed slots.
    public struct Changes: Sendable {
        public var reset = false
        /// The table's revision before the delta; a view that was at another must look at the whole table.
        public var from: UInt64 = 0
        public var inserted: [Slot] = []
        public var updated: [(slot: Slot, before: TableRow)] = []
        public var removed: [(slot: Slot, before: TableRow)] = []
        public init() {}
        public var isEmpty: Bool { !reset && inserted.isEmpty && updated.isEmpty && removed.isEmpty }
    }

    /// Slots that become free are used again only from the next delta on, so that a view never meets a stranger in one.
    public mutating func apply(_ delta: TableDelta) -> Changes {
        var result = Changes()
        if let columns = delta.reset {
            result.reset = true
            self.columns = columns
            rows.removeAll(keepingCapacity: true)
            slots.removeAll(keepingCapacity: true)
            free = []
        }
        var freed: [Slot] = []
        for key in delta.order {
            switch (delta.changes[key] ?? nil, slots[key]) {
            case (let row?, let slot?):
                let before = rows[Int(slot)]!
                if before == row { continue }
                rows[Int(slot)] = row
                result.updated.append((slot, before))
            case (let row?, nil):
                result.inserted.append(insert(row, key))
            case (nil, let slot?):
                result.removed.append((slot, rows[Int(slot)]!))
                rows[Int(slot)] = nil
                slots[key] = nil
                freed.append(slot)
            case (nil, nil):
                continue
            }
        }
        free += freed
        return result
    }

    private mutating func insert(_ row: TableRow, _ key: RowKey) -> Slot {
        if let slot = free.popLast() {
            rows[Int(slot)] = row
            slots[key] = slot
            return slot
        }
        let slot = Slot(rows.count)
        rows.append(row)
        slots[key] = slot
        return slot
    }
}
