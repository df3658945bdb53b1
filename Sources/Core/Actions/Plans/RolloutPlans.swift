import Backends
import JSON
import Model

/// What can be done to deployments, stateful sets and daemon sets.
struct RolloutPlans: Sendable {
    let planning: Planning
    init(_ planning: Planning) { self.planning = planning }

    func restart() async throws -> Draft {
        guard planning.objects.allSatisfy({ $0.kind != .pods }) else {
            throw ActionRefusal(.invalid, "pods and workloads cannot be restarted in one go", hint: "mark one sort")
        }
        let present = try await planning.present()
        let deed = Deed("restarted", planning.objects)
        var draft = Draft("restart \(planning.place(deed))", deed)
        let time = planning.pacer.now
        for workload in present {
            guard !workload.value.flag("spec", "paused") else {
                throw ActionRefusal(
                    .invalid, "the roll-out of \(workload.reference.shortName) is paused", hint: "resume it first")
            }
            draft.facts += await WorkloadFacts(workload, planning).facts()
            if RolloutState.isOnDelete(workload.value) {
                draft.warnings.append(
                    "\(workload.reference.shortName) replaces its pods only when they are deleted (OnDelete)")
            }
        }
        try await ObjectPlans(planning).rehearse(present) { writer, object in try await writer.restart(object, at: time)
        }
        draft.steps = present.map { workload in
            let reference = workload.reference
            // The same time once more changes nothing, so a lost answer needs no question.
            return Step(reference, lane: reference.uid) { run in
                try await run.writer().restart(reference, at: time)
                let field = "spec.template.metadata.annotations.kubectl.kubernetes.io/restartedAt"
                let before = workload.value.at(
                    ["spec", "template", "metadata", "annotations", "kubectl.kubernetes.io/restartedAt"])?.string
                let words = try await RolloutWatch(reference, run).words("restarted")
                return StepOutcome(
                    words, changes: [FieldChange(field, before, time.rfc3339)],
                    wayBack: RolloutWatch.wayBack(workload.value))
            }
        }
        return draft
    }
}
