import Backends
import JSON
import Model

/// What can be done to nodes.
struct NodePlans: Sendable {
    let planning: Planning
    init(_ planning: Planning) { self.planning = planning }

    func cordon(_ isCordoned: Bool) async throws -> Draft {
        let present = try await planning.present()
        let deed = Deed(isCordoned ? "cordoned" : "uncordoned", "node")
        var draft = Draft("\(isCordoned ? "cordon" : "uncordon") \(planning.place(deed))", deed)
        if isCordoned { draft.warnings += try await lastOnes(present) }
        for node in present {
            draft.facts.append(fact(node))
            if node.value.flag("spec", "unschedulable") == isCordoned {
                draft.warnings.append(
                    "\(node.reference.shortName) is \(isCordoned ? "cordoned" : "schedulable") already")
            }
        }
        try await ObjectPlans(planning).rehearse(present) { writer, node in
            try await Self.patch(writer, node, isCordoned)
        }
        draft.steps = present.map { Self.step($0, isCordoned) }
        return draft
    }

    func fact(_ node: PresentObject) -> ObjectDocument.Fact {
        let isReady = node.value.list("status", "conditions").contains {
            $0.text("type") == "Ready" && $0.text("status") == "True"
        }
        let words = (isReady ? "ready" : "not ready") + (node.value.flag("spec", "unschedulable") ? ", cordoned" : "")
        return .init(node.reference.shortName, words, tone: isReady ? .good : .warning)
    }

    /// Says so when no other node would take pods.
    func lastOnes(_ present: [PresentObject]) async throws -> [String] {
        planning.say("looking at the other nodes")
        let names = Set(present.map(\.reference.name))
        let others = try await planning.client.items(of: .nodes, namespace: nil).filter { node in
            !names.contains(node.text("metadata", "name")) && !node.flag("spec", "unschedulable")
                && node.list("status", "conditions").contains {
                    $0.text("type") == "Ready" && $0.text("status") == "True"
                }
        }
        guard others.isEmpty else { return [] }
        return ["no other node is ready and schedulable: nothing new could start in the whole cluster"]
    }

    static func patch(_ writer: KubernetesWriter, _ node: ObjectReference, _ isCordoned: Bool) async throws {
        try await writer.patch(
            node, .strategic, ["spec": ["unschedulable": isCordoned ? true : .null]])
    }

    static func step(_ node: PresentObject, _ isCordoned: Bool) -> Step {
        let (reference, was) = (node.reference, node.value.flag("spec", "unschedulable"))
        return Step(reference) { run in
            try await patch(run.writer(), reference, isCordoned)
            let wayBack: WayBack? =
                was == isCordoned
                ? nil
                : WayBack(
                    isCordoned ? "uncordon it again" : "cordon it again", verb: isCordoned ? .uncordon : .cordon)
            return StepOutcome(
                isCordoned ? "cordoned" : "uncordoned",
                changes: [FieldChange("spec.unschedulable", String(was), String(isCordoned))], wayBack: wayBack)
        }
    }
}
