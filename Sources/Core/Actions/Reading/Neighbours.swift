import Backends
import JSON
import Model

/// What stands around the pods of one namespace: budgets, services, ingresses, autoscalers. Reading it is a courtesy: what may
/// not be read is said, and stops nothing.
struct Neighbours: Sendable {
    private(set) var budgets: [DisruptionBudget] = []
    private(set) var services: [JSONValue] = []
    private(set) var ingresses: [JSONValue] = []
    private(set) var autoscalers: [Autoscaler] = []
    /// "disruption budgets", as far as they could not be read, with why.
    private(set) var unknown: [String] = []

    init(_ client: KubernetesClient, namespace: String) async {
        async let budgets = Self.list(client, .disruptionBudgets, namespace)
        async let services = Self.list(client, .services, namespace)
        async let ingresses = Self.list(client, .ingresses, namespace)
        async let autoscalers = Self.list(client, .autoscalers, namespace)
        self.budgets = note(await budgets, "disruption budgets").map(DisruptionBudget.init)
        self.services = note(await services, "services")
        self.ingresses = note(await ingresses, "ingresses")
        self.autoscalers = note(await autoscalers, "autoscalers").map(Autoscaler.init)
    }

    private static func list(
        _ client: KubernetesClient, _ kind: ResourceKind, _ namespace: String
    ) async -> Result<[JSONValue], any Error> {
        do {
            return .success(try await client.items(of: kind, namespace: namespace))
        } catch {
            return .failure(error)
        }
    }

    private mutating func note(_ result: Result<[JSONValue], any Error>, _ what: String) -> [JSONValue] {
        switch result {
        case .success(let list): return list
        // A server that has no such kind has none of them.
        case .failure(let error as KubernetesError) where error.statusCode == 404: return []
        case .failure(let error as KubernetesError) where error.statusCode == 403:
            unknown.append("\(what): you may not list them")
            return []
        case .failure(let error):
            unknown.append("\(what): \(PlainFailure(error).message)")
            return []
        }
    }

    func budgets(of labels: [String: String]) -> [DisruptionBudget] { budgets.filter { $0.selector.matches(labels) } }

    func autoscaler(of kind: String, _ name: String) -> Autoscaler? {
        autoscalers.first { $0.targetKind == kind && $0.targetName == name }
    }

    /// Who sends requests to pods with these labels: "service/api, ingress/shop"; "" for nobody.
    func dependants(of labels: [[String: String]]) -> String {
        let selecting = services.filter { service in
            let selector = LabelSelector(bare: service.at(["spec", "selector"]))
            return labels.contains { selector.matches($0) }
        }.map { $0.text("metadata", "name") }
        let leading = ingresses.filter { Self.backends(of: $0).contains { selecting.contains($0) } }
        return (selecting.map { "service/\($0)" } + leading.map { "ingress/\($0.text("metadata", "name"))" })
            .joined(separator: ", ")
    }

    private static func backends(of ingress: JSONValue) -> [String] {
        let paths = ingress.list("spec", "rules").flatMap { $0.list("http", "paths") }
        return [ingress.text("spec", "defaultBackend", "service", "name")]
            + paths.map { $0.text("backend", "service", "name") }
    }

    /// Budgets, dependants and what is not known, as the plan shows them.
    func facts(of labels: [[String: String]]) -> [ObjectDocument.Fact] {
        var facts = budgets.filter { budget in labels.contains { budget.selector.matches($0) } }.map(\.fact)
        let dependants = dependants(of: labels)
        if !dependants.isEmpty { facts.append(.init("depend on it", dependants)) }
        return facts + unknown.map { .init("not known", $0, tone: .muted) }
    }
}

/// How many pods of a set may be missing.
struct DisruptionBudget: Sendable {
    let name: String
    let selector: LabelSelector
    let allowed: Int
    let healthy: Int
    let wanted: Int
    let expected: Int

    init(_ value: JSONValue) {
        name = value.text("metadata", "name")
        selector = LabelSelector(value.at(["spec", "selector"]))
        allowed = value.number("status", "disruptionsAllowed") ?? 0
        healthy = value.number("status", "currentHealthy") ?? 0
        wanted = value.number("status", "desiredHealthy") ?? 0
        expected = value.number("status", "expectedPods") ?? 0
    }

    var fact: ObjectDocument.Fact {
        .init(
            "disruption budget", "\(name): needs \(wanted) healthy, has \(healthy); \(allowed) may be missing now",
            tone: allowed > 0 ? .plain : .warning)
    }
}

/// Who sets a workload's replicas by load.
struct Autoscaler: Sendable {
    let name: String
    let uid: String
    let targetKind: String
    let targetName: String
    let least: Int
    let most: Int

    init(_ value: JSONValue) {
        name = value.text("metadata", "name")
        uid = value.text("metadata", "uid")
        targetKind = value.text("spec", "scaleTargetRef", "kind")
        targetName = value.text("spec", "scaleTargetRef", "name")
        least = value.number("spec", "minReplicas") ?? 1
        most = value.number("spec", "maxReplicas") ?? 1
    }
}
