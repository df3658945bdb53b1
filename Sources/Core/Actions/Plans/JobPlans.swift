import Backends
import JSON
import Model

/// What can be done to jobs and cron jobs.
struct JobPlans: Sendable {
    let planning: Planning
    init(_ planning: Planning) { self.planning = planning }

    func trigger() async throws -> Draft {
        try await create("trigger", Deed("triggered", "cron job")) { cronJob in
            var job = JSONTree.object([:])
            job["apiVersion"] = .string("batch/v1")
            job["kind"] = .string("Job")
            let template = cronJob.value.at(["spec", "jobTemplate"]).map(JSONTree.init) ?? .object([:])
            job["spec"] = template["spec"]
            job[path: ["metadata", "labels"]] = template[path: ["metadata", "labels"]]
            job[path: ["metadata", "annotations"]] = template[path: ["metadata", "annotations"]]
            job[path: ["metadata", "annotations", "cronjob.kubernetes.io/instantiate"]] = .string("manual")
            // As kubectl does: an owner, so that it goes with the cron job, but no controller.
            job[path: ["metadata", "ownerReferences"]] = .array([
                .object([
                    "apiVersion": .string("batch/v1"), "kind": .string("CronJob"),
                    "name": .string(cronJob.reference.name), "uid": .string(cronJob.reference.uid),
                ])
            ])
            return (job, "manual")
        }
    }

    func rerun() async throws -> Draft {
        try await create("run again", Deed("run again", "job")) { job in
            (Recreation.manifest(JSONTree(job.value), .jobs), "rerun")
        }
    }

    private func create(
        _ verb: String, _ deed: Deed, _ make: (PresentObject) -> (JSONTree, mark: String)
    ) async throws -> Draft {
        let present = try await planning.present()
        var draft = Draft("\(verb) \(planning.place(deed))", deed)
        let writer = try planning.rehearsal()
        for object in present {
            var (job, mark) = make(object)
            let name = Self.name(object.reference.name, mark, planning.pacer.now, planning.pacer.random())
            job[path: ["metadata", "name"]] = .string(name)
            job[path: ["metadata", "namespace"]] = .string(object.reference.namespace ?? "")
            // A job that was suspended is meant to run when somebody asks for it.
            job[path: ["spec", "suspend"]] = nil
            draft.facts += Self.facts(object, name)
            if object.reference.kind == .cronJobs, !object.value.list("status", "active").isEmpty {
                draft.warnings.append("\(object.reference.shortName) has a job running already")
            }
            planning.say("asking the server about job/\(name)")
            try await writer.create(.jobs, namespace: object.reference.namespace, job.literal)
            draft.steps.append(Self.step(object.reference, name, job))
        }
        return draft
    }

    private static func facts(_ object: PresentObject, _ name: String) -> [ObjectDocument.Fact] {
        let path = object.reference.kind == .cronJobs ? ["spec", "jobTemplate", "spec"] : ["spec"]
        let spec = object.value.at(path)
        let images = spec?.list("template", "spec", "containers").map { $0.text("image") } ?? []
        var facts: [ObjectDocument.Fact] = [.init("new job", name), .init("images", images.joined(separator: ", "))]
        if object.reference.kind == .cronJobs {
            facts.append(.init("schedule", object.value.text("spec", "schedule")))
            if object.value.flag("spec", "suspend") { facts.append(.init("suspended", "yes; this runs all the same")) }
        }
        return facts
    }

    /// "nightly-manual-k3x9a": at most 63 characters, and not the same twice.
    static func name(_ base: String, _ mark: String, _ now: Timestamp, _ dice: Double) -> String {
        let letters = Array("bcdfghjklmnpqrstvwxz2456789")
        var number = Int(now.seconds) &* 27 &+ Int(dice * 27)
        var suffix = ""
        for _ in 0..<6 {
            suffix.append(letters[number % letters.count])
            number /= letters.count
        }
        return "\(base.prefix(63 - mark.count - 8))-\(mark)-\(suffix)"
    }

