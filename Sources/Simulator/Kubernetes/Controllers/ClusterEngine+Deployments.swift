import Foundation

extension ClusterEngine {
    private static let revisionKey = "deployment.kubernetes.io/revision"

    /// Moves a deployment towards its template: a new replica set grows while the old ones shrink.
    func reconcileDeployment(_ key: ObjectKey) {
        guard let deployment = store.get("deployments.apps", key), !deployment.isTerminating else { return }
        let spec = deployment.json["spec"]
        let sets = index.children(of: deployment.uid, "replicasets.apps").compactMap {
            store.get("replicasets.apps", $0)
        }
        let hash = Self.templateHash(spec["template"])
        let wanted = spec["replicas"].intValue ?? 1
        let isPaused = spec["paused"].boolValue == true
        let current = sets.first { Self.isSame($0, spec["template"], hash: hash) }
        if isPaused { scaleWhilePaused(deployment, sets, wanted) }
        guard let current else {
            guard !isPaused else { return writeStatus(deployment, sets, current: nil) }
            return createReplicaSet(for: deployment, hash: hash, sets: sets, replicas: sets.isEmpty ? wanted : 0)
        }
        if !isPaused { roll(deployment, current, sets.filter { $0.key != current.key }, wanted) }
        writeStatus(deployment, sets, current: current)
        dropOldSets(deployment, sets, current)
    }

    /// Whether a replica set is of a template, whatever the order in which a client wrote its fields.
    private static func isSame(_ set: StoredObject, _ template: SimJSON, hash: String) -> Bool {
        if set.labels["pod-template-hash"].stringValue == hash { return true }
        var own = set.json["spec"]["template"]
        own["metadata"]["labels"]["pod-template-hash"] = .null
        return own == template
    }

    /// A paused deployment rolls nothing out, but follows its size with the set that is in use.
    private func scaleWhilePaused(_ deployment: StoredObject, _ sets: [StoredObject], _ wanted: Int) {
        let used = sets.filter { replicas($0) > 0 }
        guard let set = used.count == 1 ? used.first : used.isEmpty ? sets.last : nil else { return }
        scale(deployment, set, to: wanted)
    }

    /// The label that tells one template from the next: ten letters, the same for the same template.
    static func templateHash(_ template: SimJSON) -> String {
        var generator = SeededGenerator(seed: StableHash.of(template.text))
        return generator.nameSuffix(10)
    }

    private func createReplicaSet(for deployment: StoredObject, hash: String, sets: [StoredObject], replicas: Int) {
        let set = Manifest.replicaSet(
            of: deployment.json, hash: hash, replicas: replicas, revision: newestRevision(sets) + 1, at: now)
        guard let made = try? store.create("replicasets.apps", set) else { return }  // Made already: nothing to do.
        scaled(deployment, made, from: 0, to: replicas)
    }

    private func newestRevision(_ sets: [StoredObject]) -> Int {
        sets.compactMap { $0.json["metadata"]["annotations"][Self.revisionKey].stringValue.flatMap { Int($0) } }.max()
            ?? 0
    }

    private func scaled(_ deployment: StoredObject, _ set: StoredObject, from: Int, to: Int) {
        guard from != to else { return }
        record(
            .of(deployment, "Deployment", "apps/v1"), "ScalingReplicaSet",
            "Scaled \(to > from ? "up" : "down") replica set \(set.key.name) from \(from) to \(to)",
            source: "deployment-controller")
    }

