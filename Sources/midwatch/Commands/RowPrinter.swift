import Canvas
import Foundation
import Model

/// Rows of one table as text, in any format that rows alone can fill.
struct RowPrinter {
    private let columns: [(index: Int, title: String, isAge: Bool)]
    private let now = Date().timeIntervalSince1970
    private let query: TableQuery
    private let several: Bool
    private let output: OutputFormat

    init(_ columns: [TableColumn], _ query: TableQuery, several: Bool, _ output: OutputFormat) {
        self.columns = columns.enumerated().filter { output == .wide || $0.element.priority == 0 }
            .map { ($0.offset, $0.element.name, $0.element.isAge) }
        self.query = query
        self.several = several
        self.output = output
    }

    func text(_ rows: [TableRow], titles: Bool) -> String {
        if output == .name {
            let kind = query.kind.group.isEmpty ? query.kind.singular : "\(query.kind.singular).\(query.kind.group)"
            return TextTable([], rows.map { ["\(kind)/\($0.name)"] }).body
        }
        return titles ? table(rows).text : TextTable([], rows.map(cells)).body
    }

    /// Rows that stand below a table printed before, and so as wide as its titles.
    func following(_ rows: [TableRow]) -> String { output == .name ? text(rows, titles: false) : table(rows).body }

    private func table(_ rows: [TableRow]) -> TextTable {
        TextTable(leading.map(\.title) + columns.map(\.title), rows.map(cells))
    }

    /// A namespace column where more than one namespace can be meant, as kubectl does.
    private var leading: [(title: String, cell: (TableRow) -> String)] {
        var list: [(String, (TableRow) -> String)] = []
        let name = query.environment.name
        if several { list.append(("ENV", { _ in name })) }
        if query.kind.isNamespaced, query.scope.names.count != 1 { list.append(("NAMESPACE", { $0.namespace })) }
        return list
    }

    private func cells(_ row: TableRow) -> [String] {
        leading.map { $0.cell(row) }
            + columns.map { column in
                // Ages are not kept as the server printed them: they grow.
                column.isAge && row.created > 0 ? Age.text(now - Double(row.created)) : row.cell(column.index)
            }
    }
}
