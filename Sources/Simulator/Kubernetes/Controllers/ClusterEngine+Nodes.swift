import Foundation

extension ClusterEngine {
    /// Every living kubelet renews its lease; once in five minutes it writes its node's status too.
    func heartbeat() {
        timers.add(now.addingTimeInterval(10), .heartbeat)
        let isStatusDue = Int(now.timeIntervalSince1970) / 10 % 30 == 0
        for node in store.all("nodes") where !deadNodes.contains(node.key.name) {
            let name = node.key.name
            _ = try? store.update("leases.coordination.k8s.io", ObjectKey("kube-node-lease", name)) { lease in
                var lease = lease  // A node without a lease goes without.
                lease["spec"]["renewTime"] = .string(KubeTime.microText(now))
                return lease
            }
            guard isStatusDue else { continue }
            setConditions(of: name) { condition in condition["lastHeartbeatTime"] = .string(KubeTime.text(self.now)) }
        }
    }

    /// Takes a node's machine away: its kubelet falls silent, and after forty seconds the cluster notices.
    func stopNode(_ name: String) {
        guard deadNodes.insert(name).inserted else { return }
        now = max(now, clock.now)
        timers.add(now.addingTimeInterval(40), .nodeLost(name))
        wakeEngine()
    }

    /// The machine is back: its kubelet reports, pods that were to go are gone, the others are as they were.
    func startNode(_ name: String) {
        guard deadNodes.remove(name) != nil else { return }
        now = max(now, clock.now)
        let time = SimJSON.string(KubeTime.text(now))
        setConditions(of: name) { condition in
            let isReady = condition["type"].stringValue == "Ready"
            condition["status"] = .string(isReady ? "True" : "False")
            condition["reason"] = .string(isReady ? "KubeletReady" : "KubeletHas" + "Sufficient")
            condition["message"] = .string(isReady ? "kubelet is posting ready status" : "kubelet is healthy again")
            condition["lastHeartbeatTime"] = time
            condition["lastTransitionTime"] = time
        }
        setTaints(of: name, [])
        if let node = store.get("nodes", "", name) {
            record(
                .of(node, "Node", "v1"), "NodeReady", "Node \(name) status is now: NodeReady", source: "kubelet",
                host: name)
        }
        for pod in pods(on: name) { returnPod(pod) }
        wakeEngine()
    }

    func loseNode(_ name: String) {
        guard deadNodes.contains(name), let node = store.get("nodes", "", name) else { return }
        let time = SimJSON.string(KubeTime.text(now))
        setConditions(of: name) { condition in
            condition["status"] = "Unknown"
            condition["reason"] = "NodeStatusUnknown"
            condition["message"] = "Kubelet stopped posting node status."
            condition["lastTransitionTime"] = time
        }
        setTaints(of: name, ["NoSchedule", "NoExecute"])
        record(
            .of(node, "Node", "v1"), "NodeNotReady", "Node \(name) status is now: NodeNotReady",
            source: "node-controller")
        for pod in pods(on: name) {
            setReady(pod, false)
            record(.pod(pod), "NodeNotReady", "Node is not ready", source: "node-controller", isWarning: true)
        }
        timers.add(now.addingTimeInterval(300), .evict(name))
    }

    /// After five minutes the pods of a lost node are to go; they stay until it is back. Daemons stay in any case.
    func evictPods(of name: String) {
        guard deadNodes.contains(name) else { return }
        for pod in pods(on: name) {
            let owner = pod.json["metadata"]["ownerReferences"].items.first?["kind"].stringValue
            guard owner != "DaemonSet", !pod.isTerminating else { continue }
            record(
                .pod(pod), "TaintManagerEviction", "Marking for deletion Pod \(pod.key.namespace)/\(pod.key.name)",
                source: "taint-eviction-controller")
            delete(pod)
        }
    }

    private func pods(on node: String) -> [StoredObject] {
        nodeOfPod.filter { $0.value == node }.keys.sorted().compactMap { store.get("pods", $0) }
    }

    private func returnPod(_ pod: StoredObject) {
        if pod.isTerminating {
            _ = try? store.remove("pods", pod.key)  // Gone already is as good.
        } else if let run = runs[pod.key] {
            keep(run, pod.json)
            if let due = run.nextDue, due < now { timers.add(now, .kubelet(pod.key)) }
        } else {
            reconcilePod(pod.key)
        }
    }

    private func setReady(_ pod: StoredObject, _ isReady: Bool) {
        _ = try? store.update("pods", pod.key) { json in  // Gone: nothing to say of it.
            var json = json
            let conditions = json["status"]["conditions"].items.map { condition -> SimJSON in
                guard condition["type"].stringValue == "Ready" else { return condition }
                var condition = condition
                condition["status"] = .string(isReady ? "True" : "False")
                condition["lastTransitionTime"] = .string(KubeTime.text(now))
                return condition
            }
            json["status"]["conditions"] = .array(conditions)
            return json
        }
    }

    private func setConditions(of node: String, _ change: (inout SimJSON) -> Void) {
        _ = try? store.update("nodes", ObjectKey("", node)) { json in  // Gone: no conditions.
            var json = json
            json["status"]["conditions"] = .array(
                json["status"]["conditions"].items.map { condition in
                    var condition = condition
                    change(&condition)
                    return condition
                })
            return json
        }
    }

    private func setTaints(of node: String, _ effects: [String]) {
        _ = try? store.update("nodes", ObjectKey("", node)) { json in  // Gone: no taints.
            var json = json
            let key = "node.kubernetes.io/unreachable"
            var taints = json["spec"]["taints"].items.filter { $0["key"].stringValue != key }
            taints += effects.map {
                ["key": .string(key), "effect": .string($0), "timeAdded": .string(KubeTime.text(now))]
            }
            json["spec"]["taints"] = taints.isEmpty ? .null : .array(taints)
            return json
        }
    }
}
