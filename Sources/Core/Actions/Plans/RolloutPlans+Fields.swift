import Backends
import JSON
import Model

extension RolloutPlans {
    func pause(_ isPaused: Bool) async throws -> Draft {
        let present = try await planning.present()
        let deed = Deed(isPaused ? "paused" : "resumed", planning.objects)
        var draft = Draft("\(isPaused ? "pause" : "resume") \(planning.place(deed))", deed)
        for workload in present {
            draft.facts += await WorkloadFacts(workload, planning).facts()
            if workload.value.flag("spec", "paused") == isPaused {
                draft.warnings.append(
                    "\(workload.reference.shortName) is \(isPaused ? "paused" : "not paused") already")
            }
        }
        if isPaused { draft.warnings.append("while it is paused, changes of the template start no roll-out") }
        try await ObjectPlans(planning).rehearse(present) { writer, object in
            try await Self.pause(writer, object, isPaused)
        }
        draft.steps = present.map { Self.pauseStep($0.reference, isPaused, was: $0.value.flag("spec", "paused")) }
        return draft
    }

    static func pause(_ writer: KubernetesWriter, _ object: ObjectReference, _ isPaused: Bool) async throws {
        try await writer.patch(object, .strategic, ["spec": ["paused": isPaused ? true : .null]])
    }

    static func pauseStep(_ reference: ObjectReference, _ isPaused: Bool, was: Bool) -> Step {
        Step(reference) { run in
            try await pause(run.writer(), reference, isPaused)
            let wayBack = WayBack(
                isPaused ? "resume it again" : "pause it again", verb: isPaused ? .resumeRollout : .pauseRollout)
            return StepOutcome(
                isPaused ? "paused" : "resumed",
                changes: [FieldChange("spec.paused", String(was), String(isPaused))],
                wayBack: was == isPaused ? nil : wayBack)
        }
    }

    func setImage(_ images: [String: String]) async throws -> Draft {
        guard !images.isEmpty else { throw ActionRefusal(.invalid, "no image was named", hint: "CONTAINER=IMAGE") }
        for image in images.values.sorted() {
            if let fault = ImageReference.fault(image) {
                throw ActionRefusal(.invalid, "\"\(image)\" is no image: \(fault)")
            }
        }
        let present = try await planning.present()
        let deed = Deed("changed", planning.objects)
        var draft = Draft("set images of \(planning.place(deed))", deed)
        var rehearsed: [(PresentObject, JSONLiteral)] = []
        for object in present {
            let change = try ImageChange(object, images)
            draft.facts += await WorkloadFacts(object, planning).facts()
            draft.difference += change.difference
            rehearsed.append((object, change.patch))
            draft.steps.append(change.step())
        }
        let writer = try planning.rehearsal()
        for (object, patch) in rehearsed { try await writer.patch(object.reference, .strategic, patch) }
        return draft
    }
}

/// The images that containers of one object get.
struct ImageChange: Sendable {
    let object: PresentObject
    let patch: JSONLiteral
    /// Container, image before, image after.
    private let changes: [(container: String, before: String, after: String)]

    /// Throws `ActionRefusal` when the object has no such container.
    init(_ object: PresentObject, _ images: [String: String]) throws {
        self.object = object
        let path = Self.podSpec(object.reference.kind)
        let spec = object.value.at(path)
        var lists: [(key: String, value: JSONLiteral)] = []
        var changes: [(String, String, String)] = []
        var missing = Set(images.keys)
        for list in ["initContainers", "containers"] {
            let found = spec?.list(list).filter { images[$0.text("name")] != nil } ?? []
            guard !found.isEmpty else { continue }
            lists.append(
                (
                    list,
                    .array(
                        found.map {
                            ["name": .string($0.text("name")), "image": .string(images[$0.text("name")] ?? "")]
                        })
                ))
            for container in found {
                missing.remove(container.text("name"))
                changes.append((container.text("name"), container.text("image"), images[container.text("name")] ?? ""))
            }
        }
        if let name = missing.sorted().first {
            let known = spec?.list("containers").map { $0.text("name") }.joined(separator: ", ") ?? ""
            throw ActionRefusal(
                .invalid, "\(object.reference.shortName) has no container \"\(name)\"", hint: "it has \(known)")
        }
        patch = path.reversed().reduce(JSONLiteral.object(lists)) { inner, key in .object([(key, inner)]) }
        self.changes = changes
    }

    private static func podSpec(_ kind: ResourceKind) -> [String] {
        switch kind {
        case .pods: ["spec"]
        case .cronJobs: ["spec", "jobTemplate", "spec", "template", "spec"]
        default: ["spec", "template", "spec"]
        }
    }

    var difference: [DifferenceLine] {
        [DifferenceLine(.place, object.reference.shortName)]
            + changes.flatMap { change in
                [
                    DifferenceLine(.removed, "\(change.container): \(change.before)"),
                    DifferenceLine(.added, "\(change.container): \(change.after)"),
                ]
            }
    }

    func step() -> Step {
        let (reference, patch, changes) = (object.reference, patch, changes)
        let before = Dictionary(changes.map { ($0.container, $0.before) }) { $1 }
        return Step(reference, lane: reference.uid) { run in
            try await run.writer().patch(reference, .strategic, patch)
            let isRolling = [ResourceKind.deployments, .statefulSets, .daemonSets].contains(reference.kind)
            let words = isRolling ? try await RolloutWatch(reference, run).words("changed") : "changed"
            return StepOutcome(
                words, changes: changes.map { FieldChange("image of \($0.container)", $0.before, $0.after) },
                wayBack: WayBack("set the former images again", verb: .setImage(before)))
        }
    }
}
