import Backends
import JSON
import Model

/// What can be done to pods.
struct PodPlans: Sendable {
    let planning: Planning
    init(_ planning: Planning) { self.planning = planning }

    func restart() async throws -> Draft {
        let pods = try await planning.present().map { PodReading($0.value) }
        var draft = Draft("restart \(planning.place(Deed("", "pod")))", Deed("restarted", "pod"))
        draft.facts = await facts(pods)
        draft.warnings = warnings(pods, "a restart deletes it")
        draft.steps = pods.map { pod in
            let reference = reference(pod)
            let lane = pod.owner?.uid ?? ""
            return Step(reference, lane: lane, recheck: { try await Successor(pod, $0).recheck(reference) }) { run in
                let others = pod.owner == nil || !run.waits ? [] : try await Successor(pod, run).siblings().map(\.uid)
                try await run.writer().delete(reference)
                guard pod.owner != nil else { return StepOutcome("deleted; nothing brings it back") }
                return try await Successor(pod, run).outcome(known: Set(others + [pod.uid]))
            }
        }
        return draft
    }

    func reference(_ pod: PodReading) -> ObjectReference {
        ObjectReference(
            environment: planning.action.environment, kind: .pods, namespace: pod.namespace, name: pod.name,
            uid: pod.uid)
    }

    /// How many, how many of them ready, who owns them, what budgets allow, who depends on them.
    func facts(_ pods: [PodReading]) async -> [ObjectDocument.Fact] {
        planning.say("looking at budgets and services")
        let ready = pods.count(where: \.isReady)
        var facts: [ObjectDocument.Fact] = [
            .init("pods", "\(pods.count), \(ready) ready now", tone: ready == pods.count ? .good : .warning)
        ]
        let owners = Dictionary(grouping: pods.compactMap(\.owner)) { $0 }.sorted { $0.key.name < $1.key.name }
        if !owners.isEmpty {
            let words = owners.prefix(5).map { "\($0.key.shortName) (\($0.value.count))" }.joined(separator: ", ")
            facts.append(.init("owned by", owners.count > 5 ? "\(words), … \(owners.count - 5) more" : words))
        }
        for (namespace, pods) in Dictionary(grouping: pods, by: \.namespace).sorted(by: { $0.key < $1.key }).prefix(5) {
            facts += await planning.neighbours(of: namespace).facts(of: pods.map(\.labels))
        }
        return facts
    }

    /// What a person would want to know before: pods that nothing brings back.
    func warnings(_ pods: [PodReading], _ deed: String) -> [String] {
        var warnings: [String] = []
        let unowned = pods.filter { $0.owner == nil && !$0.isMirror }.map { "pod/\($0.name)" }
        if !unowned.isEmpty {
            let names = unowned.prefix(5).joined(separator: ", ") + (unowned.count > 5 ? ", …" : "")
            let (verb, it) =
                unowned.count == 1 ? ("has", "it would not come back") : ("have", "they would not come back")
            warnings.append("\(names) \(verb) no owner: \(deed), and \(it)")
        }
        for pod in pods where pod.isMirror {
            warnings.append("pod/\(pod.name) is made from a file on \(pod.node): deleting it here does not restart it")
        }
        return warnings
    }
}
