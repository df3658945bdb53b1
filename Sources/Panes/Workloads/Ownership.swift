import Model

/// Which kind an object's children have: the way down by `enter`.
enum Ownership {
    static func child(of kind: ResourceKind) -> ResourceKind? {
        switch kind.qualifiedName {
        case "deployments.apps": .replicaSets
        case "replicasets.apps", "statefulsets.apps", "daemonsets.apps", "jobs.batch", "replicationcontrollers": .pods
        case "cronjobs.batch": .jobs
        default: nil
        }
    }

    /// Whether logs can be asked for: pods, and what owns pods.
    static func hasLogs(_ kind: ResourceKind) -> Bool {
        kind.qualifiedName == "pods" || (child(of: kind) != nil && kind.qualifiedName != "cronjobs.batch")
    }

    /// The log of an object of such a kind.
    static func logQuery(_ object: ObjectReference, previous: Bool = false) -> LogQuery {
        let target: LogQuery.Target =
            object.kind.qualifiedName == "pods"
            ? .pod(name: object.name) : .workload(kind: object.kind.kind, name: object.name)
        return LogQuery(
            environment: object.environment, namespace: object.namespace ?? "", target: target, previous: previous)
    }
}
