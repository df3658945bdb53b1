import Model

/// A column as it stands on the screen: the server's own, or one that midwatch adds.
public enum DisplayColumn: Hashable, Sendable {
    case environment
    case namespace
    /// The n-th printer column of the table.
    case cell(Int)
    case cpu
    case memory
}

/// The columns of a table view: which there are, what stands above them, how to read a row under them.
struct ColumnSet: Sendable {
    var columns: [DisplayColumn] = []
    var titles: [String] = []
    /// Columns whose text is the age of the object, computed here.
    private(set) var age: Set<Int> = []
    private(set) var tableColumns: [TableColumn] = []
    /// Indices of columns that are shown only where there is room for all.
    private(set) var optional: Set<Int> = []
    /// Columns of the wide table that are wanted wherever they fit.
    private static let welcome: Set<String> = ["node", "ip"]

    init() {}

    init(
        _ table: [TableColumn], wide: Bool, showsEnvironment: Bool, showsNamespace: Bool, showsMetrics: Bool
    ) {
        tableColumns = table
        if showsEnvironment { append(.environment, "ENV") }
        if showsNamespace { append(.namespace, "NAMESPACE") }
        for (index, column) in table.enumerated() {
            let isWelcome = Self.welcome.contains(column.name.lowercased())
            guard wide || column.priority == 0 || isWelcome else { continue }
            if !wide, column.priority > 0 { optional.insert(columns.count) }
            if showsMetrics, column.isAge { appendMetrics() }
            append(.cell(index), column.name.uppercased())
            if column.isAge { age.insert(index) }
        }
        if showsMetrics { appendMetrics() }
    }

    /// Those that stand on every screen, with their titles.
    var firm: [(column: DisplayColumn, title: String)] {
        columns.indices.filter { !optional.contains($0) }.map { (columns[$0], titles[$0]) }
    }

    private mutating func append(_ column: DisplayColumn, _ title: String) {
        columns.append(column)
        titles.append(title)
    }

    private mutating func appendMetrics() {
        guard !columns.contains(.cpu) else { return }
        append(.cpu, "CPU")
        append(.memory, "MEM")
    }

    func isAge(_ column: DisplayColumn) -> Bool {
        if case .cell(let index) = column { age.contains(index) } else { false }
    }

    /// Numbers stand at the right edge of their column.
    func isRightAligned(_ column: DisplayColumn) -> Bool {
        switch column {
        case .cpu, .memory: true
        case .cell(let index): ["integer", "number"].contains(tableColumns[index].type) || age.contains(index)
        case .environment, .namespace: false
        }
    }
}
