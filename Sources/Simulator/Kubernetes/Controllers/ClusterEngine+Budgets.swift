import Foundation

extension ClusterEngine {
    /// Counts for each disruption budget of a namespace how many of its pods are well and how many may go.
    ///
    /// - Parameter changed: the labels of the pods that changed; nil: all budgets are looked at.
    func reconcileBudgets(_ namespace: String, changed: [SimJSON]? = nil) {
        var budgets = store.all("poddisruptionbudgets.policy", namespace: namespace)
        if let changed, !budgets.isEmpty {
            budgets = budgets.filter { budget in
                let requirements = LabelSelector(workload: budget.json["spec"]["selector"])
                return changed.contains(where: requirements.matches)
            }
        }
        guard !budgets.isEmpty else { return }
        let pods = store.all("pods", namespace: namespace)
        // A namespace may hold a thousand pods and twenty budgets: each pod is looked up by a label, not tried by each.
        var byLabel: [String: [String: [StoredObject]]] = [:]
        for budget in budgets {
            let selector = budget.json["spec"]["selector"]
            let requirements = LabelSelector(workload: selector)
            guard let label = selector["matchLabels"].members.first, let value = label.value.stringValue else {
                write(budget, of: selector.isNull ? [] : pods.filter { requirements.matches($0.labels) })
                continue
            }
            let groups =
                byLabel[label.key] ?? Dictionary(grouping: pods) { $0.labels[label.key].stringValue ?? "" }
            byLabel[label.key] = groups
            write(budget, of: (groups[value] ?? []).filter { requirements.matches($0.labels) })
        }
    }

    /// A budget that is new or says something else; what the status alone changes needs no second look.
    func reconcileBudget(_ key: ObjectKey) {
        guard let budget = store.get("poddisruptionbudgets.policy", key) else { return }
        let (status, generation) = (budget.json["status"], budget.json["metadata"]["generation"].intValue ?? 1)
        guard status["observedGeneration"].intValue != generation else { return }
        let selector = budget.json["spec"]["selector"]
        let requirements = LabelSelector(workload: selector)
        let pods = store.all("pods", namespace: key.namespace)
        write(budget, of: selector.isNull ? [] : pods.filter { requirements.matches($0.labels) })
    }

    private func write(_ budget: StoredObject, of pods: [StoredObject]) {
        let spec = budget.json["spec"]
        let healthy = pods.filter(Self.isReady).count
        var expected = expectedPods(pods)
        var desired: Int
        if !spec["maxUnavailable"].isNull {
            desired = max(0, expected - Self.share(spec["maxUnavailable"], of: expected))
        } else if let least = spec["minAvailable"].intValue {
            (expected, desired) = (pods.filter { !$0.isTerminating }.count, least)
        } else {
            desired = spec["minAvailable"].isNull ? expected : Self.share(spec["minAvailable"], of: expected)
        }
        desired = max(0, desired)
        let allowed = expected > 0 ? max(0, healthy - desired) : 0
        let condition = disruptionCondition(allowed > 0, before: budget.json.condition("DisruptionAllowed"))
        _ = try? store.update("poddisruptionbudgets.policy", budget.key) { json in  // Gone: no status.
            var json = json
            var generation = json["metadata"]["generation"]
            if generation.isNull { generation = 1 }
            var condition = condition
            condition["observedGeneration"] = generation
            json["status"] = [
                "observedGeneration": generation, "disruptionsAllowed": .int(allowed), "currentHealthy": .int(healthy),
                "desiredHealthy": .int(desired), "expectedPods": .int(expected), "conditions": [condition],
            ]
            return json
        }
    }

    /// How many pods their owners want, each owner counted once; a pod of its own counts itself.
    private func expectedPods(_ pods: [StoredObject]) -> Int {
        var owners: Set<String> = []
        var expected = 0
        for pod in pods {
            let owner = pod.json["metadata"]["ownerReferences"].items.first { $0["controller"] == true }
            if let uid = owner?["uid"].stringValue, owners.contains(uid) { continue }
            guard let uid = owner?["uid"].stringValue, let child = ownersByUID[uid],
                let object = store.get(child.resource, child.key)
            else {
                expected += 1
                continue
            }
            if child.resource == "replicasets.apps",
                let name = object.json["metadata"]["ownerReferences"][0]["name"].stringValue,
                let deployment = store.get("deployments.apps", pod.key.namespace, name)
            {
                owners.insert(uid)
                if owners.insert(deployment.uid).inserted {
                    expected += deployment.json["spec"]["replicas"].intValue ?? 1
                }
            } else if owners.insert(uid).inserted {
                expected += object.json["spec"]["replicas"].intValue ?? 1
            }
        }
        return expected
    }

    /// Percentages are rounded up, for both bounds.
    private static func share(_ value: SimJSON, of whole: Int) -> Int {
        if let number = value.intValue { return number }
        let percent = Double(value.stringValue?.dropLast() ?? "0") ?? 0
        return Int((Double(whole) * percent / 100).rounded(.up))
    }

    private func disruptionCondition(_ isAllowed: Bool, before: SimJSON) -> SimJSON {
        let status = isAllowed ? "True" : "False"
        let isSame = before["status"].stringValue == status
        return [
            "type": "DisruptionAllowed", "status": .string(status), "observedGeneration": 1,
            "lastTransitionTime": isSame ? before["lastTransitionTime"] : .string(KubeTime.text(now)),
            "reason": isAllowed ? "SufficientPods" : "InsufficientPods", "message": "",
        ]
    }

    /// Writes what the pods of a namespace use into its quotas.
    func reconcileQuotas(_ namespace: String) {
        let quotas = ResourceQuotas(store: store)
        for quota in store.all("resourcequotas", namespace: namespace) {
            let hard = quota.json["spec"]["hard"]
            let used = quotas.used(in: namespace, of: hard)
            _ = try? store.update("resourcequotas", quota.key) { json in  // Gone: no status.
                var json = json
                json["status"]["hard"] = hard
                for limit in hard.members { json["status"]["used"][limit.key] = .string(used[limit.key]?.text ?? "0") }
                return json
            }
        }
    }
}
