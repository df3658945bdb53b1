import HTTP
import Model

extension Kubeconfig {
    /// How to reach the API server of a context (nil: the current one), and what the header shows of it.
    ///
    /// Without any context this is the service account of the pod that midwatch runs in, where there is one. Reads certificate
    /// files but runs no plugin and sends nothing. Connections of one user share its credentials. Throws
    /// `KubernetesError.kubeconfig` or `.credentials`.
    public func connection(
        context name: String? = nil
    ) throws(KubernetesError) -> (KubernetesConnection, EnvironmentInfo) {
        if name == nil, contexts.isEmpty, let account = ServiceAccount(in: surroundings) {
            return account.connection()
        }
        let context = try context(named: name)
        let cluster = try cluster(of: context)
        let user = try user(of: context)
        return try ContextResolution(context: context, cluster: cluster, user: user, kubeconfig: self).connection()
    }

    private func context(named name: String?) throws(KubernetesError) -> KubeconfigContext {
        guard !contexts.isEmpty else { throw noContexts() }
        guard let name = name ?? currentContext else {
            throw fault("no current context is set", advice: "name one of these: \(listing)")
        }
        if let context = try contexts[name] { return context }
        let nearest = closestWord(to: name, among: contexts.names).map { "did you mean \($0)? " } ?? ""
        throw fault("there is no context \(name)", advice: "\(nearest)there is: \(listing)")
    }

    private func cluster(of context: KubeconfigContext) throws(KubernetesError) -> KubeconfigCluster {
        guard !context.cluster.isEmpty else { throw context.place.fault("context \(context.name) names no cluster") }
        if let cluster = try clusters[context.cluster] { return cluster }
        let nearest = closestWord(to: context.cluster, among: clusters.names).map { "did you mean \($0)?" } ?? ""
        throw context.place.fault(
            "context \(context.name) names the cluster \(context.cluster), which does not exist", advice: nearest)
    }

    /// Nil for a context without a user: such a person is anonymous.
    private func user(of context: KubeconfigContext) throws(KubernetesError) -> KubeconfigUser? {
        guard !context.user.isEmpty else { return nil }
        if let user = try users[context.user] { return user }
        let nearest = closestWord(to: context.user, among: users.names).map { "did you mean \($0)?" } ?? ""
        throw context.place.fault(
            "context \(context.name) names the user \(context.user), which does not exist", advice: nearest)
    }

    private func noContexts() -> KubernetesError {
        let names = paths.paths.map(surroundings.abbreviated).joined(separator: ", ")
        if !files.isEmpty { return fault("it has no contexts", advice: "add one with: kubectl config set-context") }
        let cause: String
        switch paths.origin {
        case .variable where paths.paths.count > 1: cause = "none of the files in KUBECONFIG exists (\(names))"
        case .variable: cause = "the file in KUBECONFIG does not exist (\(names))"
        case .home where paths.paths.isEmpty: cause = "none was found: neither KUBECONFIG nor HOME is set"
        case .home, .named: cause = "none was found: \(names) does not exist and KUBECONFIG is not set"
        }
        return .kubeconfig(
            KubeconfigFault(cause: cause, advice: "get one from the cluster's administrator, or try: midwatch demo"))
    }

    /// The first contexts' names; a long list is cut and says so.
    private var listing: String {
        let shown = contexts.names.prefix(20).joined(separator: ", ")
        let more = contexts.names.count - 20
        return more > 0 ? "\(shown) and \(more) more" : shown
    }
}
