import Canvas

/// Columns as kubectl prints them: titles in capitals, three blanks between, nothing behind the last.
struct TextTable {
    private var rows: [[String]]

    /// Every cell is made safe: what a server sent never reaches a terminal raw.
    init(_ titles: [String], _ rows: [[String]]) {
        self.rows = ([titles.map { $0.uppercased() }] + rows).map { $0.map { DisplayText.safe($0) } }
    }

    var text: String { lines(rows).joined(separator: "\n") }

    /// Without the titles, for rows that follow a table already printed.
    var body: String { lines(rows).dropFirst().joined(separator: "\n") }

    private func lines(_ rows: [[String]]) -> [String] {
        let count = rows.map(\.count).max() ?? 0
        let widths = (0..<count).map { column in
            // The least width and the padding are those of kubectl's tab writer.
            max(6, rows.map { column < $0.count ? DisplayText.width($0[column]) + 3 : 0 }.max() ?? 0)
        }
        return rows.map { row in
            row.enumerated().map { index, cell in
                index == row.count - 1
                    ? cell : cell + String(repeating: " ", count: max(0, widths[index] - DisplayText.width(cell)))
            }.joined()
        }
    }
}
