import Backends
import JSON
import Model

extension NodePlans {
    func drain(_ options: DrainOptions) async throws -> Draft {
        let nodes = try await planning.present()
        let deed = Deed("drained", "pod")
        var draft = Draft("drain \(planning.place(Deed("", "node")))", deed)
        draft.warnings += try await lastOnes(nodes)
        var leaving: [PodReading] = []
        for node in nodes {
            planning.say("looking at the pods on \(node.reference.name)")
            draft.facts.append(fact(node))
            let pods = try await planning.client.items(
                of: .pods, namespace: nil, fieldSelector: "spec.nodeName=\(node.reference.name)")
            let selection = DrainSelection(pods.map(PodReading.init), options)
            if let obstacle = selection.obstacle {
                throw ActionRefusal(.invalid, "\(node.reference.shortName): \(obstacle.reason)", hint: obstacle.hint)
            }
            draft.facts += selection.facts
            draft.warnings += selection.warnings
            leaving += selection.leaving
        }
        draft.facts += await budgets(leaving, options, &draft.warnings)
        try await ObjectPlans(planning).rehearse(nodes) { writer, node in try await Self.patch(writer, node, true) }
        let pods = PodPlans(planning)
        draft.steps =
            nodes.map { node in
                var step = Self.step(node, true)
                step.isFirst = true
                return step
            }
            + leaving.map { Eviction($0, pods.reference($0), grace: options.grace, patience: options.patience).step() }
        return draft
    }

    /// Which budgets guard the pods that leave; those that let none go now are warned of by name.
    private func budgets(
        _ pods: [PodReading], _ options: DrainOptions, _ warnings: inout [String]
    ) async -> [ObjectDocument.Fact] {
        planning.say("looking at disruption budgets")
        var facts: [ObjectDocument.Fact] = []
        for (namespace, pods) in Dictionary(grouping: pods, by: \.namespace).sorted(by: { $0.key < $1.key }) {
            let neighbours = await planning.neighbours(of: namespace)
            for budget in neighbours.budgets {
                let guarded = pods.filter { budget.selector.matches($0.labels) }
                guard !guarded.isEmpty else { continue }
                facts.append(budget.fact)
                guard budget.allowed < guarded.count else { continue }
                let now = budget.allowed == 0 ? "none" : "\(budget.allowed)"
                warnings.append(
                    "disruption budget \(namespace)/\(budget.name) lets \(now) of its \(guarded.count) pods here go now: "
                        + "the drain waits for it, up to \(options.patience) s")
            }
            facts += neighbours.unknown.map { .init("not known", "\(namespace): \($0)", tone: .muted) }
        }
        return facts
    }
}

/// Which pods of a node a drain takes away, as kubectl decides it.
struct DrainSelection: Sendable {
    private(set) var leaving: [PodReading] = []
    private(set) var warnings: [String] = []
    private(set) var obstacle: (reason: String, hint: String)?
    private var staying = 0
    private var mirrors = 0

    init(_ pods: [PodReading], _ options: DrainOptions) {
        var unowned: [String] = []
        var volatile: [String] = []
        var daemons: [String] = []
        for pod in pods where !pod.isDeleting {
            if pod.isMirror {
                mirrors += 1
                continue
            }
            if pod.owner?.kind == "DaemonSet", !pod.isOver {
                daemons.append(pod.name)
                staying += 1
                continue
            }
            if pod.owner == nil, !pod.isOver { unowned.append(pod.name) }
            if pod.usesEmptyDir, !pod.isOver { volatile.append(pod.name) }
            leaving.append(pod)
        }
        if !daemons.isEmpty, !options.ignoresDaemonSets {
            obstacle = ("daemon sets run \(Self.some(daemons)) there", "ignore daemon sets, whose pods stay")
        } else if !unowned.isEmpty, !options.includesUnowned {
            obstacle = (
                "\(Self.some(unowned)) would not come back: no controller owns \(unowned.count == 1 ? "it" : "them")",
                "delete unowned pods too (--force)"
            )
        } else if !volatile.isEmpty, !options.deletesEmptyDirData {
            obstacle = (
                "\(Self.some(volatile)) would lose what \(volatile.count == 1 ? "it keeps" : "they keep") in emptyDir volumes",
                "let that data go (--delete-emptydir-data)"
            )
        }
        if !unowned.isEmpty { warnings.append("\(Self.some(unowned)) would not come back") }
        if !volatile.isEmpty { warnings.append("\(Self.some(volatile)): what lies in emptyDir volumes is lost") }
    }

    var facts: [ObjectDocument.Fact] {
        var facts: [ObjectDocument.Fact] = [.init("pods to evict", String(leaving.count), depth: 1)]
        if staying > 0 { facts.append(.init("of daemon sets, stay", String(staying), depth: 1)) }
        if mirrors > 0 { facts.append(.init("of the node itself, stay", String(mirrors), depth: 1)) }
        return facts
    }

    private static func some(_ names: [String]) -> String {
        names.prefix(5).joined(separator: ", ") + (names.count > 5 ? " and \(names.count - 5) more" : "")
    }
}
