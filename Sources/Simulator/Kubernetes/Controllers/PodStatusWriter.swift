import Foundation

/// Writes the `status` of a pod from what its kubelet knows.
struct PodStatusWriter {
    let run: PodRun
    let spec: SimJSON
    let previous: SimJSON
    let now: Date

    var status: SimJSON {
        let initial = run.initial.map { container(run.containers[$0]) }
        let ephemeral = run.ephemeral.map { container(run.containers[$0]) }
        return SimJSON.object(
            SimObject([
                ("phase", .string(run.phase)), ("conditions", .array(conditions)), ("hostIP", .string(run.hostIP)),
                ("hostIPs", [["ip": .string(run.hostIP)]]), ("podIP", SimJSON(run.podIP)),
                ("podIPs", run.podIP.map { [["ip": .string($0)]] } ?? .null),
                ("startTime", .string(KubeTime.text(run.startTime))),
                ("initContainerStatuses", initial.isEmpty ? .null : .array(initial)),
                ("containerStatuses", .array(run.others.map { container(run.containers[$0]) })),
                ("qosClass", "Burstable"),
                ("ephemeralContainerStatuses", ephemeral.isEmpty ? .null : .array(ephemeral)),
            ])
        ).withoutNulls
    }

    private var conditions: [SimJSON] {
        let isDone = run.phase == "Succeeded"
        let notReady = run.others.filter { !run.containers[$0].isReady }.map { run.containers[$0].name }
        let unready = "containers with unready status: [\(notReady.joined(separator: " "))]"
        let incomplete = run.initial.filter { !run.containers[$0].hasSucceeded }.map { run.containers[$0].name }
        let reason = isDone ? "PodCompleted" : "ContainersNotReady"
        let message = isDone ? nil : unready
        return [
            condition("PodReadyToStartContainers", run.podIP != nil),
            condition(
                "Initialized", run.isInitialized, isDone ? "PodCompleted" : "ContainersNotInitialized",
                isDone ? nil : "containers with incomplete status: [\(incomplete.joined(separator: " "))]"),
            condition("Ready", run.isReady, reason, message),
            condition("ContainersReady", run.isReady, reason, message),
            condition("PodScheduled", true),
        ]
    }

    private func condition(_ type: String, _ isTrue: Bool, _ reason: String? = nil, _ message: String? = nil) -> SimJSON
    {
        let before = previous["conditions"].items.first { $0["type"].stringValue == type }
        let status = isTrue ? "True" : "False"
        let isSame = before?["status"].stringValue == status
        let since = isSame ? before?["lastTransitionTime"] ?? .null : .string(KubeTime.text(moment(of: type)))
        var members: [(String, SimJSON)] = [
            ("type", .string(type)), ("status", .string(status)), ("lastProbeTime", .null),
            ("lastTransitionTime", since),
        ]
        if !isTrue, let reason { members.append(("reason", .string(reason))) }
        if !isTrue, let message { members.append(("message", .string(message))) }
        return .object(SimObject(members))
    }

    private func moment(of type: String) -> Date {
        switch type {
        case "Ready", "ContainersReady": run.readySince
        case "Initialized": run.initializedAt ?? now
        default: min(now, run.startTime)
        }
    }

    private func container(_ container: ContainerRun) -> SimJSON {
        var last = SimJSON.emptyObject
        if let ended = container.last { last["terminated"] = Self.termination(ended) }
        let digest = StableHash.of(container.image)
        let hex = (0..<4).map { String(StableHash.mix(digest, UInt64($0)) | 1 << 63, radix: 16) }.joined()
        let repository = container.image.split(separator: ":").dropLast().joined(separator: ":")
        let hasImage = container.id != nil
        return SimJSON.object(
            SimObject([
                ("name", .string(container.name)), ("state", Self.state(container.state)), ("lastState", last),
                ("ready", .bool(container.role == .initial ? container.hasSucceeded : container.isReady)),
                ("restartCount", .int(container.restarts)), ("image", .string(container.image)),
                ("imageID", .string(hasImage ? "\(repository)@sha256:\(hex)" : "")),
                ("containerID", container.id.map { .string("containerd://\($0)") } ?? .null),
                ("started", .bool(container.isRunning && container.role != .initial)),
            ])
        ).withoutNulls
    }

    private static func state(_ state: ContainerRun.State) -> SimJSON {
        switch state {
        case .running(let since): ["running": ["startedAt": .string(KubeTime.text(since))]]
        case .terminated(let end): ["terminated": termination(end)]
        case .waiting(let reason, let message):
            [
                "waiting": SimJSON.object(SimObject([("reason", .string(reason)), ("message", SimJSON(message))]))
                    .withoutNulls
            ]
        }
    }

    private static func termination(_ end: ContainerRun.Termination) -> SimJSON {
        [
            "exitCode": .int(end.code), "reason": .string(end.reason),
            "startedAt": .string(KubeTime.text(end.startedAt)), "finishedAt": .string(KubeTime.text(end.finishedAt)),
            "containerID": .string("containerd://\(end.id)"),
        ]
    }
}
