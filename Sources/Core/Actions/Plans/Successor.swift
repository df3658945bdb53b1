import Backends
import Model

/// Waits for the pod that takes the place of one that was deleted.
struct Successor: Sendable {
    /// Seconds; a stateful set waits for the old pod's end first.
    private static let patience = 300.0
    /// Seconds after which nobody believes that one will come.
    private static let coming = 60.0

    let pod: PodReading
    let run: StepRun

    init(_ pod: PodReading, _ run: StepRun) {
        self.pod = pod
        self.run = run
    }

    /// The pods of the same owner.
    func siblings() async throws -> [PodReading] {
        try await run.client.items(of: .pods, namespace: pod.namespace, labelSelector: pod.siblingSelector)
            .map(PodReading.init).filter { $0.owner?.uid == pod.owner?.uid }
    }

    /// After a lost answer: nil when the pod still stands there untouched.
    func recheck(_ reference: ObjectReference) async throws -> StepOutcome? {
        do {
            let value = try await run.client.rawObject(reference)
            let now = PodReading(value)
            if now.uid == pod.uid, !now.isDeleting { return nil }
        } catch let error as KubernetesError where error.statusCode == 404 {
            // Deleted after all.
        }
        guard pod.owner != nil else { return StepOutcome("deleted after all; nothing brings it back") }
        return try await outcome(known: [pod.uid])
    }

    /// Watches until another pod of the owner that was not there before is ready.
    func outcome(known: Set<String>) async throws -> StepOutcome {
        guard run.waits else { return StepOutcome("deleted") }
        run.say("deleted, waiting for its successor")
        let start = run.pacer.uptime
        let end = try await Watching(run: run, patience: Self.patience).until { () -> Watching.Look<StepOutcome> in
            let fresh = try await siblings().filter { !known.contains($0.uid) && !$0.isDeleting }
            guard let successor = fresh.first(where: \.isReady) ?? fresh.first else {
                guard run.pacer.uptime - start < Self.coming else {
                    return .over(StepOutcome("deleted; its owner made no other one"))
                }
                return .notYet("deleted, waiting for its successor")
            }
            if successor.isReady || successor.isOver { return .over(StepOutcome("\(successor.name) is ready")) }
            let trouble = successor.trouble.map { ": \($0)" } ?? ""
            return .notYet("\(successor.name) is not ready yet\(trouble)")
        }
        switch end {
        case .over(let outcome): return outcome
        case .stopped(let last): return StepOutcome("deleted; no longer watched: \(last)")
        case .outOfPatience(let last):
            throw StepFault("deleted, but after \(Int(Self.patience)) s \(last)", endsLane: true)
        }
    }
}
