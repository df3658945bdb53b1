/// A parsed `fieldSelector`: `status.phase!=Running,spec.nodeName=node-1`.
struct FieldSelector: Sendable, Equatable {
    struct Requirement: Sendable, Equatable {
        var path: [String]
        var value: String
        var isNegated: Bool
    }

    var requirements: [Requirement] = []

    /// Throws the 400 of a real server for a field that the resource cannot be selected by.
    init(_ text: String, for resource: APIResource) throws(APIStatus) {
        for term in text.split(separator: ",") {
            guard let sign = term.firstIndex(of: "=") else {
                throw .badRequest("invalid selector: '\(text)'; can't understand '\(term)'")
            }
            let isNegated = sign > term.startIndex && term[term.index(before: sign)] == "!"
            let field = String(isNegated ? term[..<term.index(before: sign)] : term[..<sign])
            let value = String(term[term.index(after: sign)...].drop { $0 == "=" })
            guard Self.fields(of: resource).contains(field) else {
                throw .badRequest("field label not supported: \(field)")
            }
            let stored = resource.storage == "events" && field == "source" ? "source.component" : field
            requirements.append(
                Requirement(path: stored.split(separator: ".").map(String.init), value: value, isNegated: isNegated))
        }
    }

    func matches(_ object: SimJSON) -> Bool {
        requirements.allSatisfy { requirement in
            let found = requirement.path.reduce(object) { $0[$1] }
            let text = found.stringValue ?? found.boolValue.map { "\($0)" } ?? found.intValue.map { "\($0)" } ?? ""
            return (text == requirement.value) != requirement.isNegated
        }
    }

    /// The one name that is selected, where the selector says so.
    var name: String? {
        requirements.first { $0.path == ["metadata", "name"] && !$0.isNegated }?.value
    }

    private static func fields(of resource: APIResource) -> Set<String> {
        let common: Set<String> = ["metadata.name", "metadata.namespace"]
        return common.union(extra[resource.storage] ?? [])
    }

    private static let extra: [String: Set<String>] = [
        "pods": [
            "spec.nodeName", "spec.restartPolicy", "spec.schedulerName", "spec.serviceAccountName", "spec.hostNetwork",
            "status.phase", "status.podIP", "status.nominatedNodeName",
        ],
        "nodes": ["spec.unschedulable"],
        "namespaces": ["status.phase"],
        "secrets": ["type"],
        "services": ["spec.clusterIP", "spec.type"],
        "jobs.batch": ["status.successful"],
        "replicasets.apps": ["status.replicas"],
        "events": [
            "involvedObject.kind", "involvedObject.namespace", "involvedObject.name", "involvedObject.uid",
            "involvedObject.apiVersion", "involvedObject.resourceVersion", "involvedObject.fieldPath", "reason",
            "reportingComponent", "source", "type",
        ],
    ]
}
