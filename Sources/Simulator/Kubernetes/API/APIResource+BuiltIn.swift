extension APIResource {
    /// The resources every cluster has, in the order in which a real server names groups and resources.
    static let builtIn: [APIResource] = core + apps + reviews + others

    private static let readVerbs = ["get", "list"]

    private static let core: [APIResource] = [
        APIResource(
            "", "v1", "componentstatuses", "componentstatus", "ComponentStatus", namespaced: false, short: ["cs"],
            verbs: readVerbs),
        APIResource("", "v1", "configmaps", "configmap", "ConfigMap", short: ["cm"]),
        APIResource("", "v1", "endpoints", "endpoints", "Endpoints", short: ["ep"]),
        APIResource("", "v1", "events", "event", "Event", short: ["ev"]),
        APIResource("", "v1", "limitranges", "limitrange", "LimitRange", short: ["limits"]),
        APIResource(
            "", "v1", "namespaces", "namespace", "Namespace", namespaced: false, short: ["ns"],
            verbs: ["create", "delete", "get", "list", "patch", "update", "watch"], subresources: [.status("Namespace")]
        ),
        APIResource(
            "", "v1", "nodes", "node", "Node", namespaced: false, short: ["no"], subresources: [.status("Node")]),
        APIResource(
            "", "v1", "persistentvolumeclaims", "persistentvolumeclaim", "PersistentVolumeClaim", short: ["pvc"],
            subresources: [.status("PersistentVolumeClaim")]),
        APIResource(
            "", "v1", "persistentvolumes", "persistentvolume", "PersistentVolume", namespaced: false, short: ["pv"],
            subresources: [.status("PersistentVolume")]),
        APIResource(
            "", "v1", "pods", "pod", "Pod", short: ["po"], categories: ["all"],
            subresources: [
                .stream("attach", "PodAttachOptions"),
                Subresource(name: "ephemeralcontainers", kind: "Pod", verbs: ["get", "patch", "update"]), .eviction,
                .stream("exec", "PodExecOptions"),
                Subresource(name: "log", kind: "Pod", verbs: ["get"]), .stream("portforward", "PodPortForwardOptions"),
                .status("Pod"),
            ]),
        APIResource("", "v1", "podtemplates", "podtemplate", "PodTemplate"),
        APIResource(
            "", "v1", "replicationcontrollers", "replicationcontroller", "ReplicationController", short: ["rc"],
            categories: ["all"], subresources: [.scale, .status("ReplicationController")]),
        APIResource(
            "", "v1", "resourcequotas", "resourcequota", "ResourceQuota", short: ["quota"],
            subresources: [.status("ResourceQuota")]),
        APIResource("", "v1", "secrets", "secret", "Secret"),
        APIResource("", "v1", "serviceaccounts", "serviceaccount", "ServiceAccount", short: ["sa"]),
        APIResource(
            "", "v1", "services", "service", "Service", short: ["svc"], categories: ["all"],
            subresources: [.status("Service")]),
    ]

    private static let apps: [APIResource] = [
        APIResource(
            "apiregistration.k8s.io", "v1", "apiservices", "apiservice", "APIService", namespaced: false,
            categories: ["api-extensions"], subresources: [.status("APIService")]),
        APIResource("apps", "v1", "controllerrevisions", "controllerrevision", "ControllerRevision"),
        APIResource(
            "apps", "v1", "daemonsets", "daemonset", "DaemonSet", short: ["ds"], categories: ["all"],
            subresources: [.status("DaemonSet")]),
        APIResource(
            "apps", "v1", "deployments", "deployment", "Deployment", short: ["deploy"], categories: ["all"],
            subresources: [.scale, .status("Deployment")]),
        APIResource(
            "apps", "v1", "replicasets", "replicaset", "ReplicaSet", short: ["rs"], categories: ["all"],
            subresources: [.scale, .status("ReplicaSet")]),
        APIResource(
            "apps", "v1", "statefulsets", "statefulset", "StatefulSet", short: ["sts"], categories: ["all"],
            subresources: [.scale, .status("StatefulSet")]),
        APIResource("events.k8s.io", "v1", "events", "event", "Event", short: ["ev"], storage: "events"),
    ]

    private static let reviews: [APIResource] = [
        APIResource(
            "authentication.k8s.io", "v1", "selfsubjectreviews", "selfsubjectreview", "SelfSubjectReview",
            namespaced: false, verbs: ["create"]),
        APIResource(
            "authorization.k8s.io", "v1", "selfsubjectaccessreviews", "selfsubjectaccessreview",
            "SelfSubjectAccessReview", namespaced: false, verbs: ["create"]),
        APIResource(
            "authorization.k8s.io", "v1", "selfsubjectrulesreviews", "selfsubjectrulesreview",
            "SelfSubjectRulesReview", namespaced: false, verbs: ["create"]),
    ]

    private static let others: [APIResource] = [
        APIResource(
            "autoscaling", "v2", "horizontalpodautoscalers", "horizontalpodautoscaler", "HorizontalPodAutoscaler",
            short: ["hpa"], categories: ["all"], subresources: [.status("HorizontalPodAutoscaler")]),
        APIResource(
            "autoscaling", "v1", "horizontalpodautoscalers", "horizontalpodautoscaler", "HorizontalPodAutoscaler",
            short: ["hpa"], categories: ["all"], subresources: [.status("HorizontalPodAutoscaler")]),
        APIResource(
            "batch", "v1", "cronjobs", "cronjob", "CronJob", short: ["cj"], categories: ["all"],
            subresources: [.status("CronJob")]),
        APIResource("batch", "v1", "jobs", "job", "Job", categories: ["all"], subresources: [.status("Job")]),
        APIResource(
            "networking.k8s.io", "v1", "ingressclasses", "ingressclass", "IngressClass", namespaced: false),
        APIResource(
            "networking.k8s.io", "v1", "ingresses", "ingress", "Ingress", short: ["ing"],
            subresources: [.status("Ingress")]),
        APIResource("networking.k8s.io", "v1", "networkpolicies", "networkpolicy", "NetworkPolicy", short: ["netpol"]),
        APIResource(
            "policy", "v1", "poddisruptionbudgets", "poddisruptionbudget", "PodDisruptionBudget", short: ["pdb"],
            subresources: [.status("PodDisruptionBudget")]),
        APIResource(
            "rbac.authorization.k8s.io", "v1", "clusterrolebindings", "clusterrolebinding", "ClusterRoleBinding",
            namespaced: false),
        APIResource(
            "rbac.authorization.k8s.io", "v1", "clusterroles", "clusterrole", "ClusterRole", namespaced: false),
        APIResource("rbac.authorization.k8s.io", "v1", "rolebindings", "rolebinding", "RoleBinding"),
        APIResource("rbac.authorization.k8s.io", "v1", "roles", "role", "Role"),
        APIResource(
            "storage.k8s.io", "v1", "storageclasses", "storageclass", "StorageClass", namespaced: false, short: ["sc"]),
        APIResource(
            "admissionregistration.k8s.io", "v1", "validatingwebhookconfigurations",
            "validatingwebhookconfiguration", "ValidatingWebhookConfiguration", namespaced: false,
            categories: ["api-extensions"]),
        APIResource(
            "apiextensions.k8s.io", "v1", "customresourcedefinitions", "customresourcedefinition",
            "CustomResourceDefinition", namespaced: false, short: ["crd", "crds"], categories: ["api-extensions"],
            subresources: [.status("CustomResourceDefinition")]),
        APIResource(
            "scheduling.k8s.io", "v1", "priorityclasses", "priorityclass", "PriorityClass", namespaced: false,
            short: ["pc"]),
        APIResource("coordination.k8s.io", "v1", "leases", "lease", "Lease"),
        APIResource("discovery.k8s.io", "v1", "endpointslices", "endpointslice", "EndpointSlice"),
    ]

    /// What the metrics server adds; it keeps nothing and cannot be watched.
    static let metrics: [APIResource] = [
        APIResource(
            "metrics.k8s.io", "v1beta1", "nodes", "", "NodeMetrics", namespaced: false, verbs: readVerbs),
        APIResource("metrics.k8s.io", "v1beta1", "pods", "", "PodMetrics", verbs: readVerbs),
    ]
}
