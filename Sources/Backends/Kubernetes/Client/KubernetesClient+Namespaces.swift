import Model

/// The namespaces to list one by one where listing everywhere is refused.
struct NamespaceChoice: Sendable, Equatable {
    var names: [String]
    /// More were allowed than are worth one watch each.
    var left = 0

    func notice(for kind: ResourceKind) -> String {
        let more = left > 0 ? " and not \(left) more" : ""
        return
            "showing \(names.joined(separator: ", ")) only\(more): listing \(kind.plural) in all namespaces is forbidden"
    }
}

extension KubernetesClient {
    /// One watch each: more would cost the server more than the person gains.
    static let mostNamespaces = 50

    /// Which namespaces a person may list a kind in: those that are known, the connection's own, and, where the person
    /// may list them, all others; the rules review sorts out those that would refuse.
    func namespaces(allowing kind: ResourceKind, among known: [String]) async -> NamespaceChoice {
        var names: [String] = []
        // Whoever may not list namespaces works with those that are known.
        let listed = (try? await namespaceNames()) ?? []
        for name in known + [connection.defaultNamespace] + listed where !name.isEmpty && !names.contains(name) {
            names.append(name)
        }
        var choice = NamespaceChoice(names: [])
        for name in names {
            guard await mayList(kind, in: name) else { continue }
            if choice.names.count < Self.mostNamespaces { choice.names.append(name) } else { choice.left += 1 }
        }
        choice.names.sort()
        return choice
    }

    /// A review that cannot be had forbids nothing: the list itself will tell.
    private func mayList(_ kind: ResourceKind, in namespace: String) async -> Bool {
        guard let rules = try? await rules(namespace: namespace) else { return true }
        return rules.allows("list", kind) || rules.isIncomplete
    }

    private func namespaceNames() async throws -> [String] {
        let path = APIPath(.namespaces).asking("limit", "500")
        let list = try await json(.get, path)
        return list["items"]?.elements.compactMap { $0[path: "metadata", "name"]?.string } ?? []
    }
}
