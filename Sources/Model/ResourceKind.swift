/// One kind a server has, as discovery tells it.
public struct ResourceKind: Hashable, Sendable {
    /// "" for the core group.
    public var group: String
    public var version: String
    /// Plural, as in addresses: "pods".
    public var plural: String
    public var singular: String
    public var kind: String
    public var shortNames: [String]
    public var isNamespaced: Bool
    public var verbs: [String]
    public var categories: [String]

    public init(
        group: String = "", version: String, plural: String, singular: String = "", kind: String,
        shortNames: [String] = [], isNamespaced: Bool = true, verbs: [String] = ["get", "list", "watch"],
        categories: [String] = []
    ) {
        self.group = group
        self.version = version
        self.plural = plural
        self.singular = singular.isEmpty ? kind.lowercased() : singular
        self.kind = kind
        self.shortNames = shortNames
        self.isNamespaced = isNamespaced
        self.verbs = verbs
        self.categories = categories
    }

    /// "pods", "deployments.apps": unique within a server.
    public var qualifiedName: String { group.isEmpty ? plural : "\(plural).\(group)" }
    public var apiVersion: String { group.isEmpty ? version : "\(group)/\(version)" }

    /// The plural as people write it: "ReplicaSets", "NetworkPolicies".
    public var title: String {
        var shared = 0
        for (a, b) in zip(kind.lowercased(), plural) where a == b { shared += 1 }
        return String(kind.prefix(shared) + plural.dropFirst(shared))
    }

    /// "/api/v1" or "/apis/GROUP/VERSION".
    public var basePath: String { group.isEmpty ? "/api/\(version)" : "/apis/\(group)/\(version)" }

    /// Identity is group, version and plural; the rest is description.
    public static func == (a: ResourceKind, b: ResourceKind) -> Bool {
        a.plural == b.plural && a.group == b.group && a.version == b.version
    }
    public func hash(into hasher: inout Hasher) {
        hasher.combine(plural)
        hasher.combine(group)
        hasher.combine(version)
    }
}

/// The kinds whose shape midwatch knows beyond the table.
extension ResourceKind {
    public static let pods = ResourceKind(version: "v1", plural: "pods", kind: "Pod", shortNames: ["po"])
    public static let nodes = ResourceKind(
        version: "v1", plural: "nodes", kind: "Node", shortNames: ["no"], isNamespaced: false)
    public static let namespaces = ResourceKind(
        version: "v1", plural: "namespaces", kind: "Namespace", shortNames: ["ns"], isNamespaced: false)
    public static let events = ResourceKind(version: "v1", plural: "events", kind: "Event", shortNames: ["ev"])
    public static let services = ResourceKind(version: "v1", plural: "services", kind: "Service", shortNames: ["svc"])
    public static let deployments = ResourceKind(
        group: "apps", version: "v1", plural: "deployments", kind: "Deployment", shortNames: ["deploy"])
    public static let replicaSets = ResourceKind(
        group: "apps", version: "v1", plural: "replicasets", kind: "ReplicaSet", shortNames: ["rs"])
    public static let statefulSets = ResourceKind(
        group: "apps", version: "v1", plural: "statefulsets", kind: "StatefulSet", shortNames: ["sts"])
    public static let daemonSets = ResourceKind(
        group: "apps", version: "v1", plural: "daemonsets", kind: "DaemonSet", shortNames: ["ds"])
    public static let jobs = ResourceKind(group: "batch", version: "v1", plural: "jobs", kind: "Job")
    public static let cronJobs = ResourceKind(
        group: "batch", version: "v1", plural: "cronjobs", kind: "CronJob", shortNames: ["cj"])

    public static let configMaps = ResourceKind(
        version: "v1", plural: "configmaps", kind: "ConfigMap", shortNames: ["cm"])
    public static let secrets = ResourceKind(version: "v1", plural: "secrets", kind: "Secret")
    public static let controllerRevisions = ResourceKind(
        group: "apps", version: "v1", plural: "controllerrevisions", kind: "ControllerRevision")
    public static let disruptionBudgets = ResourceKind(
        group: "policy", version: "v1", plural: "poddisruptionbudgets", kind: "PodDisruptionBudget", shortNames: ["pdb"]
    )
    public static let autoscalers = ResourceKind(
        group: "autoscaling", version: "v2", plural: "horizontalpodautoscalers", kind: "HorizontalPodAutoscaler",
        shortNames: ["hpa"])
    public static let ingresses = ResourceKind(
        group: "networking.k8s.io", version: "v1", plural: "ingresses", kind: "Ingress", shortNames: ["ing"])

    /// The workload kinds in the order of the overview.
    public static let workloads: [ResourceKind] = [
        .deployments, .statefulSets, .daemonSets, .jobs, .cronJobs, .replicaSets, .pods,
    ]
}

/// One object on one server.
public struct ObjectReference: Hashable, Sendable {
    public var environment: EnvironmentID
    public var kind: ResourceKind
    /// nil for cluster-scoped kinds.
    public var namespace: String?
    public var name: String
    /// "" when not known.
    public var uid: String

    public init(environment: EnvironmentID, kind: ResourceKind, namespace: String?, name: String, uid: String = "") {
        self.environment = environment
        self.kind = kind
        self.namespace = namespace
        self.name = name
        self.uid = uid
    }
}
