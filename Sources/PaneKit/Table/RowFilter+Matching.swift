import Model
import Pattern

extension RowFilter {
    /// Whether a row passes all words of the filter.
    func matches(_ row: TableRow, environment: EnvironmentID, columns: ColumnSet) -> Bool {
        var alternatives: [String: Bool] = [:]
        for term in terms {
            guard let column = term.column else {
                if anyCell(row, environment, term.pattern) == term.isNegated { return false }
                continue
            }
            let found = cell(column, row, environment, columns, term.pattern)
            if term.isNegated {
                if found { return false }
            } else {
                alternatives[column] = (alternatives[column] ?? false) || found
            }
        }
        return alternatives.allSatisfy { $0.value }
    }

    private func anyCell(_ row: TableRow, _ environment: EnvironmentID, _ pattern: Pattern) -> Bool {
        if row.withName({ pattern.matches($0) }) || row.withNamespace({ pattern.matches($0) }) { return true }
        for index in 0..<row.cellCount where row.withCell(index, { pattern.matches($0) }) { return true }
        return pattern.matches(environment.name)
    }

    private func cell(
        _ title: String, _ row: TableRow, _ environment: EnvironmentID, _ columns: ColumnSet, _ pattern: Pattern
    ) -> Bool {
        switch title {
        case "namespace", "ns": return row.withNamespace { pattern.matches($0) }
        case "env", "environment": return pattern.matches(environment.name)
        case "owner": return pattern.matches(row.owner?.name ?? "")
        default:
            // Columns that are not shown now can be asked for too; the beginning of a title is enough.
            let index =
                columns.tableColumns.firstIndex { $0.name.lowercased() == title }
                ?? columns.tableColumns.firstIndex { $0.name.lowercased().hasPrefix(title) }
            guard let index else { return false }
            return row.withCell(index) { pattern.matches($0) }
        }
    }
}
