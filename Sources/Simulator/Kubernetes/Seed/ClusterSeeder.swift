import Foundation

/// Fills a store with one of the company's clusters as it stands when the story begins: everything has been running
/// for a while, and what is odd has been odd for a while.
struct ClusterSeeder: Sendable {
    let cluster: SimCluster
    let company: Company
    let store: ClusterStore
    let behaviours: BehaviourBook
    let now: Date

    func seed() {
        for json in ClusterFurniture(cluster: cluster, now: now).objects { create(json.resource, json.json) }
        for namespace in cluster.namespaces { seed(namespace) }
        for workload in cluster.workloads { seed(workload) }
        let releases = HelmSeed(now: now).secrets(namespaces: Set(cluster.namespaces.map(\.name)))
        for secret in releases { create("secrets", secret) }
    }

    /// When something came into being: some days ago, the same for the same name.
    func age(_ name: String) -> Date {
        let hash = StableHash.mix(company.seed, StableHash.of("\(cluster.name)/\(name)"))
        return now.addingTimeInterval(-Double(hash % (40 * 86_400)) - 2 * 86_400)
    }

    private func create(_ resource: String, _ json: SimJSON) {
        do {
            try store.create(resource, json)
        } catch {
            preconditionFailure("the company has two \(resource) named \(ObjectKey(json))")
        }
    }

    private func seed(_ namespace: SimNamespace) {
        let created = age(namespace.name)
        create(
            "namespaces",
            [
                "metadata": Manifest.metadata(
                    name: namespace.name, createdAt: created,
                    labels: ["kubernetes.io/metadata.name": .string(namespace.name), "team": .string(namespace.team)]),
                "spec": ["finalizers": ["kubernetes"]], "status": ["phase": "Active"],
            ])
        create(
            "serviceaccounts",
            [
                "metadata": Manifest.metadata(name: "default", namespace: .string(namespace.name), createdAt: created)
            ])
        create(
            "configmaps",
            [
                "metadata": Manifest.metadata(
                    name: "kube-root-ca.crt", namespace: .string(namespace.name), createdAt: created),
                "data": ["ca.crt": "-----BEGIN CERTIFICATE-----\n(make-believe)\n-----END CERTIFICATE-----\n"],
            ])
    }

    private func seed(_ workload: SimWorkload) {
        tellBehaviour(of: workload)
        let manifest = WorkloadManifest(workload: workload, createdAt: age("\(workload.namespace)/\(workload.name)"))
        create(
            "configmaps",
            [
                "metadata": manifest.metadata("\(workload.name)-config", generation: nil),
                "data": ["mode": "standard", "settings.yaml": "team: \(workload.team)\nretries: 3\n"],
            ])
        if workload.repository != nil {
            create(
                "secrets",
                [
                    "metadata": manifest.metadata("\(workload.name)-credentials", generation: nil),
                    "data": ["password": "bWFrZS1iZWxpZXZl", "user": "bGFudGVybg=="], "type": "Opaque",
                ])
        }
        for object in manifest.objects { create(object.resource, object.json) }
    }

    private func tellBehaviour(of workload: SimWorkload) {
        let image = workload.main.image
        let key = "\(image)#\(workload.main.name)"
        switch workload.oddity {
        case .none, .unschedulable: break
        case .crashLoop: behaviours.set(.crashing(), forImage: key)
        case .imageMissing: behaviours.set(.imageMissing, forImage: key)
        case .slowStart: behaviours.set(.slowStart, forImage: key)
        case .slowToEnd: behaviours.set(.slowToEnd, forImage: key)
        case .notReady: behaviours.set(.neverReady, forImage: key)
        case .outOfMemory:
            behaviours.set(
                ContainerBehaviour(readyAfter: 3, ending: .outOfMemory(after: 6 * 3600)), forImage: key)
        case .initStuck:
            for container in workload.containers where container.role == .initial {
                behaviours.set(.healthy, forImage: "\(container.image)#\(container.name)")
            }
        }
    }
}
