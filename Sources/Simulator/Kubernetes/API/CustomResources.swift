import Foundation

/// What one CustomResourceDefinition adds to the API: a resource for each served version, with its printer columns.
struct CustomResources {
    var resources: [APIResource] = []
    var printers: [String: TablePrinter] = [:]
    /// The warning header of a deprecated version.
    var warnings: [String: String] = [:]

    init(_ definition: SimJSON) {
        let spec = definition["spec"]
        let names = spec["names"]
        guard let group = spec["group"].stringValue, let plural = names["plural"].stringValue,
            let kind = names["kind"].stringValue
        else { return }
        for version in spec["versions"].items where version["served"].boolValue == true {
            guard let name = version["name"].stringValue else { continue }
            var subresources: [APIResource.Subresource] = []
            if !version["subresources"]["status"].isNull { subresources.append(.status(kind)) }
            let scale = version["subresources"]["scale"]
            if !scale.isNull { subresources.append(.scale) }
            var resource = APIResource(
                group, name, plural, names["singular"].stringValue ?? kind.lowercased(), kind,
                namespaced: spec["scope"].stringValue == "Namespaced",
                short: names["shortNames"].items.compactMap(\.stringValue),
                categories: names["categories"].items.compactMap(\.stringValue), verbs: APIResource.customVerbs,
                subresources: subresources)
            if !scale.isNull { resource.scalePaths = ScalePaths(definition: scale) }
            resources.append(resource)
            let key = APICatalog.key(group, name, plural)
            printers[key] = Self.printer(version["additionalPrinterColumns"].items)
            guard version["deprecated"].boolValue == true else { continue }
            warnings[key] = version["deprecationWarning"].stringValue ?? "\(group)/\(name) \(kind) is deprecated"
        }
    }

    private static func printer(_ columns: [SimJSON]) -> TablePrinter {
        let age: SimJSON = ["name": "Age", "type": "date", "jsonPath": ".metadata.creationTimestamp"]
        let columns = columns.isEmpty ? [age] : columns
        let described = columns.map { column in
            let path = column["jsonPath"].stringValue ?? ""
            return TableColumn(
                column["name"].stringValue ?? "",
                column["type"].stringValue.flatMap(TableColumn.ValueType.init(rawValue:)) ?? .string,
                format: column["format"].stringValue ?? "", priority: column["priority"].intValue ?? 0,
                column["description"].stringValue ?? creationOr("\(path)"))
        }
        let name = TableColumn("Name", .string, format: "name", TableColumn.nameText)
        let paths = columns.map { (path($0["jsonPath"].stringValue ?? ""), $0["type"].stringValue ?? "string") }
        return TablePrinter([name] + described) { object, now in
            [object.nameCell] + paths.map { cell(value(object, $0.0), type: $0.1, now: now) }
        }
    }

    private static func creationOr(_ path: String) -> String {
        "Custom resource definition column (in JSONPath format): \(path)"
    }

    private static func path(_ text: String) -> [Substring] {
        text.replacing("\\.", with: "\u{1}").replacing("[", with: ".").replacing("]", with: "").split(separator: ".")
    }

    private static func value(_ object: SimJSON, _ path: [Substring]) -> SimJSON {
        path.reduce(object) { value, part in
            if let index = Int(part), value.arrayValue != nil { return value[index] }
            return value[String(part.replacing("\u{1}", with: "."))]
        }
    }

    /// A value in the column's type, as the API server's table convertor turns it.
    private static func cell(_ value: SimJSON, type: String, now: Date) -> SimJSON {
        switch (type, value) {
        case (_, .null): .null
        case ("date", .string): .string(HumanDuration.since(value, now: now))
        case ("integer", _): value.intValue.map { .int($0) } ?? .null
        case ("number", _): value.doubleValue.map { .double($0) } ?? .null
        case ("boolean", .bool): value
        case ("string", .string): value
        case ("string", _): .string(value.text)
        default: .null
        }
    }
}
