import Backends
import JSON
import Model

/// How far a roll-out is, read from the workload as `kubectl rollout status` reads it.
struct RolloutState: Sendable, Equatable {
    enum Phase: Sendable, Equatable {
        case moving
        case complete
        /// It will not go on by itself.
        case failed(String)
    }
    var phase: Phase
    /// "2 of 3 updated, 1 available".
    var words: String

    init(_ workload: JSONValue, kind: ResourceKind) {
        let generation = workload.number("metadata", "generation") ?? 0
        guard (workload.number("status", "observedGeneration") ?? 0) >= generation else {
            self.init(.moving, "waiting for the controller to see it")
            return
        }
        switch kind {
        case .deployments: self.init(deployment: workload)
        case .daemonSets: self.init(daemonSet: workload)
        default: self.init(statefulSet: workload)
        }
    }

    private init(_ phase: Phase, _ words: String) {
        self.phase = phase
        self.words = words
    }

    private init(deployment: JSONValue) {
        let wanted = deployment.number("spec", "replicas") ?? 1
        let updated = deployment.number("status", "updatedReplicas") ?? 0
        let all = deployment.number("status", "replicas") ?? 0
        let available = deployment.number("status", "availableReplicas") ?? 0
        var words = "\(updated) of \(wanted) updated, \(available) available"
        if all > updated { words += ", \(all - updated) old to go" }
        let progressing = deployment.list("status", "conditions").first { $0.text("type") == "Progressing" }
        if progressing?.text("reason") == "ProgressDeadlineExceeded" {
            self.init(.failed("it exceeded its progress deadline"), words)
        } else {
            let isOver = updated >= wanted && all <= updated && available >= updated
            self.init(isOver ? .complete : .moving, words)
        }
    }

    private init(daemonSet: JSONValue) {
        let wanted = daemonSet.number("status", "desiredNumberScheduled") ?? 0
        let updated = daemonSet.number("status", "updatedNumberScheduled") ?? 0
        let available = daemonSet.number("status", "numberAvailable") ?? 0
        self.init(
            updated >= wanted && available >= wanted ? .complete : .moving,
            "\(updated) of \(wanted) updated, \(available) available")
    }

    private init(statefulSet: JSONValue) {
        let replicas = statefulSet.number("spec", "replicas") ?? 1
        let partition = statefulSet.number("spec", "updateStrategy", "rollingUpdate", "partition") ?? 0
        let wanted = max(0, replicas - partition)
        let updated = statefulSet.number("status", "updatedReplicas") ?? 0
        let ready = statefulSet.number("status", "readyReplicas") ?? 0
        let isOneRevision =
            statefulSet.text("status", "updateRevision") == statefulSet.text("status", "currentRevision")
        let isUpdated = partition > 0 ? updated >= wanted : isOneRevision || updated >= replicas
        self.init(
            isUpdated && ready >= replicas ? .complete : .moving, "\(updated) of \(wanted) updated, \(ready) ready")
    }

    /// Nothing rolls by itself: each pod is replaced when somebody deletes it.
    static func isOnDelete(_ workload: JSONValue) -> Bool {
        workload.text("spec", "updateStrategy", "type") == "OnDelete"
    }
}