    private static func step(_ reference: ObjectReference, _ name: String, _ job: JSONTree) -> Step {
        let made = ObjectReference(
            environment: reference.environment, kind: .jobs, namespace: reference.namespace, name: name)
        let recheck: @Sendable (StepRun) async throws -> StepOutcome? = { run in
            do {
                _ = try await run.client.rawObject(made)
                return StepOutcome("job/\(name) was made after all", wayBack: wayBack(made))
            } catch let error as KubernetesError where error.statusCode == 404 {
                return nil
            }
        }
        return Step(reference, recheck: recheck) { run in
            try await run.writer().create(.jobs, namespace: made.namespace, job.literal)
            let words = try await JobWatch(made, run).words()
            return StepOutcome(words, changes: [FieldChange("job", nil, name)], wayBack: wayBack(made))
        }
    }

    private static func wayBack(_ job: ObjectReference) -> WayBack {
        WayBack(
            "delete job/\(job.name)",
            step: Step(job) { run in
                try await run.writer().delete(job)
                return StepOutcome("deleted")
            })
    }

    func suspend(_ isSuspended: Bool) async throws -> Draft {
        let present = try await planning.present()
        let deed = Deed(isSuspended ? "suspended" : "unsuspended", planning.objects)
        var draft = Draft("\(isSuspended ? "suspend" : "unsuspend") \(planning.place(deed))", deed)
        for object in present {
            let active = object.value.list("status", "active").count
            draft.facts.append(
                .init(
                    object.reference.shortName,
                    object.reference.kind == .cronJobs
                        ? "\(object.value.text("spec", "schedule")), \(active) running now"
                        : "\(object.value.number("status", "active") ?? 0) pods running now"))
            if object.value.flag("spec", "suspend") == isSuspended {
                draft.warnings.append(
                    "\(object.reference.shortName) is \(isSuspended ? "suspended" : "not suspended") already")
            }
            if isSuspended, object.reference.kind == .jobs {
                draft.warnings.append(
                    "\(object.reference.shortName): its running pods are deleted, and begin anew later")
            }
        }
        try await ObjectPlans(planning).rehearse(present) { writer, object in
            try await writer.patch(object, .merge, ["spec": ["suspend": .bool(isSuspended)]])
        }
        draft.steps = present.map { Self.suspendStep($0, isSuspended) }
        return draft
    }

    private static func suspendStep(_ object: PresentObject, _ isSuspended: Bool) -> Step {
        let (reference, was) = (object.reference, object.value.flag("spec", "suspend"))
        return Step(reference) { run in
            try await run.writer().patch(reference, .merge, ["spec": ["suspend": .bool(isSuspended)]])
            let wayBack = WayBack(
                isSuspended ? "unsuspend it again" : "suspend it again", verb: isSuspended ? .unsuspend : .suspend)
            return StepOutcome(
                isSuspended ? "suspended" : "unsuspended",
                changes: [FieldChange("spec.suspend", String(was), String(isSuspended))],
                wayBack: was == isSuspended ? nil : wayBack)
        }
    }
}

/// Watches a new job until it runs.
struct JobWatch: Sendable {
    private static let patience = 60.0
    let job: ObjectReference
    let run: StepRun

    init(_ job: ObjectReference, _ run: StepRun) {
        self.job = job
        self.run = run
    }

    func words() async throws -> String {
        guard run.waits else { return "job/\(job.name) is made" }
        let end = try await Watching(run: run, patience: Self.patience).until { () -> Watching.Look<String> in
            let value = try await run.client.rawObject(job)
            if (value.number("status", "succeeded") ?? 0) > 0 { return .over("job/\(job.name) has succeeded") }
            if (value.number("status", "failed") ?? 0) > 0 { throw StepFault("job/\(job.name) has failed") }
            if (value.number("status", "active") ?? 0) > 0 { return .over("job/\(job.name) runs") }
            return .notYet("job/\(job.name) is made, waiting for its pod")
        }
        switch end {
        case .over(let words): return words
        case .stopped(let last), .outOfPatience(let last): return last
        }
    }
}
