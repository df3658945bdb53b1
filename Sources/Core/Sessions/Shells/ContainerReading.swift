import Backends
import JSON
import Model

/// What joining a container needs to know of it.
struct ContainerReading: Sendable, Equatable {
    enum State: Sendable, Equatable {
        case running
        /// Why it waits; "" when nobody says.
        case waiting(reason: String, message: String)
        case ended(reason: String, code: Int)
    }
    var name: String
    /// Its own process has a terminal, and takes input.
    var hasTerminal: Bool
    var hasInput: Bool
    var state: State

    /// All of a pod: ordinary ones first, then init, then ephemeral.
    static func all(of pod: JSONValue) -> [ContainerReading] {
        [
            ("containers", "containerStatuses"), ("initContainers", "initContainerStatuses"),
            ("ephemeralContainers", "ephemeralContainerStatuses"),
        ].flatMap { specs, statuses in
            let states = Dictionary(
                pod.list("status", statuses).map { ($0.text("name"), $0) }, uniquingKeysWith: { first, _ in first })
            return pod.list("spec", specs).map { ContainerReading($0, states[$0.text("name")]) }
        }
    }

    /// The one that is meant: by name, by the pod's own annotation, or the first.
    static func chosen(_ name: String?, of pod: JSONValue) throws(ActionRefusal) -> ContainerReading {
        let all = all(of: pod)
        let place = "pod/\(pod.text("metadata", "name"))"
        let wanted =
            name
            ?? pod.map("metadata", "annotations").first {
                $0.key == "kubectl.kubernetes.io/default-container"
            }?.value.scalarText
        if let found = all.first(where: { $0.name == wanted }) { return found }
        if let name {
            let known = all.map(\.name).joined(separator: ", ")
            throw ActionRefusal(.invalid, "\(place) has no container \"\(name)\"", hint: "it has \(known)")
        }
        guard let first = all.first else { throw ActionRefusal(.invalid, "\(place) has no container") }
        return first
    }

    private init(_ spec: JSONValue, _ status: JSONValue?) {
        name = spec.text("name")
        hasTerminal = spec.flag("tty")
        hasInput = spec.flag("stdin")
        if status?.at(["state", "running"]) != nil {
            state = .running
        } else if let ended = status?.at(["state", "terminated"]) {
            state = .ended(reason: ended.text("reason"), code: ended["exitCode"]?.int ?? 0)
        } else {
            state = .waiting(
                reason: status?.text("state", "waiting", "reason") ?? "",
                message: status?.text("state", "waiting", "message") ?? "")
        }
    }

    /// Why nobody can join it now; nil when one can.
    var obstacle: String? {
        switch state {
        case .running: nil
        case .waiting(let reason, let message):
            "container \(name) is not running\(reason.isEmpty ? "" : ": \(reason)")\(message.isEmpty ? "" : " (\(message))")"
        case .ended(let reason, let code): "container \(name) has ended: \(reason), exit code \(code)"
        }
    }

    /// Whether waiting for it is in vain.
    var isHopeless: Bool {
        switch state {
        case .running: false
        case .waiting(let reason, _):
            [
                "ErrImagePull", "ImagePullBackOff", "InvalidImageName", "CreateContainerConfigError",
                "CreateContainerError",
                "CrashLoopBackOff",
            ].contains(reason)
        case .ended: true
        }
    }
}
