import JSON
import Model

/// Makes table rows of a server's JSON: `Table` objects, and plain lists and objects of servers that have no tables.
///
/// It remembers the columns, because a watch sends them with its first event only. Cells become text as kubectl prints
/// them: null is empty, a text ends at its first line break with "...". The cell of an age column is left empty where
/// the row knows when the object was created: the reader computes it, and an age that grows is no change of the row.
struct TableDecoder {
    private(set) var columns: [TableColumn] = []
    private var ageColumn: Int?
    private var texts = PackedTexts.Builder(reserving: 512, count: 24)

    /// What a kind without a table is shown as; kubectl does the same.
    static let plainColumns = [
        TableColumn(name: "Name", format: "name"), TableColumn(name: "Age", isAge: true),
    ]

    mutating func page(_ value: JSONValue, target: String) throws(KubernetesError) -> TablePage {
        var page = TablePage()
        page.resourceVersion = value[path: "metadata", "resourceVersion"]?.string ?? ""
        let continuation = value[path: "metadata", "continue"]?.string ?? ""
        page.continuation = continuation.isEmpty ? nil : continuation
        let isTable = value["columnDefinitions"] != nil || value["rows"] != nil
        guard isTable || value["items"] != nil else {
            let kind = value["kind"]?.string ?? "something without a kind"
            throw .decoding(target: target, cause: "it is \(kind), neither a table nor a list")
        }
        page.rows = isTable ? tableRows(value) : plainRows(value)
        page.columns = columns
        return page
    }

    /// Takes the columns from what stands before the rows of a page; every API server sends them in this order.
    mutating func begin(_ page: JSONValue) {
        if page["rows"] == nil { usePlainColumns() } else { useColumns(of: page) }
    }

    /// A row of a table, or an object of a plain list.
    mutating func row(of element: JSONValue) -> TableRow {
        guard let cells = element["cells"] else { return row(element["metadata"], cells: nil) }
        return row(element[path: "object", "metadata"], cells: cells)
    }

    /// One line of a watch, with the resource version it carries ("" when none).
    mutating func event(_ value: JSONValue, target: String) throws(KubernetesError) -> (TableWatchEvent, String) {
        guard let type = value["type"]?.string, let object = value["object"] else {
            throw .decoding(target: target, cause: "a line of the watch is no event")
        }
        switch type {
        case "ADDED", "MODIFIED": return (.put(rows(of: object), columns: columns), version(of: object))
        case "DELETED": return (.removed(rows(of: object)), version(of: object))
        // The row of a bookmark in table form is no row.
        case "BOOKMARK": return (.bookmark, version(of: object))
        case "ERROR":
            let message = object["message"]?.string ?? object["reason"]?.string ?? ""
            return (.failed(code: object["code"]?.int ?? 0, message: message), "")
        default: throw .decoding(target: target, cause: "a watch event of the unknown type \(type)")
        }
    }

    private mutating func rows(of object: JSONValue) -> [TableRow] {
        if object["rows"] != nil { return tableRows(object) }
        usePlainColumns()
        return [row(object["metadata"], cells: nil)]
    }

    private mutating func tableRows(_ table: JSONValue) -> [TableRow] {
        useColumns(of: table)
        guard let rows = table["rows"] else { return [] }
        var result: [TableRow] = []
        result.reserveCapacity(rows.count)
        for value in rows.elements {
            result.append(row(value[path: "object", "metadata"], cells: value["cells"]))
        }
        return result
    }

    private mutating func useColumns(of table: JSONValue) {
        guard let definitions = table["columnDefinitions"], definitions.kind == .array else { return }
        columns = definitions.elements.map(Self.column)
        ageColumn = columns.firstIndex { $0.isAge }
    }

    private mutating func plainRows(_ list: JSONValue) -> [TableRow] {
        usePlainColumns()
        guard let items = list["items"] else { return [] }
        return items.elements.map { row($0["metadata"], cells: nil) }
    }

    private mutating func usePlainColumns() {
        columns = Self.plainColumns
        ageColumn = 1
    }

    private func version(of object: JSONValue) -> String {
        if let version = object[path: "metadata", "resourceVersion"]?.string, !version.isEmpty { return version }
        return object["rows"]?[0]?[path: "object", "metadata", "resourceVersion"]?.string ?? ""
    }

    private static func column(_ value: JSONValue) -> TableColumn {
        let name = value["name"]?.string ?? ""
        let description = value["description"]?.string ?? ""
        return TableColumn(
            name: name, type: value["type"]?.string ?? "string", format: value["format"]?.string ?? "",
            priority: value["priority"]?.int ?? 0, isAge: isAge(name, description: description))
    }

    /// A custom kind may call anything its age; only what is computed from the creation time can be computed here.
    private static func isAge(_ name: String, description: String) -> Bool {
        guard name == "Age" else { return false }
        return !description.contains("JSONPath") || description.hasSuffix(".metadata.creationTimestamp")
    }
}

/// The row itself: metadata first, then the cells, straight into the packed bytes.
extension TableDecoder {
    private mutating func row(_ metadata: JSONValue?, cells: JSONValue?) -> TableRow {
        append(metadata?["namespace"])
        append(metadata?["name"] ?? cells?[0])
        append(metadata?["uid"])
        let owner = metadata?["ownerReferences"].flatMap(Self.owner)
        append(owner?["kind"])
        append(owner?["name"])
        append(owner?["uid"])
        let created = metadata?["creationTimestamp"].flatMap(Self.seconds) ?? 0
        if let cells {
            appendCells(cells, created: created)
        } else {
            append(metadata?["name"])
            append(nil)
        }
        let isDeleting = metadata?["deletionTimestamp"].map { $0.kind == .string } ?? false
        return TableRow(packed: texts.finish(), created: created, isDeleting: isDeleting)
    }

    private mutating func appendCells(_ cells: JSONValue, created: Int64) {
        for (index, cell) in cells.elements.enumerated() {
            if index == ageColumn, created != 0 {
                append(nil)
            } else {
                append(cell: cell)
            }
        }
    }

    private mutating func append(_ value: JSONValue?) {
        guard value?.withUTF8({ texts.append(bytes: $0) }) != nil else { return texts.append("") }
    }

    private mutating func append(cell: JSONValue) {
        switch cell.kind {
        case .string: cell.withUTF8 { appendFirstLine($0) }
        case .array, .object: texts.append(String(decoding: cell.serialized(), as: UTF8.self))
        default: texts.append(GoText.scalar(cell))
        }
    }

    private mutating func appendFirstLine(_ text: UnsafeBufferPointer<UInt8>) {
        guard let end = text.firstIndex(where: { $0 == 10 || $0 == 12 || $0 == 13 }) else {
            return texts.append(bytes: text)
        }
        texts.append(String(decoding: text[..<end], as: UTF8.self) + "...")
    }

    /// The controlling owner, else the first.
    private static func owner(_ references: JSONValue) -> JSONValue? {
        references.elements.first { $0["controller"]?.bool == true } ?? references[0]
    }

    private static func seconds(_ value: JSONValue) -> Int64? {
        value.withUTF8 { Timestamp(rfc3339: $0) }.flatMap { $0 }.map { $0.nanoseconds / 1_000_000_000 }
    }
}
