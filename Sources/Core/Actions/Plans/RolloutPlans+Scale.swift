import Backends
import JSON
import Model

extension RolloutPlans {
    /// So many are asked about twice.
    static let many = 1000

    func scale(to replicas: Int) async throws -> Draft {
        guard replicas >= 0 else {
            throw ActionRefusal(.invalid, "there cannot be \(replicas) replicas", hint: "0 or more")
        }
        guard replicas <= Int32.max else {
            throw ActionRefusal(
                .invalid, "\(replicas) replicas are more than a server can count", hint: "at most \(Int32.max)")
        }
        let present = try await planning.present()
        let deed = Deed("scaled", planning.objects)
        var draft = Draft("scale \(planning.place(deed)) to \(replicas)", deed)
        for object in present {
            let target = try await target(object, replicas)
            draft.facts += await target.facts(planning)
            draft.warnings += target.warnings
            draft.steps.append(target.step())
        }
        if replicas >= Self.many {
            draft.warnings.append("\(replicas) pods each: the cluster may not have room for them")
        }
        try await ObjectPlans(planning).rehearse(present) { writer, object in
            try await writer.scale(object, to: replicas)
        }
        return draft
    }

    private func target(_ object: PresentObject, _ replicas: Int) async throws -> ScaleTarget {
        let scale: JSONValue
        do {
            scale = try await planning.client.scale(of: object.reference)
        } catch let error as KubernetesError where error.statusCode == 404 {
            throw ActionRefusal(.invalid, "\(object.reference.shortName) cannot be scaled: its kind has no scale")
        }
        let neighbours = await planning.neighbours(of: object.reference.namespace ?? "")
        return ScaleTarget(
            object: object, now: scale.number("spec", "replicas") ?? 0, wanted: replicas,
            autoscaler: neighbours.autoscaler(of: object.reference.kind.kind, object.reference.name))
    }
}

/// One object that is to be scaled, and who else scales it.
struct ScaleTarget: Sendable {
    let object: PresentObject
    let now: Int
    let wanted: Int
    let autoscaler: Autoscaler?

    private var reference: ObjectReference { object.reference }

    func facts(_ planning: Planning) async -> [ObjectDocument.Fact] {
        var facts = await WorkloadFacts(object, planning).facts()
        facts.append(.init("replicas", "\(now) now, \(wanted) then", depth: planning.objects.count > 1 ? 1 : 0))
        return facts
    }

    var warnings: [String] {
        var warnings: [String] = []
        if now == wanted { warnings.append("\(reference.shortName) has \(wanted) already") }
        if wanted == 0, now > 0 { warnings.append("\(reference.shortName) will have no pods at all") }
        if let bounds = newBounds, let autoscaler {
            warnings.append(
                "autoscaler \(autoscaler.name) keeps \(reference.shortName) between \(autoscaler.least) and "
                    + "\(autoscaler.most): its bounds become \(bounds.least) and \(bounds.most)")
        } else if let autoscaler, wanted > 0 {
            warnings.append(
                "autoscaler \(autoscaler.name) may set \(reference.shortName) to anything between \(autoscaler.least) and "
                    + "\(autoscaler.most) again")
        } else if let autoscaler, wanted == 0 {
            warnings.append("autoscaler \(autoscaler.name) rests while \(reference.shortName) has no replicas")
        }
        return warnings
    }

    /// The autoscaler's bounds moved so that the wanted number lies within; nil where they need not move.
    private var newBounds: (least: Int, most: Int)? {
        guard let autoscaler, wanted > 0, wanted < autoscaler.least || wanted > autoscaler.most else { return nil }
        return (min(autoscaler.least, wanted), max(autoscaler.most, wanted))
    }

    func step() -> Step {
        let (reference, now, wanted, bounds, autoscaler) = (reference, now, wanted, newBounds, autoscaler)
        return Step(reference) { run in
            var changes: [FieldChange] = []
            if let bounds, let autoscaler {
                run.say("moving the autoscaler's bounds")
                changes += try await Self.move(autoscaler, to: bounds, beside: reference, run)
            }
            try await run.writer().scale(reference, to: wanted)
            changes.append(FieldChange("spec.replicas", String(now), String(wanted)))
            let words = try await ScaleWatch(reference, wanted, run).words()
            let wayBack = now == wanted ? nil : Self.wayBack(reference, now, bounds == nil ? nil : autoscaler)
            return StepOutcome(words, changes: changes, wayBack: wayBack)
        }
    }

    private static func move(
        _ autoscaler: Autoscaler, to bounds: (least: Int, most: Int), beside target: ObjectReference, _ run: StepRun
    ) async throws -> [FieldChange] {
        let object = ObjectReference(
            environment: target.environment, kind: .autoscalers, namespace: target.namespace, name: autoscaler.name,
            uid: autoscaler.uid)
        try await run.writer().patch(
            object, .merge, ["spec": ["minReplicas": .integer(bounds.least), "maxReplicas": .integer(bounds.most)]])
        return [
            FieldChange("\(autoscaler.name) spec.minReplicas", String(autoscaler.least), String(bounds.least)),
            FieldChange("\(autoscaler.name) spec.maxReplicas", String(autoscaler.most), String(bounds.most)),
        ]
    }

    /// Where the autoscaler's bounds were moved, both go back; no verb says that.
    private static func wayBack(_ reference: ObjectReference, _ replicas: Int, _ autoscaler: Autoscaler?) -> WayBack {
        guard let autoscaler else { return WayBack("scale back to \(replicas)", verb: .scale(replicas: replicas)) }
        let step = Step(reference) { run in
            try await run.writer().scale(reference, to: replicas)
            _ = try await move(autoscaler, to: (autoscaler.least, autoscaler.most), beside: reference, run)
            return StepOutcome("\(replicas) replicas; the autoscaler has its bounds back")
        }
        return WayBack("scale back to \(replicas), and the autoscaler's bounds", step: step)
    }
}

/// Follows an object until it has the wanted number of ready pods.
struct ScaleWatch: Sendable {
    private static let patience = 300.0

    let reference: ObjectReference
    let wanted: Int
    let run: StepRun

    init(_ reference: ObjectReference, _ wanted: Int, _ run: StepRun) {
        self.reference = reference
        self.wanted = wanted
        self.run = run
    }

    func words() async throws -> String {
        guard run.waits else { return "scaled to \(wanted)" }
        let end = try await Watching(run: run, patience: Self.patience).until { () -> Watching.Look<String> in
            let object = try await run.client.rawObject(reference)
            let now = object.number("spec", "replicas") ?? wanted
            guard now == wanted else { return .over("scaled to \(wanted), and set to \(now) by somebody else since") }
            let (all, ready) = (object.number("status", "replicas") ?? 0, object.number("status", "readyReplicas"))
            let isSeen =
                (object.number("status", "observedGeneration") ?? .max)
                >= (object.number("metadata", "generation") ?? 0)
            // A kind of its own may not tell how many are ready.
            if isSeen, all == wanted, (ready ?? (wanted == 0 ? 0 : all)) >= wanted {
                return .over("scaled to \(wanted)")
            }
            return .notYet("scaled to \(wanted): \(all) there, \(ready ?? 0) ready")
        }
        switch end {
        case .over(let words): return words
        case .stopped(let last): return "scaled to \(wanted); no longer watched: \(last)"
        case .outOfPatience(let last): throw StepFault("\(last) after \(Int(Self.patience)) s")
        }
    }
}
