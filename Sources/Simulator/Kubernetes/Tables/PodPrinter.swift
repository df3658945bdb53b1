import Foundation

/// A pod's row as `printPod` of the API server makes it.
struct PodPrinter {
    private let pod: SimJSON
    private let now: Date
    private var restarts = 0
    private var sidecarRestarts = 0
    private var ready = 0
    private var total: Int
    private var lastRestart: Double = 0
    private var lastSidecarRestart: Double = 0
    private var reason: String

    private init(_ pod: SimJSON, now: Date) {
        self.pod = pod
        self.now = now
        total = pod["spec"]["containers"].items.count
        let status = pod["status"]
        reason = status["reason"].stringValue ?? status["phase"].stringValue ?? ""
        let scheduled = pod.condition("PodScheduled")
        if scheduled["reason"].stringValue == "SchedulingGated" { reason = "SchedulingGated" }
    }

    static func cells(_ pod: SimJSON, now: Date) -> [SimJSON] {
        var printer = PodPrinter(pod, now: now)
        return printer.cells()
    }

    static func conditions(_ pod: SimJSON) -> SimJSON {
        switch pod["status"]["phase"].stringValue {
        case "Succeeded": condition("Succeeded", "The pod has completed successfully.")
        case "Failed": condition("Failed", "The pod failed.")
        default: .null
        }
    }

    private static func condition(_ reason: String, _ message: String) -> SimJSON {
        [["type": "Completed", "status": "True", "reason": .string(reason), "message": .string(message)]]
    }

    private mutating func cells() -> [SimJSON] {
        let isInitializing = readInitContainers()
        if !isInitializing || pod.condition("Initialized")["status"].stringValue == "True" { readContainers() }
        if !pod["metadata"]["deletionTimestamp"].isNull {
            let phase = pod["status"]["phase"].stringValue
            if pod["status"]["reason"].stringValue == "NodeLost" {
                reason = "Unknown"
            } else if phase != "Succeeded", phase != "Failed" {
                reason = "Terminating"
            }
        }
        let spec = pod["spec"]
        return [
            pod.nameCell, .string("\(ready)/\(total)"), .string(reason), .string(restartsText), pod.ageCell(now),
            .string(pod["status"]["podIPs"][0]["ip"].stringValue ?? "<none>"),
            .string(spec["nodeName"].stringValue ?? "<none>"),
            .string(pod["status"]["nominatedNodeName"].stringValue ?? "<none>"), .string(gatesText),
        ]
    }

    private var restartsText: String {
        guard restarts != 0, lastRestart > 0 else { return "\(restarts)" }
        return "\(restarts) (\(HumanDuration.text(seconds: now.timeIntervalSince1970 - lastRestart)) ago)"
    }

    private var gatesText: String {
        let gates = pod["spec"]["readinessGates"].items
        guard !gates.isEmpty else { return "<none>" }
        let met = gates.filter { gate in
            gate["conditionType"].stringValue.map { pod.condition($0)["status"].stringValue == "True" } ?? false
        }
        return "\(met.count)/\(gates.count)"
    }

    /// Says whether an init container is still to end.
    private mutating func readInitContainers() -> Bool {
        let specs = pod["spec"]["initContainers"].items
        let sidecars = Set(
            specs.filter { $0["restartPolicy"].stringValue == "Always" }.compactMap { $0["name"].stringValue })
        total += sidecars.count
        for (index, status) in pod["status"]["initContainerStatuses"].items.enumerated() {
            restarts += status["restartCount"].intValue ?? 0
            let finished = Self.finished(status)
            lastRestart = max(lastRestart, finished)
            let isSidecar = sidecars.contains(status["name"].stringValue ?? "")
            if isSidecar {
                sidecarRestarts += status["restartCount"].intValue ?? 0
                lastSidecarRestart = max(lastSidecarRestart, finished)
            }
            let ended = status["state"]["terminated"]
            if !ended.isNull, ended["exitCode"].intValue == 0 { continue }
            if isSidecar, status["started"].boolValue == true {
                if status["ready"].boolValue == true { ready += 1 }
                continue
            }
            reason = "Init:" + (Self.initReason(status) ?? "\(index)/\(specs.count)")
            return true
        }
        return false
    }

    private static func initReason(_ status: SimJSON) -> String? {
        let ended = status["state"]["terminated"]
        if !ended.isNull { return endReason(ended) }
        let waiting = status["state"]["waiting"]["reason"].stringValue
        return waiting == "PodInitializing" ? nil : waiting
    }

    private static func endReason(_ ended: SimJSON) -> String {
        if let reason = ended["reason"].stringValue, !reason.isEmpty { return reason }
        if let signal = ended["signal"].intValue, signal != 0 { return "Signal:\(signal)" }
        return "ExitCode:\(ended["exitCode"].intValue ?? 0)"
    }

    private static func finished(_ status: SimJSON) -> Double {
        KubeTime.seconds(status["lastState"]["terminated"]["finishedAt"].stringValue) ?? 0
    }

    private mutating func readContainers() {
        restarts = sidecarRestarts
        lastRestart = lastSidecarRestart
        var hasRunning = false
        for status in pod["status"]["containerStatuses"].items.reversed() {
            restarts += status["restartCount"].intValue ?? 0
            lastRestart = max(lastRestart, Self.finished(status))
            let state = status["state"]
            if let waiting = state["waiting"]["reason"].stringValue {
                reason = waiting
            } else if !state["terminated"].isNull {
                reason = Self.endReason(state["terminated"])
            } else if status["ready"].boolValue == true, !state["running"].isNull {
                hasRunning = true
                ready += 1
            }
        }
        guard reason == "Completed", hasRunning else { return }
        reason = pod.condition("Ready")["status"].stringValue == "True" ? "Running" : "NotReady"
    }
}