    private func roll(_ deployment: StoredObject, _ current: StoredObject, _ old: [StoredObject], _ wanted: Int) {
        let spec = deployment.json["spec"]
        let rolling = spec["strategy"]["rollingUpdate"]
        let isRecreate = spec["strategy"]["type"].stringValue == "Recreate"
        let surge = isRecreate ? 0 : Self.share(rolling["maxSurge"], of: wanted, roundsUp: true)
        let slack = isRecreate ? wanted : Self.share(rolling["maxUnavailable"], of: wanted, roundsUp: false)
        bringRevisionUp(current, old)
        let oldTotal = old.reduce(0) { $0 + replicas($1) }
        let size = replicas(current)
        if size > wanted { return scale(deployment, current, to: wanted) }
        var room = wanted + surge - size - oldTotal
        if isRecreate, old.contains(where: { ($0.json["status"]["replicas"].intValue ?? 0) > 0 }) { room = 0 }
        let target = min(wanted, size + max(0, room))
        if target > size { scale(deployment, current, to: target) }
        let available = (old + [current]).reduce(0) { $0 + ($1.json["status"]["availableReplicas"].intValue ?? 0) }
        var mayGo = max(0, available - (wanted - max(slack, surge == 0 ? 1 : 0)))
        for set in old where replicas(set) > 0 {
            // Those that never became available may go at once.
            let broken = max(0, replicas(set) - (set.json["status"]["availableReplicas"].intValue ?? 0))
            let fewer = min(replicas(set), broken + mayGo)
            guard fewer > 0 else { continue }
            mayGo -= max(0, fewer - broken)
            scale(deployment, set, to: replicas(set) - fewer)
        }
    }

    /// A rolled-back template takes up its old replica set under a new revision.
    private func bringRevisionUp(_ current: StoredObject, _ old: [StoredObject]) {
        let newest = newestRevision(old)
        guard newestRevision([current]) < newest else { return }
        _ = try? store.update("replicasets.apps", current.key) { json in  // Gone: made anew at the next look.
            var json = json
            json["metadata"]["annotations"][Self.revisionKey] = .string("\(newest + 1)")
            return json
        }
    }

    private func replicas(_ set: StoredObject) -> Int { set.json["spec"]["replicas"].intValue ?? 0 }

    private static func share(_ value: SimJSON, of whole: Int, roundsUp: Bool) -> Int {
        if let number = value.intValue { return number }
        let percent = Double(value.stringValue?.dropLast() ?? "25") ?? 25
        let exact = Double(whole) * percent / 100
        return Int(roundsUp ? exact.rounded(.up) : exact.rounded(.down))
    }

    private func scale(_ deployment: StoredObject, _ set: StoredObject, to count: Int) {
        let before = replicas(set)
        guard before != count else { return }
        scaled(deployment, set, from: before, to: count)
        _ = try? store.update("replicasets.apps", set.key) { json in  // Gone: nothing to scale.
            var json = json
            json["spec"]["replicas"] = .int(count)
            json["metadata"]["generation"] = .int((json["metadata"]["generation"].intValue ?? 1) + 1)
            return json
        }
    }

    private func writeStatus(_ deployment: StoredObject, _ sets: [StoredObject], current: StoredObject?) {
        let sets = sets.compactMap { store.get("replicasets.apps", $0.key) }
        func sum(_ field: String) -> Int { sets.reduce(0) { $0 + ($1.json["status"][field].intValue ?? 0) } }
        let present = current.flatMap { store.get("replicasets.apps", $0.key) }
        let updated = present?.json["status"]["replicas"].intValue ?? 0
        let wanted = deployment.json["spec"]["replicas"].intValue ?? 1
        let (total, ready, available) = (sum("replicas"), sum("readyReplicas"), sum("availableReplicas"))
        let slack = Self.share(
            deployment.json["spec"]["strategy"]["rollingUpdate"]["maxUnavailable"], of: wanted, roundsUp: false)
        let isComplete = updated == wanted && total == wanted && available == wanted
        let revision = newestRevision(present.map { [$0] } ?? [])
        let failure = present?.json.condition("ReplicaFailure") ?? .null
        let conditions =
            self.conditions(
                deployment, set: present, isAvailable: available >= wanted - slack, isComplete: isComplete,
                progress: "\(updated)/\(available)/\(total)") + (failure.isNull ? [] : [failure.datedAsUpdate])
        _ = try? store.update("deployments.apps", deployment.key) { json in  // Gone: no status.
            var json = json
            if revision > 0 { json["metadata"]["annotations"][Self.revisionKey] = .string("\(revision)") }
            func count(_ number: Int) -> SimJSON { number == 0 ? .null : .int(number) }
            json["status"] =
                SimJSON.object(
                    SimObject([
                        ("observedGeneration", json["metadata"]["generation"]), ("replicas", count(total)),
                        ("updatedReplicas", count(updated)), ("readyReplicas", count(ready)),
                        ("availableReplicas", count(available)),
                        ("unavailableReplicas", count(max(0, max(wanted, total) - available))),
                        ("conditions", .array(conditions)),
                    ])
                ).withoutNulls
            return json
        }
    }

