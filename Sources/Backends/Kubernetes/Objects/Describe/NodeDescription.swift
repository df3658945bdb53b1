import JSON
import Model

/// A node: whether it takes pods, what it is, how much it has.
enum NodeDescription {
    @Sendable static func of(_ node: JSONValue) -> KindDescription {
        var result = KindDescription()
        let ready = node.list("status", "conditions").first { $0.text("type") == "Ready" }?.text("status")
        let status = ready == "True" ? "Ready" : ready == "False" ? "NotReady" : "Unknown"
        result.say("Status", status, tone: ready == "True" ? .good : .critical)
        if node.flag("spec", "unschedulable") { result.say("Scheduling", "disabled (cordoned)", tone: .warning) }
        result.say("Roles", roles(node))
        result.facts += ObjectFacts.rows(rows, of: node)
        let addresses = node.list("status", "addresses").map {
            ObjectDocument.Fact($0.text("type"), $0.text("address"))
        }
        result.section("Addresses", addresses)
        let taints = node.list("spec", "taints").map { taint in
            let value = taint.text("value").isEmpty ? "" : "=\(taint.text("value"))"
            return ObjectDocument.Fact(taint.text("key") + value, taint.text("effect"), tone: .warning)
        }
        result.section("Taints", taints)
        result.section("Resources", resources(node))
        return result
    }

    private static let rows = [
        FactRow("Kubelet", "status", "nodeInfo", "kubeletVersion"),
        FactRow("Runtime", "status", "nodeInfo", "containerRuntimeVersion"),
        FactRow("System", "status", "nodeInfo", "osImage"), FactRow("Kernel", "status", "nodeInfo", "kernelVersion"),
        FactRow("Architecture", "status", "nodeInfo", "architecture"), FactRow("Pod network", "spec", "podCIDR"),
        FactRow("Provider", "spec", "providerID"),
    ]

    private static func roles(_ node: JSONValue) -> String {
        let prefix = "node-role.kubernetes.io/"
        return node.map("metadata", "labels").filter { $0.key.hasPrefix(prefix) }
            .map { String($0.key.dropFirst(prefix.count)) }.joined(separator: ", ")
    }

    private static func resources(_ node: JSONValue) -> [ObjectDocument.Fact] {
        node.map("status", "capacity").map { name, value in
            let allocatable = node.at(["status", "allocatable", name])?.scalarText ?? ""
            return .init(name, "\(value.scalarText ?? "")" + (allocatable.isEmpty ? "" : ", \(allocatable) for pods"))
        }
    }
}
