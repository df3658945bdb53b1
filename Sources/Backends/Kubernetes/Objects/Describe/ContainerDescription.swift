import JSON
import Model

/// One container of a pod or of a template: its summary for the list, and its facts.
struct ContainerDescription {
    let spec: JSONValue
    /// nil in templates, and before the kubelet has said anything.
    let status: JSONValue?
    let role: ObjectDocument.Container.Role

    /// All containers of a pod or template, in the order: init, sidecar, ordinary, ephemeral.
    static func all(_ pod: JSONValue) -> [ContainerDescription] {
        let initial = found(pod, "initContainers", "initContainerStatuses") {
            $0.text("restartPolicy") == "Always" ? .sidecar : .`init`
        }
        return initial.filter { $0.role == .`init` } + initial.filter { $0.role == .sidecar }
            + found(pod, "containers", "containerStatuses") { _ in .ordinary }
            + found(pod, "ephemeralContainers", "ephemeralContainerStatuses") { _ in .ephemeral }
    }

    private static func found(
        _ pod: JSONValue, _ list: String, _ statuses: String, _ role: (JSONValue) -> ObjectDocument.Container.Role
    ) -> [ContainerDescription] {
        let statuses = pod.list("status", statuses)
        return pod.list("spec", list).map { spec in
            let status = statuses.first { $0.text("name") == spec.text("name") }
            return ContainerDescription(spec: spec, status: status, role: role(spec))
        }
    }

    var title: String {
        let word =
            role == .ordinary
            ? "Container" : role == .`init` ? "Init container" : "\(role.rawValue.capitalized) container"
        return "\(word) \(spec.text("name"))"
    }

    var summary: ObjectDocument.Container {
        let state = ContainerState(status?["state"])
        return ObjectDocument.Container(
            name: spec.text("name"), role: role, image: spec.text("image"), state: state.text,
            lastState: ContainerState(status?["lastState"]).text, isReady: status?.flag("ready") ?? false,
            restarts: status?.number("restartCount") ?? 0, tone: tone(state), ports: ports)
    }

    var facts: [ObjectDocument.Fact] {
        var facts: [ObjectDocument.Fact] = []
        func say(_ name: String, _ value: String, tone: Tone = .plain, depth: Int = 0) {
            if !value.isEmpty { facts.append(.init(name, value, tone: tone, depth: depth)) }
        }
        if let status {
            let state = ContainerState(status["state"])
            say("State", state.text, tone: tone(state))
            for (name, value) in state.details { say(name, value, depth: 1) }
            let last = ContainerState(status["lastState"])
            say("Last state", last.text, tone: last.tone == .critical ? .warning : .muted)
            for (name, value) in last.details { say(name, value, depth: 1) }
            say("Ready", status.flag("ready") ? "yes" : "no", tone: readyTone)
            let restarts = status.number("restartCount") ?? 0
            say("Restarts", "\(restarts)", tone: restarts > 0 ? .warning : .plain)
        }
        say("Image", spec.text("image"))
        say("Command", ObjectFacts.oneLine(spec, "command"))
        say("Arguments", ObjectFacts.oneLine(spec, "args"))
        say("Ports", ports.joined(separator: ", "))
        say("Requests", spec.at(["resources", "requests"]).map(ObjectFacts.oneLine) ?? "")
        say("Limits", spec.at(["resources", "limits"]).map(ObjectFacts.oneLine) ?? "")
        for (name, key) in [
            ("Liveness", "livenessProbe"), ("Readiness", "readinessProbe"), ("Startup", "startupProbe"),
        ] {
            say(name, spec[key].map(ProbeText.of) ?? "")
        }
        return facts + environment + mounts
    }

    private var ports: [String] {
        spec.list("ports").map { port in
            let name = port.text("name").isEmpty ? "" : port.text("name") + " "
            let transport = port.text("protocol").isEmpty ? "TCP" : port.text("protocol")
            return "\(name)\(port.text("containerPort"))/\(transport)"
        }
    }

