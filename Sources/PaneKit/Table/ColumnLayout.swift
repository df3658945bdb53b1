/// Which columns of a table view fit, and where: the fixed ones first, then the others from the column offset on.
struct ColumnLayout {
    struct Place: Equatable {
        var index: Int
        var x: Int
        var width: Int
    }
    private(set) var places: [Place] = []
    private(set) var hidesLeft = false
    private(set) var hidesRight = false

    private static let gap = 2

    init(_ view: TableView, width: Int) {
        let count = view.columns.columns.count
        let fixed = min(view.fixedColumns, count)
        let all = Array(0..<fixed) + Array(min(count, fixed + view.columnOffset)..<count)
        let needed = all.reduce(0) { $0 + view.widths[$1] + Self.gap } - Self.gap
        let shown = needed <= width ? all : all.filter { !view.columns.optional.contains($0) }
        hidesLeft = view.columnOffset > 0
        var wanted = shown.map { view.widths[$0] }
        let titles = shown.map { view.columns.titles[$0].utf8.count }
        let name = fixed - 1
        Self.shrink(&wanted, floors: titles.indices.map { $0 == name ? .max : max(titles[$0], 10) }, to: width)
        Self.shrink(&wanted, floors: titles.indices.map { $0 == name ? 30 : .max }, to: width)
        var x = 0
        for (position, index) in shown.enumerated() {
            guard x < width else {
                hidesRight = true
                break
            }
            let room = min(wanted[position], width - x)
            if room < min(4, wanted[position]), position > 0 {
                hidesRight = true
                break
            }
            places.append(Place(index: index, x: x, width: room))
            x += room + Self.gap
        }
    }

    /// Takes columns off the widest until all fit, none below its floor; what is left over is cut at the edge, from where the
    /// columns can be shifted: a name that cannot be read is worse than a column that has to be fetched.
    private static func shrink(_ widths: inout [Int], floors: [Int], to width: Int) {
        var excess = widths.reduce(0, +) + max(0, widths.count - 1) * gap - width
        while excess > 0 {
            guard let widest = widths.indices.filter({ widths[$0] > floors[$0] }).max(by: { widths[$0] < widths[$1] })
            else { return }
            let others = widths.indices.filter { $0 != widest && widths[$0] > floors[$0] }.map { widths[$0] }.max() ?? 0
            let step = max(1, min(excess, widths[widest] - max(others, floors[widest])))
            widths[widest] -= step
            excess -= step
        }
    }
}
