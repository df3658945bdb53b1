import Backends
import Model

extension Environment {
    /// What the person may do in a namespace, asked again now and then: rights are given and taken while people work.
    func rightsFeed(namespace: String) -> any Feed {
        PollingFeed<Rights>(pacer: pacer, change: FeedChange.rights) { [self] in
            let client = try kubernetes()
            // The server wants a namespace; what belongs to none is allowed by rules that hold everywhere.
            let rules = try await client.rules(namespace: namespace.isEmpty ? info.defaultNamespace : namespace)
            var rights = Rights(rules: rules)
            if rules.isIncomplete { rights.reviews = await reviews(client, namespace, rules) }
            return .init(value: rights, next: 60)
        }
    }

    /// One question each for what panes offer, where the rules do not tell everything.
    private func reviews(
        _ client: KubernetesClient, _ namespace: String, _ rules: AccessRules
    ) async -> [Rights.Need: Bool] {
        let open = Rights.Need.offered(isNamespaced: !namespace.isEmpty).filter {
            !rules.allows($0.verb, $0.kind, subresource: $0.subresource)
        }
        return await withTaskGroup(of: (Rights.Need, Bool?).self) { group in
            var answers: [Rights.Need: Bool] = [:]
            for (index, need) in open.enumerated() {
                // A few at a time: they all go to one server.
                if index >= 4, let (need, answer) = await group.next() { answers[need] = answer }
                group.addTask {
                    // What cannot be asked stays unknown: the plan will ask once more.
                    let answer = try? await client.accessReview(
                        verb: need.verb, kind: need.kind, subresource: need.subresource,
                        namespace: namespace.isEmpty ? nil : namespace)
                    return (need, answer?.isAllowed)
                }
            }
            for await (need, answer) in group { answers[need] = answer }
            return answers
        }
    }
}

extension Rights.Need {
    /// What panes have commands for.
    static func offered(isNamespaced: Bool) -> [Rights.Need] {
        guard isNamespaced else { return [Rights.Need("patch", .nodes), Rights.Need("delete", .nodes)] }
        let workloads: [ResourceKind] = [.deployments, .statefulSets, .daemonSets]
        return [
            Rights.Need("delete", .pods), Rights.Need("create", .pods, "eviction"), Rights.Need("get", .pods, "exec"),
            Rights.Need("get", .pods, "attach"), Rights.Need("get", .pods, "portforward"),
            Rights.Need("patch", .pods, "ephemeralcontainers"), Rights.Need("patch", .cronJobs),
            Rights.Need("create", .jobs), Rights.Need("get", .secrets),
            Rights.Need("patch", .deployments, "scale"), Rights.Need("patch", .statefulSets, "scale"),
        ] + workloads.flatMap { [Rights.Need("patch", $0), Rights.Need("delete", $0), Rights.Need("update", $0)] }
    }
}
