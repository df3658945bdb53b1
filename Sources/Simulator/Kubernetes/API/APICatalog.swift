import Foundation

/// The resources one cluster serves now: the built-in ones, the metrics server's, and its custom resources'.
struct APICatalog: Sendable {
    let resources: [APIResource]
    private let index: [String: APIResource]
    /// Columns and cells of custom resources, by `group/version/plural`.
    private let customPrinters: [String: TablePrinter]
    let warnings: [String: String]

    init(definitions: [SimJSON] = []) {
        var resources = APIResource.builtIn + APIResource.metrics
        var printers: [String: TablePrinter] = [:]
        var warnings: [String: String] = [:]
        for definition in definitions {
            let custom = CustomResources(definition)
            resources += custom.resources
            printers.merge(custom.printers) { $1 }
            warnings.merge(custom.warnings) { $1 }
        }
        self.resources = resources
        customPrinters = printers
        self.warnings = warnings
        index = Dictionary(resources.map { (Self.key($0.group, $0.version, $0.plural), $0) }, uniquingKeysWith: { $1 })
    }

    func resource(group: String, version: String, plural: String) -> APIResource? {
        index[Self.key(group, version, plural)]
    }

    func hasGroupVersion(_ group: String, _ version: String) -> Bool {
        resources.contains { $0.group == group && $0.version == version }
    }

    func printer(of resource: APIResource) -> TablePrinter {
        customPrinters[Self.key(resource.group, resource.version, resource.plural)]
            ?? TablePrinter.builtIn[resource.storage] ?? .plain
    }

    /// The groups with their versions and resources, in order, the core group first.
    var groups: [(name: String, versions: [(version: String, resources: [APIResource])])] {
        var groups: [(name: String, versions: [(version: String, resources: [APIResource])])] = []
        for resource in resources {
            let group = groups.firstIndex { $0.name == resource.group } ?? groups.endIndex
            if group == groups.endIndex { groups.append((resource.group, [])) }
            let versions = groups[group].versions
            let version = versions.firstIndex { $0.version == resource.version } ?? versions.endIndex
            if version == versions.endIndex { groups[group].versions.append((resource.version, [])) }
            groups[group].versions[version].resources.append(resource)
        }
        return groups
    }

    static func key(_ group: String, _ version: String, _ plural: String) -> String { "\(group)/\(version)/\(plural)" }
}
