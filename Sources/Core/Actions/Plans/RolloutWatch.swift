import Backends
import JSON
import Model

/// Follows a roll-out to its end, with the reasons of pods that do not come up.
struct RolloutWatch: Sendable {
    /// Seconds; a deployment's own deadline (ten minutes unless it says otherwise) ends it earlier.
    private static let patience = 1800.0
    /// Looks with the same trouble in a row after which it counts as stuck.
    private static let stuckAfter = 30

    let reference: ObjectReference
    let run: StepRun

    init(_ reference: ObjectReference, _ run: StepRun) {
        self.reference = reference
        self.run = run
    }

    /// "restarted: 3 of 3 updated, 3 available". Throws `StepFault` when it does not come to a good end.
    func words(_ deed: String) async throws -> String {
        guard run.waits else { return deed }
        var troubled = 0
        var looks = 0
        var known = ""
        let end = try await Watching(run: run, patience: Self.patience).until { () -> Watching.Look<String> in
            let workload = try await run.client.rawObject(reference)
            if RolloutState.isOnDelete(workload) { return .over("pods are replaced when they are deleted") }
            let state = RolloutState(workload, kind: reference.kind)
            switch state.phase {
            case .complete: return .over(state.words)
            case .failed(let reason):
                throw StepFault("\(deed), but \(reason): \(state.words)\(try await trouble(workload))")
            case .moving:
                // Pods are many: they are looked at every third time.
                if looks % 3 == 0 { known = try await trouble(workload) }
                looks += 1
                let trouble = known
                troubled = trouble.isEmpty ? 0 : troubled + 1
                guard troubled < Self.stuckAfter else {
                    throw StepFault("\(deed), but it is stuck: \(state.words)\(trouble)")
                }
                return .notYet(state.words + trouble)
            }
        }
        switch end {
        case .over(let words): return "\(deed): \(words)"
        case .stopped(let last): return "\(deed); no longer watched: \(last)"
        case .outOfPatience(let last): throw StepFault("\(deed), but after \(Int(Self.patience / 60)) minutes \(last)")
        }
    }

    /// "; web-7c9: app: ImagePullBackOff" for the first of the newest pods that cannot come up; "" for none.
    private func trouble(_ workload: JSONValue) async throws -> String {
        let selector = KubernetesClient.selectorText(workload.at(["spec", "selector"]))
        guard !selector.isEmpty else { return "" }
        let pods = try await run.client.items(of: .pods, namespace: reference.namespace, labelSelector: selector)
        let newest = pods.sorted {
            $0.text("metadata", "creationTimestamp") > $1.text("metadata", "creationTimestamp")
        }.map(PodReading.init)
        guard let hash = newest.first.map(Self.revision) else { return "" }
        let troubled = newest.first { Self.revision($0) == hash && !$0.isReady && $0.trouble != nil }
        return troubled.map { "; \($0.name): \($0.trouble ?? "")" } ?? ""
    }

    private static func revision(_ pod: PodReading) -> String {
        pod.labels["pod-template-hash"] ?? pod.labels["controller-revision-hash"] ?? ""
    }

    /// Back to the revision that a deployment had; other kinds keep no number that could be named.
    static func wayBack(_ workload: JSONValue) -> WayBack? {
        let revision = workload.text("metadata", "annotations", "deployment.kubernetes.io/revision")
        guard let number = Int(revision) else { return nil }
        return WayBack("roll back to revision \(number)", verb: .undoRollout(revision: number))
    }
}
