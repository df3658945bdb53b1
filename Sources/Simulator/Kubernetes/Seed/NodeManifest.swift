import Foundation

/// A node as its kubelet registered it.
struct NodeManifest: Sendable {
    let node: SimNode
    let version: String
    let created: Date
    let now: Date

    var json: SimJSON {
        var spec: SimJSON = ["podCIDR": "10.128.0.0/24", "podCIDRs": ["10.128.0.0/24"]]
        if node.isControlPlane {
            spec["taints"] = [["key": "node-role.kubernetes.io/control-plane", "effect": "NoSchedule"]]
        }
        return [
            "metadata": Manifest.metadata(name: node.name, createdAt: created, labels: labels),
            "spec": spec, "status": status,
        ]
    }

    private var labels: SimJSON {
        var labels = [
            "kubernetes.io/arch": "amd64", "kubernetes.io/os": "linux", "kubernetes.io/hostname": node.name,
            "topology.kubernetes.io/region": "home", "topology.kubernetes.io/zone": node.zone,
        ]
        labels["node-role.kubernetes.io/\(node.isControlPlane ? "control-plane" : "worker")"] = ""
        return SimJSON(sorted: labels)
    }

    private var amounts: SimJSON {
        [
            "cpu": .string("\(node.cpuMilli / 1000)"), "ephemeral-storage": "204800Mi", "hugepages-2Mi": "0",
            "memory": .string("\(node.memoryMiB * 1024)Ki"), "pods": .string("\(node.maximumPods)"),
        ]
    }

    private var status: SimJSON {
        [
            "capacity": amounts, "allocatable": amounts,
            "conditions": [
                condition(
                    "MemoryPressure", "False", "KubeletHasSufficientMemory", "kubelet has sufficient memory available"),
                condition("DiskPressure", "False", "KubeletHasNoDiskPressure", "kubelet has no disk pressure"),
                condition("PIDPressure", "False", "KubeletHasSufficientPID", "kubelet has sufficient PID available"),
                condition("Ready", "True", "KubeletReady", "kubelet is posting ready status"),
            ],
            "addresses": [
                ["type": "InternalIP", "address": .string(node.address)],
                ["type": "Hostname", "address": .string(node.name)],
            ],
            "daemonEndpoints": ["kubeletEndpoint": ["Port": 10250]],
            "nodeInfo": [
                "machineID": .string(String(StableHash.of(node.name), radix: 16)), "systemUUID": "", "bootID": "",
                "kernelVersion": .string(node.kernel), "osImage": .string(node.osImage),
                "containerRuntimeVersion": .string(node.runtime), "kubeletVersion": .string(version),
                "kubeProxyVersion": "", "operatingSystem": "linux", "architecture": "amd64",
            ],
        ]
    }

    private func condition(_ type: String, _ status: String, _ reason: String, _ message: String) -> SimJSON {
        [
            "type": .string(type), "status": .string(status), "lastHeartbeatTime": .string(KubeTime.text(now)),
            "lastTransitionTime": .string(KubeTime.text(created)), "reason": .string(reason),
            "message": .string(message),
        ]
    }
}
