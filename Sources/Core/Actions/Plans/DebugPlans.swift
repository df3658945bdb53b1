import Backends
import JSON
import Model

/// Containers that are made to look around in: beside those of a pod, or on a node.
struct DebugPlans: Sendable {
    private static let patience = 120.0

    let planning: Planning
    init(_ planning: Planning) { self.planning = planning }

    func debug(_ options: DebugOptions) async throws -> Draft {
        if let fault = ImageReference.fault(options.image) {
            throw ActionRefusal(.invalid, "\"\(options.image)\" is no image: \(fault)")
        }
        let pod = try await planning.present(planning.objects[0])
        let names = pod.value.list("spec", "containers").map { $0.text("name") }
        if let target = options.target, !names.contains(target) {
            throw ActionRefusal(
                .invalid, "pod/\(pod.reference.name) has no container \"\(target)\"",
                hint: "it has \(names.joined(separator: ", "))")
        }
        guard pod.value.text("status", "phase") == "Running" else {
            throw ActionRefusal(.invalid, "pod/\(pod.reference.name) is not running")
        }
        let name = JobPlans.name("debugger", "d", planning.pacer.now, planning.pacer.random()).replacing(
            "-d-", with: "-")
        let container = Self.container(name, options)
        var draft = Draft("debug \(pod.reference.placedName) with \(options.image)", Deed("opened", "debug container"))
        draft.facts = [.init("container", name), .init("sees the processes of", options.target ?? "none")]
        draft.warnings = ["an ephemeral container stays in the pod's description until the pod is gone"]
        planning.say("asking the server")
        try await planning.rehearsal().addEphemeralContainer(pod.reference, container)
        let request = SessionRequest(
            environment: planning.action.environment, object: pod.reference, verb: .attach(container: name),
            sort: "debug")
        draft.steps = [
            Step(pod.reference) { run in
                try await run.writer().addEphemeralContainer(pod.reference, container)
                try await Self.running(pod.reference, name, in: "ephemeralContainerStatuses", run)
                return try await SessionPlans.open(request, planning, run)
            }
        ]
        return draft
    }

    private static func container(_ name: String, _ options: DebugOptions) -> JSONLiteral {
        var members: [(key: String, value: JSONLiteral)] = [
            ("name", .string(name)), ("image", .string(options.image)), ("imagePullPolicy", "IfNotPresent"),
            ("stdin", true), ("tty", true), ("terminationMessagePolicy", "File"),
        ]
        if let target = options.target { members.append(("targetContainerName", .string(target))) }
        if !options.command.isEmpty { members.append(("command", .array(options.command.map { .string($0) }))) }
        return .object(members)
    }

    /// Waits until a container runs. Throws `StepFault` with the reason why it does not.
    private static func running(
        _ pod: ObjectReference, _ container: String, in list: String, _ run: StepRun
    ) async throws {
        let end = try await Watching(run: run, patience: patience).until { () -> Watching.Look<Void> in
            let value = try await run.client.rawObject(pod)
            let status = value.list("status", list).first { $0.text("name") == container }
            if status?.at(["state", "running"]) != nil { return .over(()) }
            if let ended = status?.at(["state", "terminated"]) {
                throw StepFault("\(container) ended at once: \(ended.text("reason")) \(ended.text("message"))")
            }
            let (reason, message) = (
                status?.text("state", "waiting", "reason") ?? "", status?.text("state", "waiting", "message") ?? ""
            )
            if ["InvalidImageName", "ErrImageNeverPull", "CreateContainerConfigError"].contains(reason) {
                throw StepFault("\(container) cannot start: \(reason) \(message)")
            }
            return .notYet("waiting for \(container)" + (reason.isEmpty ? "" : ": \(reason) \(message)"))
        }
        switch end {
        case .over: return
        case .stopped: throw StepFault("\(container) is made; stopped before it ran")
        case .outOfPatience(let last): throw StepFault("after \(Int(patience)) s still \(last)")
        }
    }

    func nodeShell(_ image: String) async throws -> Draft {
        if let fault = ImageReference.fault(image) {
            throw ActionRefusal(.invalid, "\"\(image)\" is no image: \(fault)")
        }
        let node = try await planning.present(planning.objects[0])
        let namespace = planning.client.connection.defaultNamespace
        let name = JobPlans.name("node-shell", "n", planning.pacer.now, planning.pacer.random()).replacing(
            "-n-", with: "-")
        let manifest = Self.pod(name, namespace, on: node.reference.name, image)
        var draft = Draft("open a shell on node \(node.reference.name)", Deed("opened", "node shell"))
        draft.facts = [
            .init("pod", "\(namespace)/\(name), deleted when the shell ends"), .init("image", image),
            .init("the node's files", "under /host"),
        ]
        draft.warnings = ["the pod is privileged: what is done in it is done to the node itself"]
        planning.say("asking the server whether its policy allows it")
        try await planning.rehearsal().create(.pods, namespace: namespace, manifest)
        let pod = ObjectReference(
            environment: planning.action.environment, kind: .pods, namespace: namespace, name: name)
        let request = SessionRequest(
            environment: planning.action.environment, object: pod, verb: .attach(container: "shell"), sort: "node shell"
        )
        draft.steps = [
            Step(node.reference) { run in
                let writer = try run.writer()
                var pod = pod
                do {
                    pod.uid = try await writer.create(.pods, namespace: namespace, manifest).text("metadata", "uid")
                } catch WriteError.unanswered(let cause) {
                    // It may be there: its name is ours alone, so that it can be taken away unseen.
                    _ = try? await writer.delete(pod, DeleteOptions(grace: 0))
                    throw WriteError.unanswered(cause)
                }
                let clearUp: @Sendable () async -> Void = { [pod] in
                    // A pod that cannot be deleted any more is found by its name, which the plan told.
                    _ = try? await writer.delete(pod, DeleteOptions(grace: 0))
                }
                do {
                    try await Self.running(pod, "shell", in: "containerStatuses", run)
                } catch {
                    await clearUp()
                    throw error
                }
                return try await SessionPlans.open(request, planning, run, after: clearUp)
            }
        ]
        return draft
    }

    private static func pod(_ name: String, _ namespace: String, on node: String, _ image: String) -> JSONLiteral {
        let container: JSONLiteral = [
            "name": "shell", "image": .string(image), "imagePullPolicy": "IfNotPresent", "stdin": true,
            "stdinOnce": true,
            "tty": true, "command": ["sh"], "securityContext": ["privileged": true],
            "volumeMounts": [["name": "host", "mountPath": "/host"]],
        ]
        return [
            "apiVersion": "v1", "kind": "Pod",
            "metadata": [
                "name": .string(name), "namespace": .string(namespace),
                "labels": ["app.kubernetes.io/managed-by": "midwatch"],
            ],
            "spec": [
                "nodeName": .string(node), "hostPID": true, "hostNetwork": true, "hostIPC": true,
                "restartPolicy": "Never", "terminationGracePeriodSeconds": 0,
                // Should nobody be left to delete it, the node ends it after a shift.
                "activeDeadlineSeconds": 28_800,
                "tolerations": [["operator": "Exists"]], "containers": [container],
                "volumes": [["name": "host", "hostPath": ["path": "/"]]],
            ],
        ]
    }
}
