import Foundation

extension ClusterEngine {
    /// Makes or deletes pods until a replica set has as many as it should.
    func reconcileReplicaSet(_ key: ObjectKey) {
        guard let set = store.get("replicasets.apps", key), !set.isTerminating else { return }
        let pods = livingPods(of: set)
        let wanted = set.json["spec"]["replicas"].intValue ?? 1
        let subject = EventSubject.of(set, "ReplicaSet", "apps/v1")
        let mayCreate = creationGates[key].map { $0 <= now } ?? true
        var failure: String?
        if pods.count < wanted {
            if mayCreate { failure = createPods(of: set, from: pods.count, to: wanted, subject) }
        } else if pods.count > wanted {
            for pod in pods.sorted(by: Self.goesFirst).prefix(pods.count - wanted) {
                delete(pod)
                record(subject, "SuccessfulDelete", "Deleted pod: \(pod.key.name)", source: "replicaset-controller")
            }
        }
        let living = livingPods(of: set)
        let ready = living.filter { Self.isReady($0) }.count
        let labels = set.json["spec"]["template"]["metadata"]["labels"].members.count
        let conditions = failure.map { [failureCondition($0, before: set.json.condition("ReplicaFailure"))] }
        setStatus("replicasets.apps", set, keepsConditions: !mayCreate) { json in
            [
                ("conditions", conditions.map { .array($0) } ?? .null),
                ("replicas", .int(living.count)), ("fullyLabeledReplicas", Self.count(labels > 0 ? living.count : 0)),
                ("readyReplicas", Self.count(ready)), ("availableReplicas", Self.count(ready)),
                ("observedGeneration", json["metadata"]["generation"]),
            ]
        }
    }

    private static let burst = 500

    /// Why the namespace's quota takes no further pod of a set; nil where it does, or has none.
    private func quotaRefusal(of set: StoredObject) -> String? {
        let quotas = ResourceQuotas(store: store)
        guard !store.all("resourcequotas", namespace: set.key.namespace).isEmpty else { return nil }
        let spec = quotas.limited(set.json["spec"]["template"]["spec"], in: set.key.namespace)
        return quotas.refusal(of: spec, in: set.key.namespace)
    }

    /// Makes pods, at most so many at a time as a real controller does; gives what kept it from making more.
    private func createPods(of set: StoredObject, from present: Int, to wanted: Int, _ subject: EventSubject) -> String?
    {
        let goal = min(wanted, present + Self.burst)
        var gate = goal < wanted ? now.addingTimeInterval(1) : nil
        var failure: String?
        for _ in present..<goal {
            let name = "\(set.key.name)-\(generator.nameSuffix())"
            if let why = quotaRefusal(of: set) {
                failure = "pods \"\(name)\" is forbidden: \(why)"
                record(
                    subject, "FailedCreate", "Error creating: pods \"\(name)\" is forbidden: \(why)",
                    source: "replicaset-controller", isWarning: true)
                gate = now.addingTimeInterval(10)
                break
            }
            createPod(named: name, for: set, kind: "ReplicaSet", generateName: "\(set.key.name)-")
            record(subject, "SuccessfulCreate", "Created pod: \(name)", source: "replicaset-controller")
        }
        creationGates[set.key] = gate
        if let gate { timers.add(gate, .replicaSet(set.key)) }
        return failure
    }

    private func failureCondition(_ message: String, before: SimJSON) -> SimJSON {
        let isSame = before["status"].stringValue == "True"
        return [
            "type": "ReplicaFailure", "status": "True",
            "lastTransitionTime": isSame ? before["lastTransitionTime"] : .string(KubeTime.text(now)),
            "reason": "FailedCreate", "message": .string(message),
        ]
    }

    /// Keeps the pods of a stateful set, one after another, the last one first when one must go.
    func reconcileStatefulSet(_ key: ObjectKey) {
        guard let set = store.get("statefulsets.apps", key), !set.isTerminating else { return }
        let wanted = set.json["spec"]["replicas"].intValue ?? 1
        let revision = "\(key.name)-\(currentRevision(of: set, kind: "StatefulSet"))"
        let pods = index.children(of: set.uid, "pods").compactMap { store.get("pods", $0) }
        let subject = EventSubject.of(set, "StatefulSet", "apps/v1")
        let byName = Dictionary(pods.map { ($0.key.name, $0) }, uniquingKeysWith: { $1 })
        let names = (0..<wanted).map { "\(key.name)-\($0)" }
        if let missing = names.first(where: { byName[$0].map { !Self.isReady($0) } ?? true }), byName[missing] == nil {
            createPod(named: missing, for: set, kind: "StatefulSet", generateName: "\(key.name)-", revision: revision)
            record(
                subject, "SuccessfulCreate", "create Pod \(missing) in StatefulSet \(key.name) successful",
                source: "statefulset-controller")
        }
        let living = pods.filter { !$0.isTerminating }
        let surplus = living.filter { !names.contains($0.key.name) }
        let strategy = set.json["spec"]["updateStrategy"]
        let isParallel = set.json["spec"]["podManagementPolicy"] == "Parallel"
        // One after another: the next goes only when the one before is gone.
        let mayDelete = isParallel || living.count == pods.count
        if mayDelete, let last = surplus.max(by: { Self.ordinal($0) < Self.ordinal($1) }) {
            delete(last)
        } else if living.count == wanted, living.allSatisfy(Self.isReady), strategy["type"] != "OnDelete" {
            let partition = strategy["rollingUpdate"]["partition"].intValue ?? 0
            let old = living.filter {
                $0.labels["controller-revision-hash"].stringValue != revision && Self.ordinal($0) >= partition
            }
            if let last = old.max(by: { Self.ordinal($0) < Self.ordinal($1) }) { delete(last) }
        }
        let updated = living.filter { $0.labels["controller-revision-hash"].stringValue == revision }.count
        let ready = living.filter(Self.isReady).count
        setStatus("statefulsets.apps", set) { json in
            let current = updated == living.count ? revision : json["status"]["currentRevision"].stringValue ?? revision
            return [
                ("observedGeneration", json["metadata"]["generation"]), ("replicas", .int(living.count)),
                ("readyReplicas", Self.count(ready)), ("currentReplicas", Self.count(updated)),
                ("updatedReplicas", Self.count(updated)), ("currentRevision", .string(current)),
                ("updateRevision", .string(revision)), ("collisionCount", 0), ("availableReplicas", .int(ready)),
            ]
        }
    }