    /// Where each variable comes from; what a secret holds is never said.
    private var environment: [ObjectDocument.Fact] {
        let from = spec.list("envFrom").map { source -> ObjectDocument.Fact in
            let isSecret = source["secretRef"] != nil
            let name = isSecret ? source.text("secretRef", "name") : source.text("configMapRef", "name")
            return .init("all of", "\(isSecret ? "secret" : "config map") \(name)", depth: 1)
        }
        let single = spec.list("env").map { variable -> ObjectDocument.Fact in
            let source = variable["valueFrom"]
            return .init(variable.text("name"), source.map(Self.origin) ?? variable.text("value"), depth: 1)
        }
        return from.isEmpty && single.isEmpty ? [] : [.init("Environment", "")] + from + single
    }

    private static func origin(_ source: JSONValue) -> String {
        if let ref = source["secretKeyRef"] { return "key \(ref.text("key")) of secret \(ref.text("name"))" }
        if let ref = source["configMapKeyRef"] { return "key \(ref.text("key")) of config map \(ref.text("name"))" }
        if let ref = source["fieldRef"] { return "field \(ref.text("fieldPath"))" }
        if let ref = source["resourceFieldRef"] { return "resource \(ref.text("resource"))" }
        return ObjectFacts.oneLine(source)
    }

    private var mounts: [ObjectDocument.Fact] {
        let mounts = spec.list("volumeMounts").map { mount in
            ObjectDocument.Fact(
                mount.text("mountPath"),
                "from \(mount.text("name"))" + (mount.text("subPath").isEmpty ? "" : ", path \(mount.text("subPath"))")
                    + (mount.flag("readOnly") ? ", read only" : ""), depth: 1)
        }
        return mounts.isEmpty ? [] : [.init("Mounts", "")] + mounts
    }

    private var readyTone: Tone { status?.flag("ready") == true ? .good : role == .`init` ? .muted : .warning }

    private func tone(_ state: ContainerState) -> Tone {
        state.tone == .good && status?.flag("ready") == false && role != .`init` ? .warning : state.tone
    }
}

/// The state of a container in words: "Running", "Waiting: CrashLoopBackOff", "Terminated: OOMKilled".
struct ContainerState {
    let text: String
    let tone: Tone
    let details: [(String, String)]

    init(_ state: JSONValue?) {
        guard let (kind, value) = state?.members.first(where: { $0.value.kind == .object }) else {
            (text, tone, details) = ("", .plain, [])
            return
        }
        let reason = value.text("reason")
        let exit = value.number("exitCode")
        switch kind {
        case "running": (text, tone) = ("Running", .good)
        case "waiting":
            text = reason.isEmpty ? "Waiting" : "Waiting: \(reason)"
            tone = StatusTone.of(reason) == .plain ? .progressing : StatusTone.of(reason)
        default:
            text = "Terminated: \(reason.isEmpty ? "exit code \(exit ?? 0)" : reason)"
            tone = exit == 0 ? .muted : .critical
        }
        let times = [("Started", value.text("startedAt")), ("Finished", value.text("finishedAt"))]
        let words = [("Exit code", exit.map(String.init) ?? ""), ("Message", value.text("message"))] + times
        details = words.filter { !$0.1.isEmpty }
    }
}

/// A probe on one line: "http :8080/healthz, every 10 s, 3 failures".
enum ProbeText {
    static func of(_ probe: JSONValue) -> String {
        let timing = "every \(probe.number("periodSeconds") ?? 10) s, \(probe.number("failureThreshold") ?? 3) failures"
        let delay = probe.number("initialDelaySeconds").map { ", after \($0) s" } ?? ""
        return "\(action(probe)), \(timing)\(delay)"
    }

    private static func action(_ probe: JSONValue) -> String {
        if let get = probe["httpGet"] {
            let scheme = get.text("scheme").isEmpty ? "http" : get.text("scheme").lowercased()
            return "\(scheme) \(get.text("host")):\(get.text("port"))\(get.text("path"))"
        }
        if let socket = probe["tcpSocket"] { return "tcp :\(socket.text("port"))" }
        if let call = probe["grpc"] { return "grpc :\(call.text("port"))" }
        return "exec \(probe.texts("exec", "command").joined(separator: " "))"
    }
}

extension ObjectFacts {
    /// The words of a command, with blanks between.
    static func oneLine(_ object: JSONValue, _ key: String) -> String { object.texts(key).joined(separator: " ") }
}
