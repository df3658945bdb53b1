import Model

extension Kubeconfig {
    /// Everything there is to say about the kubeconfig without asking a server. Where there is no kubeconfig but a pod's service
    /// account, that is the only context.
    public var summary: KubeconfigSummary {
        KubeconfigSummary(
            files: paths.paths.map(summary(ofFile:)),
            contexts: contexts.isEmpty ? serviceAccountSummary : contexts.names.map(summary(ofContext:)),
            warnings: warnings + currentContextWarning)
    }

    private func summary(ofFile path: String) -> KubeconfigSummary.File {
        let file = files.first { $0.path == path }
        return KubeconfigSummary.File(
            name: surroundings.abbreviated(path), exists: file != nil,
            isReadableByOthers: file?.isReadableByOthers ?? false)
    }

    private func summary(ofContext name: String) -> KubeconfigSummary.Context {
        // What is wrong with an entry is told once, by `problem`; here it only leaves a gap.
        let context = try? contexts[name]
        let user = context.flatMap { try? users[$0.user] }
        let cluster = context.flatMap { try? clusters[$0.cluster] }
        var summary = KubeconfigSummary.Context(
            name: name, isCurrent: name == currentContext, cluster: context?.cluster ?? "", server: "",
            user: context?.user ?? "", namespace: context?.namespace ?? "",
            credentials: user?.credentialWords ?? "none", problem: nil, warnings: [])
        if let server = cluster?.server { summary.server = ServerAddress(server, assumesTLS: true)?.text ?? "" }
        do throws(KubernetesError) {
            let (connection, info) = try connection(context: name)
            summary.server = connection.server
            summary.user = info.user
            summary.warnings = info.warnings.filter { !warnings.contains($0) }
        } catch {
            summary.problem = error
        }
        return summary
    }

    private var serviceAccountSummary: [KubeconfigSummary.Context] {
        guard let account = ServiceAccount(in: surroundings) else { return [] }
        let info = account.connection().1
        return [
            KubeconfigSummary.Context(
                name: info.id.name, isCurrent: true, cluster: info.cluster, server: info.server, user: info.user,
                namespace: info.defaultNamespace, credentials: "service account", problem: nil, warnings: [])
        ]
    }

    private var currentContextWarning: [String] {
        guard let currentContext, !contexts.names.contains(currentContext) else { return [] }
        return ["the current context \(currentContext) does not exist"]
    }
}

extension KubeconfigUser {
    /// Which sorts of credentials stand in it, in words.
    fileprivate var credentialWords: String {
        var words: [String] = []
        if !certificateFile.isEmpty || !certificateData.isEmpty { words.append("client certificate") }
        if !tokenFile.isEmpty {
            words.append("token file")
        } else if !token.isEmpty {
            words.append("token")
        }
        if !username.isEmpty || !password.isEmpty { words.append("user and password") }
        if let plugin { words.append("plugin \(plugin.shortName)") }
        if !authProvider.isEmpty { words.append("auth-provider \(authProvider)") }
        return words.isEmpty ? "none" : words.joined(separator: ", ")
    }
}
