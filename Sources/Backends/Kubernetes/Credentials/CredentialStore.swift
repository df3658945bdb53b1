import Synchronization

/// The credentials of a kubeconfig's users, made once each: contexts that share a user share its plugin's run and its cache.
final class CredentialStore: Sendable {
    private struct Key: Hashable {
        var user: String
        /// Plugins that are told about the cluster may answer differently for each.
        var cluster: String?
    }

    private let made = Mutex<[Key: any KubernetesCredentials]>([:])

    func credentials(
        of user: KubeconfigUser, cluster: KubeconfigCluster, server: String, in surroundings: KubernetesSurroundings
    ) throws(KubernetesError) -> any KubernetesCredentials {
        let key = Key(user: user.name, cluster: user.plugin?.wantsClusterInfo == true ? cluster.name : nil)
        if let known = made.withLock({ $0[key] }) { return known }
        let new = try make(user, cluster, server, surroundings)
        return made.withLock { made in
            if let known = made[key] { return known }
            made[key] = new
            return new
        }
    }

    /// What is told first wins: a token over a plugin, as in client-go; a token and a password together are a mistake.
    private func make(
        _ user: KubeconfigUser, _ cluster: KubeconfigCluster, _ server: String, _ surroundings: KubernetesSurroundings
    ) throws(KubernetesError) -> any KubernetesCredentials {
        let hasToken = !user.token.isEmpty || !user.tokenFile.isEmpty
        let hasPassword = !user.username.isEmpty || !user.password.isEmpty
        guard !(hasToken && hasPassword) else {
            throw user.place.fault(
                "user \(user.name) has both a token and a username", advice: "remove one of the two")
        }
        guard user.authProvider.isEmpty else { throw authProviderFault(user) }
        if !user.tokenFile.isEmpty {
            return TokenFileCredentials(
                user: user.name, path: user.tokenFile, initial: user.token, now: surroundings.now)
        }
        if hasToken { return FixedCredentials(token: user.token) }
        if hasPassword { return FixedCredentials(username: user.username, password: user.password) }
        guard let plugin = user.plugin else { return AnonymousCredentials() }
        try checkTerminal(plugin, user)
        let request = ExecRequest(
            version: plugin.version,
            cluster: plugin.wantsClusterInfo ? try ExecRequest.Cluster(cluster, server: server) : nil)
        return ExecCredentials(
            user: user.name, now: surroundings.now,
            run: ExecRun(user: user.name, plugin: plugin, request: request, surroundings: surroundings).callAsFunction)
    }

    private func authProviderFault(_ user: KubeconfigUser) -> KubernetesError {
        user.place.fault(
            "user \(user.name) has the auth-provider \(user.authProvider), which Kubernetes gave up in 1.26",
            advice: "have your provider's tool write a kubeconfig with an exec plugin")
    }

    private func checkTerminal(_ plugin: ExecPlugin, _ user: KubeconfigUser) throws(KubernetesError) {
        guard plugin.interactiveMode == .always else { return }
        throw user.place.fault(
            "the plugin \(plugin.shortName) of user \(user.name) insists on a terminal (interactiveMode: Always), "
                + "which midwatch keeps for itself", advice: "use interactiveMode: IfAvailable if it can do without")
    }
}