    private func conditions(
        _ deployment: StoredObject, set: StoredObject?, isAvailable: Bool, isComplete: Bool, progress: String
    ) -> [SimJSON] {
        let name = set?.key.name ?? ""
        let before = deployment.json.condition("Progressing")
        let limit = Double(deployment.json["spec"]["progressDeadlineSeconds"].intValue ?? 600)
        let status = deployment.json["status"]
        let last =
            "\(status["updatedReplicas"].intValue ?? 0)/\(status["availableReplicas"].intValue ?? 0)/"
            + "\(status["replicas"].intValue ?? 0)"
        if deployment.json["spec"]["paused"].boolValue == true {
            return [
                availableCondition(deployment, isAvailable),
                Self.condition(
                    "Progressing", "Unknown", "DeploymentPaused", "Deployment is paused", before: before, update: nil,
                    now: now),
            ]
        }
        var (state, reason) = ("True", "ReplicaSetUpdated")
        var message = "ReplicaSet \"\(name)\" is progressing."
        var update = SimJSON.string(KubeTime.text(now))
        let isSameRound = before["message"].stringValue?.contains("\"\(name)\"") ?? false
        if isComplete {
            (reason, message) = ("NewReplicaSetAvailable", "ReplicaSet \"\(name)\" has successfully progressed.")
            if before["reason"].stringValue == reason, isSameRound { update = before["lastUpdateTime"] }
        } else if last == progress, isSameRound, let since = KubeTime.seconds(before["lastUpdateTime"].stringValue) {
            update = before["lastUpdateTime"]
            if now.timeIntervalSince1970 - since >= limit || before["reason"].stringValue == "ProgressDeadlineExceeded"
            {
                (state, reason) = ("False", "ProgressDeadlineExceeded")
                message = "ReplicaSet \"\(name)\" has timed out progressing."
            } else {
                timers.add(Date(timeIntervalSince1970: since + limit), .deployment(deployment.key))
            }
        }
        return [
            availableCondition(deployment, isAvailable),
            Self.condition("Progressing", state, reason, message, before: before, update: update, now: now),
        ]
    }

    private func availableCondition(_ deployment: StoredObject, _ isAvailable: Bool) -> SimJSON {
        Self.condition(
            "Available", isAvailable ? "True" : "False",
            isAvailable ? "MinimumReplicasAvailable" : "MinimumReplicasUnavailable",
            isAvailable ? "Deployment has minimum availability." : "Deployment does not have minimum availability.",
            before: deployment.json.condition("Available"), update: nil, now: now)
    }

    private static func condition(
        _ type: String, _ status: String, _ reason: String, _ message: String, before: SimJSON, update: SimJSON?,
        now: Date
    ) -> SimJSON {
        let isSame = before["status"].stringValue == status
        let time = SimJSON.string(KubeTime.text(now))
        return [
            "type": .string(type), "status": .string(status),
            "lastUpdateTime": update ?? (isSame ? before["lastUpdateTime"] : time),
            "lastTransitionTime": isSame ? before["lastTransitionTime"] : time, "reason": .string(reason),
            "message": .string(message),
        ]
    }

    /// Ten old replica sets are kept for going back.
    private func dropOldSets(_ deployment: StoredObject, _ sets: [StoredObject], _ current: StoredObject) {
        let limit = deployment.json["spec"]["revisionHistoryLimit"].intValue ?? 10
        let empty = sets.filter { set in
            set.key != current.key && replicas(set) == 0 && (set.json["status"]["replicas"].intValue ?? 0) == 0
        }
        guard empty.count > limit else { return }
        let oldest = empty.sorted { newestRevision([$0]) < newestRevision([$1]) }.prefix(empty.count - limit)
        for set in oldest { _ = try? store.remove("replicasets.apps", set.key) }  // Gone already is as good.
    }
}

extension SimJSON {
    /// A replica set's condition as its deployment tells it: with the time of its update too.
    fileprivate var datedAsUpdate: SimJSON {
        var json = self
        json["lastUpdateTime"] = self["lastTransitionTime"]
        return json
    }
}
