import Backends
import Model

extension PodPlans {
    func evict() async throws -> Draft {
        let pods = try await planning.present().map { PodReading($0.value) }
        let deed = Deed("evicted", "pod")
        var draft = Draft("evict \(planning.place(deed))", deed)
        draft.facts = await facts(pods)
        draft.warnings = warnings(pods, "an eviction deletes it")
        for pod in pods.prefix(20) {
            if let refusal = try await rehearse(pod) { draft.warnings.append("\(pod.name): \(refusal)") }
        }
        draft.steps = pods.map { Eviction($0, reference($0), grace: nil, patience: 60).step() }
        return draft
    }

    /// The budget's no in words, which time may change; every other refusal ends the plan.
    private func rehearse(_ pod: PodReading) async throws -> String? {
        planning.say("asking the server about pod/\(pod.name)")
        do {
            try await planning.rehearsal().evict(reference(pod))
            return nil
        } catch WriteError.refused(let refusal) where refusal.code == 429 {
            return refusal.message
        }
    }
}

/// Evicts one pod, asking again while a disruption budget says no, and watches it go.
struct Eviction: Sendable {
    let pod: PodReading
    let reference: ObjectReference
    let grace: Int?
    /// Seconds to wait for budgets.
    let patience: Int

    init(_ pod: PodReading, _ reference: ObjectReference, grace: Int?, patience: Int) {
        self.pod = pod
        self.reference = reference
        self.grace = grace
        self.patience = patience
    }

    func step() -> Step {
        Step(reference, lane: pod.owner?.uid ?? pod.uid, recheck: recheck) { run in
            guard try await evict(run) else { return StepOutcome("is gone already") }
            return StepOutcome(try await Disappearance(reference, run, past: "evicted").words(grace: grace))
        }
    }

    private func recheck(_ run: StepRun) async throws -> StepOutcome? {
        try await Disappearance(reference, run).isBegun() ? StepOutcome("evicted after all") : nil
    }

    /// Returns whether there was anything to evict.
    private func evict(_ run: StepRun) async throws -> Bool {
        let start = run.pacer.uptime
        while true {
            do {
                try await run.writer().evict(reference, grace: grace)
                return true
            } catch WriteError.refused(let refusal) where refusal.code == 404 {
                return false
            } catch WriteError.refused(let refusal) where refusal.code == 429 {
                let waited = run.pacer.uptime - start
                guard waited < Double(patience), !run.isStopping() else {
                    throw StepFault("blocked for \(Int(waited)) s: \(refusal.message)")
                }
                let pause = min(max(refusal.retryAfter ?? 5, 1), 10)
                run.say("blocked, asking again every \(Int(pause)) s: \(refusal.message)")
                try await run.pacer.sleep(run.pacer.jittered(pause))
            }
        }
    }
}
