import JSON
import Model

/// Reads the two forms of discovery: the aggregated one, and the lists of old servers.
enum DiscoveryDecoder {
    /// An APIGroupDiscoveryList: every group with all its versions and resources.
    static func aggregated(_ value: JSONValue) -> Discovery {
        var discovery = Discovery()
        for group in elements(value["items"]) {
            let name = group[path: "metadata", "name"]?.string ?? ""
            var versions: [[ResourceKind]] = []
            for version in elements(group["versions"]) {
                let label = version["version"]?.string ?? ""
                versions.append(elements(version["resources"]).map { kind($0, group: name, version: label) })
                guard version["freshness"]?.string == "Stale" else { continue }
                discovery.notices.append("\(name)/\(label) does not answer: its kinds may be out of date")
            }
            discovery.kinds += preferred(versions)
        }
        return discovery
    }

    private static func kind(_ value: JSONValue, group: String, version: String) -> ResourceKind {
        ResourceKind(
            group: group, version: version, plural: value["resource"]?.string ?? "",
            singular: value["singularResource"]?.string ?? "",
            kind: value[path: "responseKind", "kind"]?.string ?? "", shortNames: texts(value["shortNames"]),
            isNamespaced: value["scope"]?.string == "Namespaced", verbs: texts(value["verbs"]),
            categories: texts(value["categories"]))
    }

    /// An APIResourceList: the kinds of one group and version, without their subresources.
    static func resources(_ value: JSONValue, group: String, version: String) -> [ResourceKind] {
        elements(value["resources"]).compactMap { resource in
            guard let plural = resource["name"]?.string, !plural.contains("/") else { return nil }
            return ResourceKind(
                group: group, version: version, plural: plural, singular: resource["singularName"]?.string ?? "",
                kind: resource["kind"]?.string ?? "", shortNames: texts(resource["shortNames"]),
                isNamespaced: resource["namespaced"]?.bool ?? false, verbs: texts(resource["verbs"]),
                categories: texts(resource["categories"]))
        }
    }

    /// An APIGroupList: each group with its versions, the preferred one first.
    static func groups(_ value: JSONValue) -> [(name: String, versions: [String])] {
        elements(value["groups"]).map { group in
            let preferred = group[path: "preferredVersion", "version"]?.string
            let versions = elements(group["versions"]).compactMap { $0["version"]?.string }
            let others = versions.filter { $0 != preferred }
            return (group["name"]?.string ?? "", (preferred.map { [$0] } ?? []) + others)
        }
    }

    /// Of the versions of one group, the preferred one first: every kind once, in the first version that has it.
    static func preferred(_ versions: [[ResourceKind]]) -> [ResourceKind] {
        var seen: Set<String> = []
        return versions.joined().filter { !$0.plural.isEmpty && seen.insert($0.plural).inserted }
    }

    private static func elements(_ value: JSONValue?) -> [JSONValue] { value.map { Array($0.elements) } ?? [] }

    static func texts(_ value: JSONValue?) -> [String] { elements(value).compactMap(\.string) }
}
