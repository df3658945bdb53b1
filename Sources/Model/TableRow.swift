/// A row's identity within one table of one server.
public struct RowKey: Hashable, Sendable {
    /// "" for cluster-scoped objects.
    public var namespace: String
    public var name: String
    public init(namespace: String, name: String) {
        self.namespace = namespace
        self.name = name
    }
}

/// A printer column, as the server defines it.
public struct TableColumn: Sendable, Equatable {
    public var name: String
    /// JSON schema type: "string", "integer", "number", "boolean", "date".
    public var type: String
    public var format: String
    /// 0 is always shown; above, only in the wide table.
    public var priority: Int
    /// The column tells how long ago the object was created. Its cells are empty wherever the row has `created`: write
    /// `Age.text(now - created)` there; any other text in such a cell stands as it is.
    public var isAge: Bool
    public init(name: String, type: String = "string", format: String = "", priority: Int = 0, isAge: Bool = false) {
        self.name = name
        self.type = type
        self.format = format
        self.priority = priority
        self.isAge = isAge
    }
}

/// One object of a table: its cells as the server printed them, and what midwatch needs of its metadata.
///
/// All texts lie packed in one buffer: a table of 100,000 rows has 100,000 allocations, not a million.
public struct TableRow: Sendable, Equatable {
    private let texts: PackedTexts
    /// Seconds since 1970; 0 when the server gave none.
    public let created: Int64
    /// True once the object has a deletionTimestamp.
    public let isDeleting: Bool

    private static let fixed = 6

    public init(
        namespace: String, name: String, uid: String = "", owner: (kind: String, name: String, uid: String)? = nil,
        created: Int64 = 0, isDeleting: Bool = false, cells: [String]
    ) {
        texts = PackedTexts([namespace, name, uid, owner?.kind ?? "", owner?.name ?? "", owner?.uid ?? ""] + cells)
        self.created = created
        self.isDeleting = isDeleting
    }

    /// For decoders that have the bytes already: namespace, name, uid, owner kind, owner name, owner uid, then the cells.
    public init(packed texts: PackedTexts, created: Int64, isDeleting: Bool) {
        precondition(texts.count >= Self.fixed)
        self.texts = texts
        self.created = created
        self.isDeleting = isDeleting
    }

    public var key: RowKey { RowKey(namespace: texts[0], name: texts[1]) }
    public var namespace: String { texts[0] }
    public var name: String { texts[1] }
    public var uid: String { texts[2] }
    /// The controlling owner (else the first).
    public var owner: (kind: String, name: String, uid: String)? {
        texts.isEmpty(at: 4) ? nil : (texts[3], texts[4], texts[5])
    }
    public var cellCount: Int { texts.count - Self.fixed }

    /// The same object with its cells in another order; "" for an index that it has no cell at.
    public func arranged(_ order: [Int]) -> TableRow {
        TableRow(
            namespace: namespace, name: name, uid: uid, owner: owner, created: created, isDeleting: isDeleting,
            cells: order.map { $0 < 0 ? "" : cell($0) })
    }

    /// A cell's text; "" past the end.
    public func cell(_ index: Int) -> String {
        index < cellCount ? texts[Self.fixed + index] : ""
    }

    /// A cell's bytes without a copy, for matching and sorting.
    public func withCell<R>(_ index: Int, _ body: (UnsafeBufferPointer<UInt8>) throws -> R) rethrows -> R {
        guard index < cellCount else { return try body(UnsafeBufferPointer(start: nil, count: 0)) }
        return try texts.withText(Self.fixed + index, body)
    }
    public func withNamespace<R>(_ body: (UnsafeBufferPointer<UInt8>) throws -> R) rethrows -> R {
        try texts.withText(0, body)
    }
    public func withName<R>(_ body: (UnsafeBufferPointer<UInt8>) throws -> R) rethrows -> R {
        try texts.withText(1, body)
    }
    /// Whether a search finds something in namespace, name or a cell; `find` as in `PackedTexts.anyText`.
    public func anyText(has find: (UnsafeBufferPointer<UInt8>, Int) -> Range<Int>?) -> Bool {
        texts.anyText(in: 0..<2, has: find) || texts.anyText(in: Self.fixed..<texts.count, has: find)
    }
    public func withOwnerUID<R>(_ body: (UnsafeBufferPointer<UInt8>) throws -> R) rethrows -> R {
        try texts.withText(5, body)
    }
}