    private static func ordinal(_ pod: StoredObject) -> Int {
        pod.key.name.split(separator: "-").last.flatMap { Int($0) } ?? 0
    }

    /// Keeps one pod of a daemon set on every node.
    func reconcileDaemonSet(_ key: ObjectKey) {
        guard let set = store.get("daemonsets.apps", key), !set.isTerminating else { return }
        let hash = currentRevision(of: set, kind: "DaemonSet")
        let nodes = store.all("nodes").map(\.key.name)
        let pods = livingPods(of: set)
        let byNode = Dictionary(grouping: pods) { $0.json["spec"]["nodeName"].stringValue ?? "" }
        for node in nodes where byNode[node] == nil {
            let name = "\(key.name)-\(generator.nameSuffix())"
            createPod(
                named: name, for: set, kind: "DaemonSet", generateName: "\(key.name)-", revision: hash, node: node)
            record(
                .of(set, "DaemonSet", "apps/v1"), "SuccessfulCreate", "Created pod: \(name)",
                source: "daemonset-controller")
        }
        let isSettled = pods.filter(Self.isReady).count >= nodes.count
        let old = pods.filter { $0.labels["controller-revision-hash"].stringValue != hash }
        let strategy = set.json["spec"]["updateStrategy"]
        if isSettled, strategy["type"] != "OnDelete" {
            for pod in old.prefix(max(1, strategy["rollingUpdate"]["maxUnavailable"].intValue ?? 1)) { delete(pod) }
        }
        let living = livingPods(of: set)
        let ready = living.filter(Self.isReady).count
        let updated = living.filter { $0.labels["controller-revision-hash"].stringValue == hash }.count
        setStatus("daemonsets.apps", set) { json in
            [
                ("currentNumberScheduled", .int(living.count)), ("numberMisscheduled", 0),
                ("desiredNumberScheduled", .int(nodes.count)), ("numberReady", .int(ready)),
                ("observedGeneration", json["metadata"]["generation"]), ("updatedNumberScheduled", Self.count(updated)),
                ("numberAvailable", Self.count(ready)), ("numberUnavailable", Self.count(nodes.count - ready)),
            ]
        }
    }

    /// The pods of an owner that are not on their way out.
    func livingPods(of owner: StoredObject) -> [StoredObject] {
        index.children(of: owner.uid, "pods").compactMap { store.get("pods", $0) }.filter { !$0.isTerminating }
    }

    static func isReady(_ pod: StoredObject) -> Bool {
        !pod.isTerminating && pod.json.condition("Ready")["status"].stringValue == "True"
    }

    static func count(_ number: Int) -> SimJSON { number == 0 ? .null : .int(number) }

    /// Pods that are not ready go before ready ones, younger before older.
    private static func goesFirst(_ left: StoredObject, _ right: StoredObject) -> Bool {
        let (leftReady, rightReady) = (isReady(left), isReady(right))
        if leftReady != rightReady { return !leftReady }
        let (leftTime, rightTime) = (
            left.json["metadata"]["creationTimestamp"].stringValue ?? "",
            right.json["metadata"]["creationTimestamp"].stringValue ?? ""
        )
        return leftTime == rightTime ? left.key < right.key : leftTime > rightTime
    }

    func createPod(
        named name: String, for owner: StoredObject, kind: String, generateName: String, revision: String? = nil,
        node: String? = nil
    ) {
        var pod = Manifest.pod(
            named: name, of: owner, kind: kind, generateName: generateName, revision: revision, node: node, at: now)
        pod["spec"] = ResourceQuotas(store: store).limited(pod["spec"], in: owner.key.namespace)
        // The name is taken only where another pod of that name is still ending; the next look makes it.
        guard let made = try? store.create("pods", pod) else { return }
        index.note("pods", made.key, made.json)
    }

    func delete(_ pod: StoredObject) {
        _ = try? Deletion(store: store, now: now).delete("pods", pod)  // Gone already is as good.
    }

    func setStatus(
        _ resource: String, _ object: StoredObject, keepsConditions: Bool = true,
        _ members: (SimJSON) -> [(String, SimJSON)]
    ) {
        _ = try? store.update(resource, object.key) { json in  // Gone: no status.
            var json = json
            let kept = json["status"]["conditions"]
            var status = SimJSON.object(SimObject(members(json))).withoutNulls
            if keepsConditions, !kept.isNull, status["conditions"].isNull { status["conditions"] = kept }
            json["status"] = status
            return json
        }
    }
}
