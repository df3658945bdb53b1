import Backends
import JSON
import Model

extension RolloutPlans {
    func undo(to revision: Int?) async throws -> Draft {
        let present = try await planning.present()
        let deed = Deed("rolled back", planning.objects)
        var draft = Draft(
            "roll back \(planning.place(deed))" + (revision.map { " to revision \($0)" } ?? " to the revision before"),
            deed)
        for workload in present {
            guard !workload.value.flag("spec", "paused") else {
                throw ActionRefusal(
                    .invalid, "the roll-out of \(workload.reference.shortName) is paused", hint: "resume it first")
            }
            planning.say("reading the revisions of \(workload.reference.name)")
            let history = try await RolloutHistory(planning.client, workload)
            let target = try history.target(revision)
            draft.facts += await WorkloadFacts(workload, planning).facts()
            draft.facts.append(.init("revision", "\(history.present?.number ?? 0) now, \(target.number) then"))
            draft.difference += TextDifference.lines(
                ObjectText.yaml(workload.value.at(["spec", "template"])), ObjectText.yaml(target.comparable))
            try await history.patch(planning.rehearsal(), to: target)
            draft.steps.append(step(workload.reference, history, target))
        }
        if draft.difference.isEmpty { draft.warnings.append("nothing differs between the two") }
        return draft
    }

    private func step(_ reference: ObjectReference, _ history: RolloutHistory, _ target: RolloutRevision) -> Step {
        let before = history.present?.number
        return Step(reference, lane: reference.uid) { run in
            try await history.patch(run.writer(), to: target)
            let words = try await RolloutWatch(reference, run).words("rolled back to revision \(target.number)")
            // The old template has a new number now; going back to what was before means its own number.
            let wayBack = before.map {
                WayBack("roll forward to revision \($0) again", verb: .undoRollout(revision: $0))
            }
            return StepOutcome(
                words, changes: [FieldChange("revision", before.map { String($0) }, String(target.number))],
                wayBack: wayBack)
        }
    }
}

/// One revision of a workload.
public struct RolloutRevision: Sendable {
    public let number: Int
    /// `kubernetes.io/change-cause`; "" for none.
    public let cause: String
    public let images: [String]
    public let isPresent: Bool
    /// "replicaset/api-7d9" or "controllerrevision/db-5c8".
    public let object: String
    let template: JSONValue?
    /// The replica set or the controller revision itself.
    let value: JSONValue

    /// The template without what the controller adds to it.
    var comparable: JSONValue? {
        guard var tree = template.map(JSONTree.init) else { return nil }
        tree[path: ["metadata", "labels", "pod-template-hash"]] = nil
        tree["$patch"] = nil
        // A tree always makes JSON that can be parsed.
        return try? JSONValue.parse(tree.literal.bytes)
    }
}

/// The revisions of one workload: replica sets for deployments, controller revisions for the others.
struct RolloutHistory: Sendable {
    let workload: PresentObject
    /// Oldest first.
    let revisions: [RolloutRevision]

    init(_ client: KubernetesClient, _ workload: PresentObject) async throws {
        self.workload = workload
        let isDeployment = workload.reference.kind == .deployments
        let all = try await client.items(
            of: isDeployment ? .replicaSets : .controllerRevisions, namespace: workload.reference.namespace)
        let own = all.filter { value in
            value.list("metadata", "ownerReferences").contains { $0.text("uid") == workload.reference.uid }
        }
        let presentName = workload.value.text("status", "updateRevision")
        let presentNumber = workload.value.text("metadata", "annotations", "deployment.kubernetes.io/revision")
        let numbers = own.map { Self.number($0, isDeployment) }
        let newest = numbers.max() ?? 0
        revisions = own.map { value in
            let number = Self.number(value, isDeployment)
            let template = isDeployment ? value.at(["spec", "template"]) : value.at(["data", "spec", "template"])
            let name = value.text("metadata", "name")
            let isPresent =
                isDeployment
                ? String(number) == presentNumber : presentName.isEmpty ? number == newest : name == presentName
            return RolloutRevision(
                number: number, cause: value.text("metadata", "annotations", "kubernetes.io/change-cause"),
                images: template?.list("spec", "containers").map { $0.text("image") } ?? [], isPresent: isPresent,
                object: "\(isDeployment ? "replicaset" : "controllerrevision")/\(name)", template: template,
                value: value)
        }.sorted { $0.number < $1.number }
    }

    private static func number(_ value: JSONValue, _ isDeployment: Bool) -> Int {
        guard isDeployment else { return value.number("revision") ?? 0 }
        return Int(value.text("metadata", "annotations", "deployment.kubernetes.io/revision")) ?? 0
    }

    var present: RolloutRevision? { revisions.last(where: \.isPresent) ?? revisions.last }

    /// The revision to go back to. Throws `ActionRefusal` where there is none.
    func target(_ number: Int?) throws -> RolloutRevision {
        let name = workload.reference.shortName
        guard let number else {
            guard let before = revisions.last(where: { $0.number != present?.number }) else {
                throw ActionRefusal(.invalid, "\(name) has no revision before the present one")
            }
            return before
        }
        guard let found = revisions.first(where: { $0.number == number }) else {
            let known = revisions.map { String($0.number) }.joined(separator: ", ")
            throw ActionRefusal(.invalid, "\(name) has no revision \(number)", hint: "it has \(known)")
        }
        guard found.number != present?.number else {
            throw ActionRefusal(.invalid, "\(name) has revision \(number) already")
        }
        return found
    }

    /// As kubectl does it: the old template with everything in it, in place of the present one.
    func patch(_ writer: KubernetesWriter, to target: RolloutRevision) async throws {
        guard workload.reference.kind == .deployments else {
            let data = target.value["data"].map { JSONTree($0).literal } ?? [:]
            try await writer.patch(workload.reference, .strategic, data)
            return
        }
        var template = target.template.map(JSONTree.init) ?? .object([:])
        template[path: ["metadata", "labels", "pod-template-hash"]] = nil
        try await writer.patch(
            workload.reference, .json,
            [
                ["op": "test", "path": "/metadata/uid", "value": .string(workload.reference.uid)],
                ["op": "replace", "path": "/spec/template", "value": template.literal],
                ["op": "replace", "path": "/metadata/annotations", "value": annotations(target)],
            ])
    }

    /// The revision's own annotations, and of the deployment those that are about the deployment.
    private func annotations(_ target: RolloutRevision) -> JSONLiteral {
        var result: [String: String] = [:]
        for (key, value) in workload.value.map("metadata", "annotations") where Self.kept.contains(key) {
            result[key] = value.scalarText ?? ""
        }
        for (key, value) in target.value.map("metadata", "annotations") where !Self.kept.contains(key) {
            result[key] = value.scalarText ?? ""
        }
        return .object(result.sorted { $0.key < $1.key }.map { ($0.key, .string($0.value)) })
    }

    private static let kept: Set<String> = [
        "kubectl.kubernetes.io/last-applied-configuration", "deployment.kubernetes.io/revision",
        "deployment.kubernetes.io/revision-history", "deployment.kubernetes.io/desired-replicas",
        "deployment.kubernetes.io/max-replicas", "deprecated.deployment.rollback.to",
    ]
}
