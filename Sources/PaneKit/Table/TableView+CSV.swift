import Canvas
import Model

extension TableView {
    /// The rows shown, with their titles, as CSV (RFC 4180). Control characters are made visible, and a cell that a
    /// spreadsheet would run as a formula gets an apostrophe before it.
    public func csv(in context: PaneContext) -> String {
        let reader = RowReader(sources, context.world)
        var lines = [columns.firm.map { Self.quoted($0.title) }.joined(separator: ",")]
        for address in visible {
            guard let row = reader.row(address) else { continue }
            lines.append(
                columns.firm.map { Self.quoted(cellText($0.column, row, address, reader, context.now)) }.joined(
                    separator: ","))
        }
        return lines.joined(separator: "\r\n") + "\r\n"
    }

    private static func quoted(_ text: String) -> String {
        var cell = DisplayText.safe(text)
        if let first = cell.first, "=+@-".contains(first), Double(cell) == nil { cell = "'" + cell }
        guard cell.contains(where: { ",\"\n\r".contains($0) }) else { return cell }
        return "\"" + cell.replacing("\"", with: "\"\"") + "\""
    }
}
