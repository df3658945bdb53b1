import Backends
import JSON
import Model

/// What can be done to any object: delete, label, annotate.
struct ObjectPlans: Sendable {
    /// So many dry runs are worth their time; the others will be told by the server when their turn comes.
    private static let rehearsals = 20

    let planning: Planning
    init(_ planning: Planning) { self.planning = planning }

    func delete(_ options: DeleteOptions) async throws -> Draft {
        let present = try await planning.present()
        let deed = Deed("deleted", planning.objects)
        var draft = Draft("\(options.isForced ? "force delete" : "delete") \(planning.place(deed))", deed)
        let pods = present.filter { $0.reference.kind == .pods }.map { PodReading($0.value) }
        if !pods.isEmpty {
            draft.facts = await PodPlans(planning).facts(pods)
            draft.warnings = PodPlans(planning).warnings(pods, "it is deleted")
        }
        for object in present.prefix(5) { draft.facts += await facts(object) }
        draft.facts += options.facts
        draft.warnings += options.warnings + present.flatMap(Self.warnings)
        try await rehearse(present) { writer, object in try await writer.delete(object, options) }
        draft.steps = present.map { Self.step($0, options) }
        return draft
    }

    /// What goes with an object, and who would miss it.
    private func facts(_ object: PresentObject) async -> [ObjectDocument.Fact] {
        switch object.reference.kind {
        case .deployments, .statefulSets, .daemonSets: return await WorkloadFacts(object, planning).facts()
        case let kind where Self.referredTo.contains(kind.qualifiedName):
            planning.say("looking who uses \(object.reference.shortName)")
            // Reading this is a courtesy: a refusal says nothing about the deletion.
            guard let users = try? await planning.environment.related(to: object.reference, .usedBy) else { return [] }
            let names = users.nodes.filter { $0.object.shortName != object.reference.shortName }.map { node in
                node.words.isEmpty ? node.object.shortName : "\(node.object.shortName) (\(node.words))"
            }
            guard !names.isEmpty else { return [.init("used by", "nobody that could be found", tone: .muted)] }
            let words = names.prefix(5).joined(separator: ", ") + (names.count > 5 ? ", … \(names.count - 5) more" : "")
            return [.init("used by", words, tone: .warning)]
        default: return []
        }
    }

    private static let referredTo: Set<String> = [
        "configmaps", "secrets", "services", "serviceaccounts", "persistentvolumeclaims",
    ]

    /// Has the server check the first of the objects, in a dry run; its no refuses the action.
    func rehearse(
        _ present: [PresentObject], _ work: (KubernetesWriter, ObjectReference) async throws -> Void
    ) async throws {
        let writer = try planning.rehearsal()
        for object in present.prefix(Self.rehearsals) {
            planning.say("asking the server about \(object.reference.shortName)")
            try await work(writer, object.reference)
        }
    }

    private static func warnings(_ object: PresentObject) -> [String] {
        var warnings: [String] = []
        let finalizers = object.value.texts("metadata", "finalizers")
        if !finalizers.isEmpty {
            warnings.append(
                "\(object.reference.shortName) stays until its finalizers are done: \(finalizers.joined(separator: ", "))"
            )
        }
        if object.reference.kind == .namespaces {
            warnings.append("everything in \(object.reference.name) is deleted with it")
        }
        if !object.value.text("metadata", "deletionTimestamp").isEmpty {
            warnings.append("\(object.reference.shortName) is being deleted already")
        }
        return warnings
    }

    private static func step(_ object: PresentObject, _ options: DeleteOptions) -> Step {
        let reference = object.reference
        let wayBack = Recreation.wayBack(object)
        let recheck: @Sendable (StepRun) async throws -> StepOutcome? = { run in
            try await Disappearance(reference, run).isBegun() ? StepOutcome("deleted after all", wayBack: wayBack) : nil
        }
        return Step(reference, recheck: recheck) { run in
            try await run.writer().delete(reference, options)
            let words = try await Disappearance(reference, run).words(grace: options.grace)
            return StepOutcome(words, wayBack: wayBack)
        }
    }
}

extension DeleteOptions {
    fileprivate var facts: [ObjectDocument.Fact] {
        var facts: [ObjectDocument.Fact] = []
        switch propagation {
        case .background: break
        case .foreground: facts.append(.init("dependants", "are deleted first (foreground)"))
        case .orphan: facts.append(.init("dependants", "stay, without an owner (orphan)"))
        }
        if let grace, !isForced { facts.append(.init("grace", "\(grace) s")) }
        return facts
    }

    fileprivate var warnings: [String] {
        isForced
            ? [
                "forced: it is taken from the server at once; its processes may still run, and a stateful set may start a second one"
            ]
            : []
    }
}

/// Watches an object go.
struct Disappearance: Sendable {
    let reference: ObjectReference
    let run: StepRun

    /// "deleted", "evicted".
    let past: String

    init(_ reference: ObjectReference, _ run: StepRun, past: String = "deleted") {
        self.reference = reference
        self.run = run
        self.past = past
    }

    /// Whether it is gone, or on its way.
    func isBegun() async throws -> Bool {
        do {
            let value = try await run.client.rawObject(reference)
            return value.text("metadata", "uid") != reference.uid
                || !value.text("metadata", "deletionTimestamp").isEmpty
        } catch let error as KubernetesError where error.statusCode == 404 {
            return true
        }
    }

    func words(grace: Int?) async throws -> String {
        guard run.waits else { return past }
        let end = try await Watching(run: run, patience: Double(grace ?? 30) + 30).until {
            () -> Watching.Look<String> in
            do {
                let value = try await run.client.rawObject(reference)
                guard value.text("metadata", "uid") == reference.uid else { return .over(past) }
                let finalizers = value.texts("metadata", "finalizers")
                return .notYet(
                    finalizers.isEmpty
                        ? "\(past), ending" : "\(past), waiting for finalizers: \(finalizers.joined(separator: ", "))")
            } catch let error as KubernetesError where error.statusCode == 404 {
                return .over(past)
            }
        }
        switch end {
        case .over(let words): return words
        case .stopped(let last), .outOfPatience(let last): return "\(last.isEmpty ? past : last), not gone yet"
        }
    }
}
