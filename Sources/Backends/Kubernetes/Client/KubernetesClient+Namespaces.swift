import Model

/// The namespaces to list one by one where listing everywhere is refused.
struct NamespaceChoice: Sendable, Equatable {
    var names: [String]
    /// More were allowed than are worth one watch each.
    var left = 0
    /// So many more there are, and nobody asked whether they are allowed.
    var unasked = 0

    func notice(for kind: ResourceKind) -> String {
        var more = left > 0 ? " and not \(left) more" : ""
        if unasked > 0 { more += " (\(unasked) others were not asked about: name them in the configuration)" }
        return
            "showing \(names.joined(separator: ", ")) only\(more): listing \(kind.plural) in all namespaces is forbidden"
    }
}

extension KubernetesClient {
    /// One watch each: more would cost the server more than the person gains.
    static let mostNamespaces = 50

    /// How many namespaces are asked about when none is known.
    private static let mostQuestions = 200

    /// Which namespaces a person may list a kind in: of those that are known and the connection's own, the ones where the
    /// rules review does not say no; where that leaves none, of all that the person may see.
    func namespaces(allowing kind: ResourceKind, among known: [String]) async -> NamespaceChoice {
        var unasked = 0
        var allowed = await allowing(kind, among: known + [connection.defaultNamespace])
        if allowed.isEmpty {
            // Whoever may not list namespaces works with those that are known.
            let listed = (try? await namespaceNames()) ?? []
            allowed = await allowing(kind, among: Array(listed.prefix(Self.mostQuestions)))
            unasked = max(0, listed.count - Self.mostQuestions)
        }
        let names = Array(allowed.prefix(Self.mostNamespaces))
        return NamespaceChoice(names: names, left: allowed.count - names.count, unasked: unasked)
    }

    private func allowing(_ kind: ResourceKind, among names: [String]) async -> [String] {
        let names = Set(names).filter { !$0.isEmpty }.sorted()
        return await withTaskGroup(of: String?.self) { group in
            var allowed: [String] = []
            for (index, name) in names.enumerated() {
                // A few at a time: they all go to one server.
                if index >= 8, let answer = await group.next() { allowed += [answer].compactMap { $0 } }
                group.addTask { await mayList(kind, in: name) ? name : nil }
            }
            for await answer in group { allowed += [answer].compactMap { $0 } }
            return allowed.sorted()
        }
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
