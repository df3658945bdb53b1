extension SimulatedCluster: ClusterControls {
    func setImage(_ image: String, ofContainer container: String, workload: String, namespace: String) async {
        for resource in ["deployments.apps", "statefulsets.apps", "daemonsets.apps"] {
            guard store.get(resource, namespace, workload) != nil else { continue }
            // Somebody may have deleted it meanwhile; then there is nothing to change.
            _ = try? store.update(resource, ObjectKey(namespace, workload)) { present in
                Self.changed(present, image: image, ofContainer: container)
            }
        }
    }

    func setBehaviour(_ oddity: SimWorkload.Oddity, ofContainer container: String, image: String) async {
        let behaviour: ContainerBehaviour =
            switch oddity {
            case .crashLoop: .crashing()
            case .imageMissing: .imageMissing
            case .slowStart: .slowStart
            case .notReady: .neverReady
            case .slowToEnd: .slowToEnd
            case .none, .unschedulable, .initStuck, .outOfMemory: .healthy
            }
        behaviours.set(behaviour, forImage: "\(image)#\(container)")
    }

    func setNode(_ node: String, isUp: Bool) async {
        if isUp { await engine.startNode(node) } else { await engine.stopNode(node) }
    }

    /// The workload with another image, as a pipeline's patch would leave it.
    private static func changed(_ present: SimJSON, image: String, ofContainer container: String) -> SimJSON? {
        var after = present
        let containers = present.at("spec", "template", "spec", "containers").items
        after["spec"]["template"]["spec"]["containers"] = .array(
            containers.map { item in
                guard item["name"].stringValue == container else { return item }
                var item = item
                item["image"] = .string(image)
                return item
            })
        guard after != present else { return nil }
        if let generation = present["metadata"]["generation"].intValue {
            after["metadata"]["generation"] = .int(generation + 1)
        }
        return after
    }
}
