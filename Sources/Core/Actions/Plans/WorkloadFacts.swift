import Backends
import JSON
import Model

/// What stands in a plan about one workload: its pods, who guards them, who scales it, who depends on it.
struct WorkloadFacts: Sendable {
    let workload: PresentObject
    let planning: Planning

    init(_ workload: PresentObject, _ planning: Planning) {
        self.workload = workload
        self.planning = planning
    }

    func facts() async -> [ObjectDocument.Fact] {
        planning.say("looking at budgets and services")
        let namespace = workload.reference.namespace ?? ""
        let neighbours = await planning.neighbours(of: namespace)
        var facts = [pods]
        if let autoscaler = neighbours.autoscaler(of: workload.reference.kind.kind, workload.reference.name) {
            facts.append(
                .init("autoscaler", "\(autoscaler.name) keeps it between \(autoscaler.least) and \(autoscaler.most)"))
        }
        facts += neighbours.facts(of: [templateLabels])
        guard planning.objects.count > 1 else { return facts }
        return [.init(workload.reference.shortName, "")]
            + facts.map { .init($0.name, $0.value, tone: $0.tone, depth: $0.depth + 1) }
    }

    private var pods: ObjectDocument.Fact {
        let isDaemonSet = workload.reference.kind == .daemonSets
        let wanted =
            isDaemonSet
            ? workload.value.number("status", "desiredNumberScheduled") ?? 0
            : workload.value.number("spec", "replicas") ?? 1
        let ready = workload.value.number("status", isDaemonSet ? "numberReady" : "readyReplicas") ?? 0
        return .init("pods", "\(wanted), \(ready) ready now", tone: ready >= wanted ? .good : .warning)
    }

    var templateLabels: [String: String] {
        Dictionary(
            workload.value.map("spec", "template", "metadata", "labels").map { ($0.key, $0.value.scalarText ?? "") }
        ) {
            $1
        }
    }
}
