import JSON
import Model

/// A pod: how it stands, its containers one by one, volumes, tolerations, and where to go from it.
enum PodDescription {
    static func of(_ pod: JSONValue) -> KindDescription {
        var result = KindDescription()
        let status = PodStatusText.of(pod)
        let statuses = pod.list("status", "containerStatuses")
        result.say("Status", status, tone: StatusTone.of(status))
        result.say("Message", pod.text("status", "message"), tone: .warning)
        let ready = statuses.count { $0.flag("ready") }
        let count = pod.list("spec", "containers").count
        result.say("Ready", "\(ready)/\(count)", tone: ready == count ? .good : .warning)
        let restarts = statuses.reduce(0) { $0 &+ ($1.number("restartCount") ?? 0) }
        result.say("Restarts", "\(restarts)", tone: restarts > 0 ? .warning : .plain)
        result.facts += ObjectFacts.rows(rows, of: pod)
        for container in ContainerDescription.all(pod) {
            result.containers.append(container.summary)
            result.section(container.title, container.facts)
        }
        result.section("Volumes", PodTemplateDescription.volumes(pod["spec"]))
        result.section("Tolerations", tolerations(pod))
        addLinks(pod, &result)
        return result
    }

    private static let rows = [
        FactRow("Node", "spec", "nodeName"), FactRow("Nominated node", "status", "nominatedNodeName"),
        FactRow("Started", "status", "startTime"), FactRow("Pod IP", "status", "podIP"),
        FactRow("Host IP", "status", "hostIP"), FactRow("Service account", "spec", "serviceAccountName"),
        FactRow("Quality of service", "status", "qosClass"), FactRow("Priority class", "spec", "priorityClassName"),
        FactRow("Restart policy", "spec", "restartPolicy"), FactRow("Scheduler", "spec", "schedulerName"),
        FactRow("Node selector", "spec", "nodeSelector"), FactRow("Host network", "spec", "hostNetwork"),
        FactRow("Grace period", "spec", "terminationGracePeriodSeconds"),
    ]

    private static func tolerations(_ pod: JSONValue) -> [ObjectDocument.Fact] {
        pod.list("spec", "tolerations").map { toleration in
            let key = toleration.text("key")
            let value = toleration.text("operator") == "Exists" ? "" : "=\(toleration.text("value"))"
            let seconds = toleration.number("tolerationSeconds").map { " for \($0) s" } ?? ""
            let effect = toleration.text("effect")
            return .init(
                key.isEmpty ? "every taint" : key + value, (effect.isEmpty ? "every effect" : effect) + seconds)
        }
    }

    private static func addLinks(_ pod: JSONValue, _ result: inout KindDescription) {
        let namespace = pod.text("metadata", "namespace")
        result.link("node", "Node", nil, pod.text("spec", "nodeName"))
        result.link("service account", "ServiceAccount", namespace, pod.text("spec", "serviceAccountName"))
        PodTemplateDescription.addLinks(pod["spec"], namespace, &result)
    }
}
