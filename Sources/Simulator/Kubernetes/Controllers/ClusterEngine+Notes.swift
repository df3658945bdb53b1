import Foundation

extension ClusterEngine {
    /// Takes note of a change: who belongs to whom, which pods are where, and what ended with its object.
    func note(_ resource: String, _ key: ObjectKey) {
        let object = store.get(resource, key)
        let before = index.note(resource, key, object?.json)
        if let object { remember(resource, object) }
        switch resource {
        case "pods":
            notePlace(key, object)
            guard isNews(key, object) else { return object == nil ? collect(resource, key) : () }
            noteServices(key.namespace, object)
            let owner = object?.json["metadata"]["ownerReferences"].items.first?["uid"].stringValue ?? before
            if let owner { reconcileOwner(owner) }
        case "replicasets.apps":
            if let owner = object?.json["metadata"]["ownerReferences"].items.first {
                reconcileParent(owner, key.namespace)
            }
            if object == nil { creationGates[key] = nil }
        case "nodes": nodeCache = nil
        default: break
        }
        if object == nil {
            if let before { reconcileOwner(before) }
            collect(resource, key)
        }
    }

    /// What the owner of a pod, or a service before it, would act on.
    struct PodDigest: Equatable, Sendable {
        var uid: String
        var phase: String?
        var isReady: Bool
        var isTerminating: Bool
        var hasAddress: Bool
    }

    /// Whether a pod changed in anything that its owner cares about.
    private func isNews(_ key: ObjectKey, _ pod: StoredObject?) -> Bool {
        let digest = pod.map { pod in
            PodDigest(
                uid: pod.uid, phase: pod.json["status"]["phase"].stringValue, isReady: Self.isReady(pod),
                isTerminating: pod.isTerminating, hasAddress: !pod.json["status"]["podIP"].isNull)
        }
        defer { podDigests[key] = digest }
        return podDigests[key] != digest || digest == nil
    }

    private func notePlace(_ key: ObjectKey, _ pod: StoredObject?) {
        let node = pod?.json["spec"]["nodeName"].stringValue
        if nodeOfPod[key] != node {
            if let before = nodeOfPod[key] { podsPerNode[before, default: 1] -= 1 }
            if let node { podsPerNode[node, default: 0] += 1 }
            nodeOfPod[key] = node
        }
        if let run = runs[key], run.uid != pod?.uid { endRuns(run) }
    }

    /// A pod that was taken away by force: its containers end with it.
    private func endRuns(_ run: PodRun) {
        runs[run.key] = nil
        for container in run.containers where container.isRunning {
            ledger.ended(
                cluster: cluster, namespace: run.key.namespace, pod: run.key.name, container: container.name, at: now,
                .terminated)
        }
    }

    private func remember(_ resource: String, _ object: StoredObject) {
        let child = OwnerIndex.Child(resource: resource, key: object.key)
        uids[child] = object.uid
        guard resource != "pods" else { return }
        ownersByUID[object.uid] = child
    }

    private func reconcileOwner(_ uid: String) {
        guard let owner = ownersByUID[uid] else { return }
        dirty.insert(owner)
    }

    /// Services, budgets and quotas look at their pods at most once a second.
    private func noteServices(_ namespace: String, _ pod: StoredObject?) {
        if dirtyNamespaces.isEmpty { timers.add(now.addingTimeInterval(1), .services) }
        let known = dirtyNamespaces[namespace]
        guard let pod else { return dirtyNamespaces[namespace] = ChangedPods(isAll: true) }
        guard known?.isAll != true else { return }
        dirtyNamespaces[namespace, default: ChangedPods()].labels.append(pod.labels)
    }

    /// Which pods of a namespace changed: their labels, or all of them after one whose labels nobody knows any more.
    struct ChangedPods: Sendable {
        var labels: [SimJSON] = []
        var isAll = false
    }

    func reconcileDirtyServices() {
        let namespaces = dirtyNamespaces
        dirtyNamespaces = [:]
        for (namespace, changed) in namespaces.sorted(by: { $0.key < $1.key }) {
            for service in store.all("services", namespace: namespace) { reconcileService(service.key) }
            reconcileBudgets(namespace, changed: changed.isAll ? nil : changed.labels)
            reconcileQuotas(namespace)
        }
    }

    private func reconcileParent(_ reference: SimJSON, _ namespace: String) {
        guard let name = reference["name"].stringValue, reference["kind"].stringValue == "Deployment" else { return }
        dirty.insert(OwnerIndex.Child(resource: "deployments.apps", key: ObjectKey(namespace, name)))
    }

    /// What belonged to an object that is gone goes too.
    private func collect(_ resource: String, _ key: ObjectKey) {
        let child = OwnerIndex.Child(resource: resource, key: key)
        guard let uid = uids.removeValue(forKey: child) else { return }
        ownersByUID[uid] = nil
        let deletion = Deletion(store: store, now: now)
        for orphan in index.children(of: uid) {
            guard let object = store.get(orphan.resource, orphan.key), !object.isTerminating else { continue }
            _ = try? deletion.delete(orphan.resource, object)  // Gone already is as good.
        }
    }
}
