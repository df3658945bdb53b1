/// Who may do what in the make-believe clusters: roles and bindings as a real cluster has them.
///
/// `admin` may do everything (its group is above all rules), `operator` may look at nearly everything, restart, scale,
/// drain and enter, but delete no workload, `viewer` may look at everything but secrets and nodes,
/// `payments-only` may look at the namespaces payments and ledger alone, `nobody` may look at the pods of checkout.
enum AccessTable {
    struct Binding: Sendable {
        var name: String
        var namespace = ""
        var role: String
        var subjects: [SimJSON]
    }

    static let clusterRoles: [(name: String, rules: [SimJSON])] = [
        ("cluster-admin", [rule(["*"], ["*"], ["*"]), paths(["*"], ["*"])]),
        ("view", view),
        ("pod-reader", [rule(["get", "list", "watch"], [""], ["pods", "pods/log"])]),
        ("namespace-reader", [rule(["get", "list", "watch"], [""], ["namespaces"])]),
        (
            "lanternpay:view-routes",
            [rule(["get", "list", "watch"], ["lanternpay.example"], ["paymentroutes"])]
        ),
        ("lanternpay:operator", operate),
        (
            "system:basic-user",
            [
                rule(["create"], ["authorization.k8s.io"], ["selfsubjectaccessreviews", "selfsubjectrulesreviews"]),
                rule(["create"], ["authentication.k8s.io"], ["selfsubjectreviews"]),
            ]
        ),
        (
            "system:discovery",
            [
                paths(
                    ["get"],
                    [
                        "/api", "/api/*", "/apis", "/apis/*", "/healthz", "/livez", "/openapi", "/openapi/*", "/readyz",
                        "/version", "/version/",
                    ])
            ]
        ),
        (
            "system:public-info-viewer",
            [paths(["get"], ["/healthz", "/livez", "/readyz", "/version", "/version/"])]
        ),
        ("system:aggregated-metrics-reader", [rule(["get", "list"], ["metrics.k8s.io"], ["pods"])]),
    ]

    static let clusterBindings: [Binding] = [
        Binding(name: "cluster-admin", role: "cluster-admin", subjects: [group("system:masters")]),
        Binding(name: "viewers", role: "view", subjects: [group("viewers"), group("operators")]),
        Binding(name: "operators", role: "lanternpay:operator", subjects: [group("operators")]),
        Binding(
            name: "viewers-metrics", role: "system:aggregated-metrics-reader",
            subjects: [group("viewers"), group("operators")]),
        Binding(
            name: "viewers-namespaces", role: "namespace-reader", subjects: [group("viewers"), group("operators")]),
        Binding(
            name: "viewers-routes", role: "lanternpay:view-routes", subjects: [group("viewers"), group("operators")]),
        Binding(name: "system:basic-user", role: "system:basic-user", subjects: [group("system:authenticated")]),
        Binding(name: "system:discovery", role: "system:discovery", subjects: [group("system:authenticated")]),
        Binding(
            name: "system:public-info-viewer", role: "system:public-info-viewer",
            subjects: [group("system:authenticated"), group("system:unauthenticated")]),
    ]

    static let bindings: [Binding] = [
        Binding(name: "payments-view", namespace: "payments", role: "view", subjects: [user("payments-only")]),
        Binding(name: "payments-view", namespace: "ledger", role: "view", subjects: [user("payments-only")]),
        Binding(name: "nobody-reads-pods", namespace: "checkout", role: "pod-reader", subjects: [user("nobody")]),
    ]

    private static let view: [SimJSON] = [
        rule(
            ["get", "list", "watch"], [""],
            [
                "configmaps", "endpoints", "persistentvolumeclaims", "persistentvolumeclaims/status", "pods",
                "replicationcontrollers", "replicationcontrollers/scale", "serviceaccounts", "services",
                "services/status",
            ]),
        rule(
            ["get", "list", "watch"], [""],
            [
                "bindings", "limitranges", "namespaces/status", "pods/log", "pods/status",
                "replicationcontrollers/status", "resourcequotas", "resourcequotas/status",
            ]),
        rule(["get", "list", "watch"], ["", "events.k8s.io"], ["events"]),
        rule(["get", "list", "watch"], ["discovery.k8s.io"], ["endpointslices"]),
        rule(
            ["get", "list", "watch"], ["apps"],
            [
                "controllerrevisions", "daemonsets", "daemonsets/status", "deployments", "deployments/scale",
                "deployments/status", "replicasets", "replicasets/scale", "replicasets/status", "statefulsets",
                "statefulsets/scale", "statefulsets/status",
            ]),
        rule(
            ["get", "list", "watch"], ["autoscaling"], ["horizontalpodautoscalers", "horizontalpodautoscalers/status"]),
        rule(["get", "list", "watch"], ["batch"], ["cronjobs", "cronjobs/status", "jobs", "jobs/status"]),
        rule(["get", "list", "watch"], ["policy"], ["poddisruptionbudgets", "poddisruptionbudgets/status"]),
        rule(["get", "list", "watch"], ["networking.k8s.io"], ["ingresses", "ingresses/status", "networkpolicies"]),
    ]

    /// What whoever is on watch may do: restart, scale, roll back, drain, enter; nothing that cannot be undone.
    private static let operate: [SimJSON] = [
        rule(["get", "list", "watch", "patch"], [""], ["nodes"]),
        rule(["delete"], [""], ["pods"]),
        rule(["create"], [""], ["pods/eviction"]),
        rule(["create", "get"], [""], ["pods/exec", "pods/attach", "pods/portforward"]),
        rule(["patch", "update"], [""], ["pods/ephemeralcontainers"]),
        rule(["patch", "update"], ["apps"], ["deployments", "statefulsets", "daemonsets"]),
        rule(
            ["get", "patch", "update"], ["apps"], ["deployments/scale", "statefulsets/scale", "replicasets/scale"]),
        rule(["create"], ["batch"], ["jobs"]),
        rule(["patch", "update"], ["batch"], ["cronjobs"]),
    ]

    private static func rule(_ verbs: [String], _ groups: [String], _ resources: [String]) -> SimJSON {
        ["verbs": strings(verbs), "apiGroups": strings(groups), "resources": strings(resources)]
    }

    private static func paths(_ verbs: [String], _ paths: [String]) -> SimJSON {
        ["verbs": strings(verbs), "nonResourceURLs": strings(paths)]
    }

    private static func strings(_ strings: [String]) -> SimJSON { .array(strings.map { .string($0) }) }

    private static func group(_ name: String) -> SimJSON { subject("Group", name) }

    private static func user(_ name: String) -> SimJSON { subject("User", name) }

    private static func subject(_ kind: String, _ name: String) -> SimJSON {
        ["kind": .string(kind), "apiGroup": "rbac.authorization.k8s.io", "name": .string(name)]
    }
}
