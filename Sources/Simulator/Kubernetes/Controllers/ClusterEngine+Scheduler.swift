import Foundation

extension ClusterEngine {
    /// Finds a node for a pod, or says why there is none and tries again later.
    func schedule(_ key: ObjectKey) {
        guard let pod = store.get("pods", key), pod.json["spec"]["nodeName"].isNull, !pod.isTerminating else { return }
        guard let node = chooseNode(for: pod.json) else { return refuse(pod) }
        _ = try? store.update("pods", key) { json in  // A pod that was deleted meanwhile needs no node.
            var json = json
            json["spec"]["nodeName"] = .string(node)
            json["status"]["conditions"] = [
                [
                    "type": "PodScheduled", "status": "True", "lastProbeTime": .null,
                    "lastTransitionTime": .string(KubeTime.text(now)),
                ]
            ]
            return json
        }
        record(
            .pod(pod), "Scheduled", "Successfully assigned \(key.namespace)/\(key.name) to \(node)",
            source: "default-scheduler")
    }

    /// The node with the fewest pods of those looked at that take the pod. As in a real cluster not all are looked at
    /// where there are many: the search begins where the last one ended.
    func chooseNode(for pod: SimJSON) -> String? {
        let spec = pod["spec"]
        let wanted = memory(of: spec)
        let named = spec["nodeSelector"].members
        let nodes = schedulableNodes
        var best: (count: Int, index: Int)?
        var found = 0
        for step in nodes.indices where found < 40 {
            let index = (nodeOffset + step) % nodes.count
            let node = nodes[index]
            let count = podsPerNode[node.name, default: 0]
            guard wanted <= node.memoryMiB, count < node.maximumPods,
                named.allSatisfy({ node.labels[$0.key] == $0.value })
            else { continue }
            found += 1
            if best.map({ count < $0.count }) ?? true { best = (count, index) }
        }
        guard let best else { return nil }
        nodeOffset = best.index + 1
        return nodes[best.index].name
    }

    private func memory(of spec: SimJSON) -> Int {
        spec["containers"].items.reduce(0) { sum, container in
            sum + Quantity.mebibytes(container["resources"]["requests"]["memory"].stringValue ?? "0")
        }
    }

    private func refuse(_ pod: StoredObject) {
        let nodes = store.all("nodes")
        let message =
            "0/\(nodes.count) nodes are available: \(nodes.count) Insufficient memory. preemption: "
            + "0/\(nodes.count) nodes are available: \(nodes.count) No preemption victims found for incoming pod."
        _ = try? store.update("pods", pod.key) { json in  // A pod that was deleted meanwhile needs no reason.
            var json = json
            let before = json.condition("PodScheduled")
            guard before["status"].stringValue != "False" else { return nil }
            json["status"]["conditions"] = [
                [
                    "type": "PodScheduled", "status": "False", "lastProbeTime": .null,
                    "lastTransitionTime": .string(KubeTime.text(now)), "reason": "Unschedulable",
                    "message": .string(message),
                ]
            ]
            return json
        }
        record(.pod(pod), "FailedScheduling", message, source: "default-scheduler", isWarning: true)
        timers.add(now.addingTimeInterval(300), .schedule(pod.key))
    }

    /// A node as the scheduler sees it.
    struct SchedulableNode: Sendable {
        var name: String
        var labels: SimJSON
        var memoryMiB: Int
        var maximumPods: Int
    }

    var schedulableNodes: [SchedulableNode] {
        if let nodeCache { return nodeCache }
        let nodes = store.all("nodes").filter { node in
            node.json["spec"]["unschedulable"].boolValue != true
                && node.json.condition("Ready")["status"].stringValue == "True"
                && !node.json["spec"]["taints"].items.contains { $0["effect"].stringValue == "NoSchedule" }
        }
        let found = nodes.map { node in
            SchedulableNode(
                name: node.key.name, labels: node.labels,
                memoryMiB: Quantity.mebibytes(node.json["status"]["allocatable"]["memory"].stringValue ?? "0"),
                maximumPods: Int(node.json["status"]["allocatable"]["pods"].stringValue ?? "110") ?? 110)
        }
        nodeCache = found
        return found
    }
}

/// Amounts of memory as Kubernetes writes them.
enum Quantity {
    static func mebibytes(_ text: String) -> Int {
        let number = Int(text.prefix { $0.isNumber }) ?? 0
        return switch text.drop(while: \.isNumber) {
        case "Ki": number / 1024
        case "Mi": number
        case "Gi": number * 1024
        case "Ti": number * 1024 * 1024
        default: number / 1_048_576
        }
    }
}
