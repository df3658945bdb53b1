import JSON
import Model

/// Which pods a workload owns, as its own selector says.
extension KubernetesClient {
    /// The label selector of a workload's pods, in kubectl's `-l` form. `kind` is "Deployment", "StatefulSet",
    /// "DaemonSet", "ReplicaSet", "ReplicationController", "Job", "CronJob" or "Service".
    public func podSelector(ofWorkload kind: String, namespace: String, name: String) async throws -> String {
        guard let resource = Self.workloadKinds[kind] else {
            throw KubernetesError.status(
                code: 404, reason: "NotFound", message: "a \(kind) has no pods of its own", target: "\(kind) \(name)")
        }
        let path = APIPath(resource, namespace: namespace).appending(name)
        if kind == "CronJob" { return try await jobSelector(ofCronJob: name, namespace) }
        let object = try await json(.get, path)
        guard let selector = object[path: "spec", "selector"] else {
            throw KubernetesError.decoding(target: path.path, cause: "it has no selector")
        }
        return LabelSelectorText.text(selector)
    }

    /// A selector as objects hold it, in kubectl's `-l` form; "" where there is none.
    public static func selectorText(_ selector: JSONValue?) -> String { selector.map(LabelSelectorText.text) ?? "" }

    /// The names of a workload's pods right now.
    public func pods(ofWorkload kind: String, namespace: String, name: String) async throws -> [String] {
        let selector = try await podSelector(ofWorkload: kind, namespace: namespace, name: name)
        let path = APIPath(.pods, namespace: namespace).asking("labelSelector", selector)
        let list = try await json(.get, path)
        return (list["items"].map { Array($0.elements) } ?? []).compactMap { $0[path: "metadata", "name"]?.string }
    }

    private func jobSelector(ofCronJob name: String, _ namespace: String) async throws -> String {
        let list = try await json(.get, APIPath(.jobs, namespace: namespace))
        let jobs = (list["items"].map { Array($0.elements) } ?? []).filter { job in
            let owners = job[path: "metadata", "ownerReferences"].map { Array($0.elements) } ?? []
            return owners.contains { $0["kind"]?.string == "CronJob" && $0["name"]?.string == name }
        }
        // The name that cannot be makes an empty set: a cron job that has not run yet has no pods.
        let names = jobs.compactMap { $0[path: "metadata", "name"]?.string }
        return "job-name in (\(names.isEmpty ? "none" : names.joined(separator: ",")))"
    }

    private static let workloadKinds: [String: ResourceKind] = [
        "Deployment": .deployments, "StatefulSet": .statefulSets, "DaemonSet": .daemonSets,
        "ReplicaSet": .replicaSets, "Job": .jobs, "CronJob": .cronJobs, "Service": .services,
        "ReplicationController": ResourceKind(
            version: "v1", plural: "replicationcontrollers", kind: "ReplicationController"),
    ]
}

/// Label selectors as objects hold them, written as a query wants them.
enum LabelSelectorText {
    /// `{matchLabels, matchExpressions}`, or the bare map of services and replication controllers.
    static func text(_ selector: JSONValue) -> String {
        let isBare = selector["matchLabels"] == nil && selector["matchExpressions"] == nil
        let labels = (isBare ? selector : selector["matchLabels"])?.members.map { "\($0.key)=\($0.value.string ?? "")" }
        let expressions = selector["matchExpressions"]?.elements.map(expression)
        return ((labels ?? []) + (expressions ?? [])).joined(separator: ",")
    }

    private static func expression(_ value: JSONValue) -> String {
        let key = value["key"]?.string ?? ""
        let values = (value["values"]?.elements.compactMap(\.string) ?? []).joined(separator: ",")
        switch value["operator"]?.string {
        case "In": return "\(key) in (\(values))"
        case "NotIn": return "\(key) notin (\(values))"
        case "DoesNotExist": return "!\(key)"
        default: return key
        }
    }
}
