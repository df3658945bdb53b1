/// What an alert is about, read from the labels that Prometheus rules use.
public enum AlertSubject {
    /// The environment that the labels name by its own name, its context's or its cluster's; nil when they name none.
    public static func environment(_ alert: Alert, _ environments: [EnvironmentInfo]) -> EnvironmentID? {
        for label in ["environment", "env", "cluster", "cluster_name", "kubernetes_cluster"] {
            guard let name = alert.labels[label], !name.isEmpty else { continue }
            let named =
                environments.first { $0.id.name == name }
                ?? environments.first { $0.context == name || $0.cluster == name }
            if let named { return named.id }
        }
        return nil
    }

    /// Labels that name an object, the closest to the fault first, with the kind each stands for.
    private static let labels: [(label: String, kind: ResourceKind)] = [
        ("pod", .pods), ("pod_name", .pods), ("deployment", .deployments), ("statefulset", .statefulSets),
        ("daemonset", .daemonSets), ("job_name", .jobs), ("cronjob", .cronJobs), ("node", .nodes),
    ]

    public static func object(_ alert: Alert, _ environment: EnvironmentID) -> ObjectReference? {
        for (label, kind) in labels {
            guard let name = alert.labels[label], !name.isEmpty else { continue }
            let namespace = alert.labels["namespace"] ?? alert.labels["exported_namespace"]
            if kind.isNamespaced, namespace == nil { continue }
            return ObjectReference(
                environment: environment, kind: kind, namespace: kind.isNamespaced ? namespace : nil, name: name)
        }
        return nil
    }

    /// The log to read for it: of the pod, or of the pods of the workload.
    public static func log(_ alert: Alert, _ environment: EnvironmentID) -> LogQuery? {
        guard let object = object(alert, environment), let namespace = object.namespace else { return nil }
        switch object.kind {
        case .pods: return LogQuery(environment: environment, namespace: namespace, target: .pod(name: object.name))
        case .cronJobs: return nil
        default:
            return LogQuery(
                environment: environment, namespace: namespace,
                target: .workload(kind: object.kind.kind, name: object.name))
        }
    }

    public static func words(_ alert: Alert) -> String {
        if let object = object(alert, "") { return (object.namespace.map { $0 + "/" } ?? "") + object.name }
        return alert.labels["namespace"] ?? alert.labels["instance"] ?? ""
    }
}
