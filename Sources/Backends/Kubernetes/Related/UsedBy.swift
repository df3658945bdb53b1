import JSON
import Model

/// Who refers to an object: workloads and pods by their templates, ingresses, autoscalers, budgets, services by selector.
struct UsedBy {
    let client: KubernetesClient
    let object: ObjectReference
    private var nodes: [RelatedObjects.Node] = []
    private var notices: [String] = []

    /// How one object of a kind refers to ours; nil when it does not.
    private typealias Reading = (JSONValue) -> String?

    static func read(_ object: ObjectReference, client: KubernetesClient) async throws -> RelatedObjects {
        var search = UsedBy(client: client, object: object)
        try await search.run()
        return RelatedObjects(nodes: search.nodes, notices: search.notices)
    }

    private init(client: KubernetesClient, object: ObjectReference) {
        self.client = client
        self.object = object
    }

    private mutating func run() async throws {
        let name = object.name
        switch object.kind.qualifiedName {
        case "configmaps", "serviceaccounts", "persistentvolumeclaims", "priorityclasses.scheduling.k8s.io":
            try await templates()
        case "secrets":
            try await templates()
            try await look(at: Self.ingresses) { Self.tlsWords($0, name) }
            try await look(at: Self.serviceAccounts) { Self.accountWords($0, name) }
        case "services":
            try await look(at: Self.ingresses) { Self.backendWords($0, name) }
        case "deployments.apps", "statefulsets.apps", "replicasets.apps", "daemonsets.apps", "pods":
            try await selectors()
        case "nodes":
            try await look(at: .pods, fields: "spec.nodeName=\(FieldSelector.escaped(name))") { _ in "runs on it" }
        case "persistentvolumes":
            try await look(at: Self.claims) { $0.text("spec", "volumeName") == name ? "is bound to it" : nil }
        case "storageclasses.storage.k8s.io":
            try await look(at: Self.claims) { $0.text("spec", "storageClassName") == name ? "asks for it" : nil }
        case "ingressclasses.networking.k8s.io":
            try await look(at: Self.ingresses) { $0.text("spec", "ingressClassName") == name ? "is served by it" : nil }
        default: notices.append("nothing here knows what refers to a \(object.kind.kind)")
        }
    }

    /// Whatever has a pod template, and the pods that nothing owns.
    private mutating func templates() async throws {
        let (kind, name) = (object.kind.kind, object.name)
        let inTemplate: Reading = { owner in
            // A job of a cron job repeats what the cron job says, a pod what its owner says.
            guard owner.list("metadata", "ownerReferences").isEmpty else { return nil }
            let spec =
                owner[path: "spec", "jobTemplate", "spec", "template", "spec"]
                ?? owner[path: "spec", "template", "spec"] ?? owner["spec"]
            return spec.flatMap { PodReferences($0).words(on: kind, name) }
        }
        for kind in [ResourceKind.deployments, .statefulSets, .daemonSets, .cronJobs, .jobs] {
            try await look(at: kind, inTemplate)
        }
        // The claims of a stateful set stand in its pods alone.
        let isClaim = kind == "PersistentVolumeClaim"
        try await look(at: .pods) { pod in
            isClaim ? pod["spec"].flatMap { PodReferences($0).words(on: kind, name) } : inTemplate(pod)
        }
    }

    /// Services and budgets whose selector the pods answer to, and autoscalers that name the workload.
    private mutating func selectors() async throws {
        let (kind, name) = (object.kind.kind, object.name)
        let raw = try await client.rawObject(object)
        let template = raw[path: "spec", "template", "metadata", "labels"] ?? raw[path: "metadata", "labels"]
        let labels = Dictionary(
            (template.map { Array($0.members) } ?? []).map { ($0.key, $0.value.string ?? "") },
            uniquingKeysWith: { a, _ in a })
        try await look(at: .services) { service in
            service[path: "spec", "selector"].flatMap { LabelMatch.matches($0, labels) ? "sends it traffic" : nil }
        }
        try await look(at: Self.budgets) { budget in
            guard let selector = budget[path: "spec", "selector"], LabelMatch.matches(selector, labels) else {
                return nil
            }
            return "allows \(budget.number("status", "disruptionsAllowed") ?? 0) disruptions"
        }
        try await look(at: Self.autoscalers) { scaler in
            guard scaler.text("spec", "scaleTargetRef", "kind") == kind,
                scaler.text("spec", "scaleTargetRef", "name") == name
            else { return nil }
            let (least, most) = (scaler.number("spec", "minReplicas") ?? 1, scaler.number("spec", "maxReplicas") ?? 0)
            return "keeps it between \(least) and \(most) replicas"
        }
    }

    private mutating func look(at kind: ResourceKind, fields: String = "", _ reading: Reading) async throws {
        let namespace = kind.isNamespaced ? object.namespace : nil
        let path = APIPath(kind, namespace: namespace).asking("fieldSelector", fields)
        var found: [RelatedObjects.Node] = []
        do {
            _ = try await client.eachElement(of: path) { element, _ in
                guard let words = reading(element) else { return }
                let reference = ObjectReference(
                    environment: object.environment, kind: kind,
                    namespace: kind.isNamespaced ? element.text("metadata", "namespace") : nil,
                    name: element.text("metadata", "name"), uid: element.text("metadata", "uid"))
                found.append(RelatedObjects.Node(reference, words: words))
            }
        } catch let error as KubernetesError where error.statusCode == 403 || error.statusCode == 404 {
            notices.append(error.message)
        }
        nodes += found
    }

    private static func tlsWords(_ ingress: JSONValue, _ name: String) -> String? {
        let entry = ingress.list("spec", "tls").first { $0.text("secretName") == name }
        return entry.map { "TLS of \($0.texts("hosts").first ?? "all hosts")" }
    }

    private static func accountWords(_ account: JSONValue, _ name: String) -> String? {
        if account.list("imagePullSecrets").contains(where: { $0.text("name") == name }) {
            return "pulls images with it"
        }
        return account.list("secrets").contains { $0.text("name") == name } ? "has it as its token" : nil
    }

    private static func backendWords(_ ingress: JSONValue, _ name: String) -> String? {
        if ingress.text("spec", "defaultBackend", "service", "name") == name { return "default backend" }
        for rule in ingress.list("spec", "rules") {
            let path = rule.list("http", "paths").first { $0.text("backend", "service", "name") == name }
            if let path { return "\(rule.text("host"))\(path.text("path"))" }
        }
        return nil
    }

    private static func network(_ plural: String, _ kind: String) -> ResourceKind {
        ResourceKind(group: "networking.k8s.io", version: "v1", plural: plural, kind: kind)
    }
    private static let ingresses = network("ingresses", "Ingress")
    private static let serviceAccounts = ResourceKind(version: "v1", plural: "serviceaccounts", kind: "ServiceAccount")
    private static let claims = ResourceKind(
        version: "v1", plural: "persistentvolumeclaims", kind: "PersistentVolumeClaim")
    private static let budgets = ResourceKind(
        group: "policy", version: "v1", plural: "poddisruptionbudgets", kind: "PodDisruptionBudget")
    private static let autoscalers = ResourceKind(
        group: "autoscaling", version: "v2", plural: "horizontalpodautoscalers", kind: "HorizontalPodAutoscaler")
}
