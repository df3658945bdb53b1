import Foundation

/// How one kind becomes rows of a Table: the columns and the cells of an object at a moment.
struct TablePrinter: Sendable {
    var columns: [TableColumn]
    var cells: @Sendable (_ object: SimJSON, _ now: Date) -> [SimJSON]
    /// The row's conditions, which mark a pod that is done.
    var conditions: @Sendable (_ object: SimJSON) -> SimJSON

    init(
        _ columns: [TableColumn], conditions: @escaping @Sendable (SimJSON) -> SimJSON = { _ in .null },
        cells: @escaping @Sendable (SimJSON, Date) -> [SimJSON]
    ) {
        self.columns = columns
        self.cells = cells
        self.conditions = conditions
    }

    /// Name and creation time, for kinds that the server has no columns for.
    static let plain = TablePrinter(TableColumn.plain) { object, _ in
        [object["metadata"]["name"], object["metadata"]["creationTimestamp"]]
    }

    /// The printers of the built-in kinds, by resource.
    static let builtIn: [String: TablePrinter] = core.merging(workloads) { $1 }.merging(clusterWide) { $1 }
}

extension SimJSON {
    /// `metadata.name`.
    var nameCell: SimJSON { self["metadata"]["name"] }

    /// How old the object is.
    func ageCell(_ now: Date) -> SimJSON {
        .string(HumanDuration.since(self["metadata"]["creationTimestamp"], now: now))
    }

    /// Names of the containers of a pod template, and their images, each joined by commas.
    var containerCells: [SimJSON] {
        let containers = self["spec"]["containers"].items
        return [
            .string(containers.compactMap { $0["name"].stringValue }.joined(separator: ",")),
            .string(containers.compactMap { $0["image"].stringValue }.joined(separator: ",")),
        ]
    }

    /// A label selector as kubectl writes it, `<none>` for none.
    var selectorCell: SimJSON {
        var parts = self["matchLabels"].members.map { "\($0.key)=\($0.value.stringValue ?? "")" }.sorted()
        for expression in self["matchExpressions"].items {
            let key = expression["key"].stringValue ?? ""
            let values = expression["values"].items.compactMap(\.stringValue).sorted().joined(separator: ",")
            switch expression["operator"].stringValue {
            case "In": parts.append("\(key) in (\(values))")
            case "NotIn": parts.append("\(key) notin (\(values))")
            case "Exists": parts.append(key)
            default: parts.append("!\(key)")
            }
        }
        return .string(parts.isEmpty ? "<none>" : parts.joined(separator: ","))
    }

    /// Labels as kubectl writes them, sorted, `<none>` for none.
    var labelsText: String {
        let parts = members.map { "\($0.key)=\($0.value.stringValue ?? "")" }.sorted()
        return parts.isEmpty ? "<none>" : parts.joined(separator: ",")
    }

    /// The condition of a type in `status.conditions`.
    func condition(_ type: String) -> SimJSON {
        self["status"]["conditions"].items.first { $0["type"].stringValue == type } ?? .null
    }
}
