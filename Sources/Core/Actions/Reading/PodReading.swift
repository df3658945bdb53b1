import Backends
import JSON
import Model

/// What an action needs to know of a pod.
struct PodReading: Sendable, Equatable {
    struct Owner: Sendable, Equatable, Hashable {
        var kind: String
        var name: String
        var uid: String
        /// "replicaset/ledger-api-7d9".
        var shortName: String { "\(kind.lowercased())/\(name)" }
    }
    var namespace: String
    var name: String
    var uid: String
    var labels: [String: String]
    /// The owner that would make another one; nil when nothing would.
    var owner: Owner?
    var node: String
    var phase: String
    var isReady: Bool
    var isDeleting: Bool
    /// Why it cannot become ready by itself: "ImagePullBackOff: …"; nil while it can.
    var trouble: String?
    /// A file on the node made it: deleting it at the server changes nothing.
    var isMirror: Bool
    var usesEmptyDir: Bool

    init(_ pod: JSONValue) {
        namespace = pod.text("metadata", "namespace")
        name = pod.text("metadata", "name")
        uid = pod.text("metadata", "uid")
        labels = Dictionary(pod.map("metadata", "labels").map { ($0.key, $0.value.scalarText ?? "") }) { $1 }
        owner = pod.list("metadata", "ownerReferences").first { $0.flag("controller") }.map {
            Owner(kind: $0.text("kind"), name: $0.text("name"), uid: $0.text("uid"))
        }
        node = pod.text("spec", "nodeName")
        phase = pod.text("status", "phase")
        isReady = pod.list("status", "conditions").contains {
            $0.text("type") == "Ready" && $0.text("status") == "True"
        }
        isDeleting = !pod.text("metadata", "deletionTimestamp").isEmpty
        trouble = Self.trouble(pod)
        isMirror = pod.map("metadata", "annotations").contains { $0.key == "kubernetes.io/config.mirror" }
        usesEmptyDir = pod.list("spec", "volumes").contains { $0["emptyDir"] != nil }
    }

    var isOver: Bool { phase == "Succeeded" || phase == "Failed" }

    private static func trouble(_ pod: JSONValue) -> String? {
        let containers = pod.list("status", "initContainerStatuses") + pod.list("status", "containerStatuses")
        for container in containers {
            let reason = container.text("state", "waiting", "reason")
            guard stuck.contains(reason) else { continue }
            let message = container.text("state", "waiting", "message")
            return "\(container.text("name")): \(message.isEmpty ? reason : "\(reason): \(message)")"
        }
        let unschedulable = pod.list("status", "conditions").first {
            $0.text("type") == "PodScheduled" && $0.text("reason") == "Unschedulable"
        }
        return unschedulable.map { "cannot be scheduled: \($0.text("message"))" }
    }

    private static let stuck: Set<String> = [
        "ImagePullBackOff", "ErrImagePull", "InvalidImageName", "ErrImageNeverPull", "CrashLoopBackOff",
        "CreateContainerConfigError", "CreateContainerError", "RunContainerError",
    ]

    /// Selects the pods that its owner made from the same template: its labels without those that each pod has for itself.
    var siblingSelector: String {
        labels.filter { !Self.ownLabels.contains($0.key) }.sorted { $0.key < $1.key }
            .map { "\($0.key)=\($0.value)" }.joined(separator: ",")
    }

    private static let ownLabels: Set<String> = [
        "statefulset.kubernetes.io/pod-name", "apps.kubernetes.io/pod-index", "controller-revision-hash",
        "pod-template-generation", "batch.kubernetes.io/job-completion-index",
    ]
}
