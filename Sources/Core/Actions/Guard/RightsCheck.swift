import Backends
import Model

/// Asks the server whether the person may do what an action needs, before anything else is asked.
struct RightsCheck: Sendable {
    let planning: Planning
    init(_ planning: Planning) { self.planning = planning }

    /// Throws `ActionRefusal(.forbidden)` with what is missing where. A server that does not answer such questions stops
    /// nothing: it will tell when the request comes.
    func run() async throws {
        planning.say("asking for rights")
        let needs = planning.action.needs
        guard !needs.isEmpty else { return }
        for namespace in Set(planning.objects.map { $0.namespace ?? "" }).sorted() {
            let kinds = planning.objects.filter { ($0.namespace ?? "") == namespace }.map(\.kind)
            let needs = Set(kinds.flatMap { planning.action.verb.needs(on: $0) })
            try await check(needs.sorted { $0.words < $1.words }, namespace)
        }
    }

    private func check(_ needs: [Rights.Need], _ namespace: String) async throws {
        let place = namespace.isEmpty ? planning.client.connection.defaultNamespace : namespace
        let rules: AccessRules
        do {
            rules = try await planning.client.rules(namespace: place)
        } catch let error as KubernetesError where ActionRefusal(error).kind != .unreachable {
            return
        }
        for need in needs where !rules.allows(need.verb, need.kind, subresource: need.subresource) {
            try await review(need, namespace, isCertain: !rules.isIncomplete && !namespace.isEmpty)
        }
    }

    /// What the rules do not show is asked for one by one: rules may hold for single names only, or be incomplete.
    private func review(_ need: Rights.Need, _ namespace: String, isCertain: Bool) async throws {
        let names = planning.objects.filter { ($0.namespace ?? "") == namespace && $0.kind == need.kind }.map(\.name)
        let (isAllowed, reason): (Bool, String)
        do {
            (isAllowed, reason) = try await planning.client.accessReview(
                verb: need.verb, kind: need.kind, subresource: need.subresource,
                namespace: need.kind.isNamespaced && !namespace.isEmpty ? namespace : nil,
                name: names.count == 1 ? names[0] : "")
        } catch let error as KubernetesError where ActionRefusal(error).kind != .unreachable {
            guard isCertain else { return }
            throw refusal(need, namespace, "")
        }
        if !isAllowed { throw refusal(need, namespace, reason) }
    }

    private func refusal(_ need: Rights.Need, _ namespace: String, _ reason: String) -> ActionRefusal {
        let place = namespace.isEmpty ? "" : " in \(namespace)"
        let words = reason.isEmpty ? "" : ": \(reason)"
        return ActionRefusal(.forbidden, "you may not \(need.words)\(place)\(words)")
    }
}
