import JSON

/// The STATUS column of a pod, worked out as the server's printer does (`printPod` in kubernetes' printers.go).
enum PodStatusText {
    static func of(_ pod: JSONValue) -> String {
        var reason = pod.text("status", "reason").isEmpty ? pod.text("status", "phase") : pod.text("status", "reason")
        let gates = pod.list("status", "conditions").first { $0.text("type") == "PodScheduled" }
        if gates?.text("reason") == "SchedulingGated" { reason = "SchedulingGated" }
        if let initializing = initializing(pod) {
            reason = initializing
        } else {
            reason = containers(pod) ?? reason
        }
        guard pod.at(["metadata", "deletionTimestamp"])?.string != nil else { return reason }
        return pod.text("status", "reason") == "NodeLost" ? "Unknown" : "Terminating"
    }

    private static func initializing(_ pod: JSONValue) -> String? {
        let containers = pod.list("spec", "initContainers")
        let statuses = pod.list("status", "initContainerStatuses")
        for (index, status) in statuses.enumerated() {
            let spec = containers.first { $0.text("name") == status.text("name") }
            if spec?.text("restartPolicy") == "Always", status.flag("started") { continue }
            if let terminated = status.at(["state", "terminated"]) {
                if terminated.number("exitCode") == 0 { continue }
                return "Init:" + ended(terminated)
            }
            let waiting = status.text("state", "waiting", "reason")
            if !waiting.isEmpty, waiting != "PodInitializing" { return "Init:" + waiting }
            return "Init:\(index)/\(containers.count)"
        }
        return nil
    }

    private static func containers(_ pod: JSONValue) -> String? {
        var reason: String?
        var hasRunning = false
        for status in pod.list("status", "containerStatuses").reversed() {
            let waiting = status.text("state", "waiting", "reason")
            if !waiting.isEmpty {
                reason = waiting
            } else if let terminated = status.at(["state", "terminated"]) {
                reason = ended(terminated)
            } else if status.flag("ready"), status.at(["state", "running"]) != nil {
                hasRunning = true
            }
        }
        guard reason == "Completed", hasRunning else { return reason }
        let ready = pod.list("status", "conditions").contains {
            $0.text("type") == "Ready" && $0.text("status") == "True"
        }
        return ready ? "Running" : "NotReady"
    }

    private static func ended(_ terminated: JSONValue) -> String {
        let reason = terminated.text("reason")
        if !reason.isEmpty { return reason }
        let signal = terminated.number("signal") ?? 0
        return signal != 0 ? "Signal:\(signal)" : "ExitCode:\(terminated.number("exitCode") ?? 0)"
    }
}
