import HTTP
import Model

/// Turns a context with its cluster and user into a connection; all that a kubeconfig can get wrong about them is found here.
struct ContextResolution {
    let context: KubeconfigContext
    let cluster: KubeconfigCluster
    let user: KubeconfigUser?
    let kubeconfig: Kubeconfig

    func connection() throws(KubernetesError) -> (KubernetesConnection, EnvironmentInfo) {
        let address = try address()
        var settings = HTTPServerSettings()
        settings.trust = try trust()
        settings.identity = try user.flatMap { user throws(KubernetesError) in try UserIdentity(user).identity() }
        settings.serverName = cluster.serverName.isEmpty ? nil : cluster.serverName
        settings.proxy = try proxy()
        let namespace = context.namespace.isEmpty ? "default" : context.namespace
        let connection = KubernetesConnection(
            server: address.text, settings: settings, credentials: try credentials(address),
            impersonation: try impersonation().headers, defaultNamespace: namespace,
            disableCompression: cluster.disableCompression)
        let info = EnvironmentInfo(
            id: EnvironmentID(context.name), context: context.name, cluster: cluster.name, server: address.text,
            user: userName, defaultNamespace: namespace, knownNamespaces: context.namespace.isEmpty ? [] : [namespace],
            warnings: kubeconfig.warnings + warnings(address))
        return (connection, info)
    }

    private var userName: String {
        guard let user else { return "anonymous" }
        return user.impersonation.user.isEmpty ? user.name : "\(user.name) as \(user.impersonation.user)"
    }

    private func address() throws(KubernetesError) -> ServerAddress {
        guard !cluster.server.isEmpty else { throw cluster.place.fault("cluster \(cluster.name) has no server") }
        let hasCertificates = user.map { !$0.certificateFile.isEmpty || !$0.certificateData.isEmpty } ?? false
        let assumesTLS =
            cluster.skipsVerification || !cluster.authorityFile.isEmpty || !cluster.authorityData.isEmpty
            || hasCertificates
        // The address itself is not repeated: it may hold a password.
        guard let address = ServerAddress(cluster.server, assumesTLS: assumesTLS) else {
            throw cluster.place.fault(
                "the server of cluster \(cluster.name) is not an http or https address without a user name")
        }
        return address
    }

    private func trust() throws(KubernetesError) -> HTTPServerSettings.Trust {
        let hasAuthority = !cluster.authorityFile.isEmpty || !cluster.authorityData.isEmpty
        guard !(cluster.skipsVerification && hasAuthority) else {
            throw cluster.place.fault(
                "cluster \(cluster.name) has both a certificate-authority and insecure-skip-tls-verify",
                advice: "remove one of the two")
        }
        if cluster.skipsVerification { return .insecure }
        if !cluster.authorityData.isEmpty { return .data(cluster.authorityData) }
        if cluster.authorityFile.isEmpty { return .system }
        _ = try readable(
            cluster.authorityFile, as: "the certificate-authority of cluster \(cluster.name)", cluster.place)
        return .file(cluster.authorityFile)
    }

    private func proxy() throws(KubernetesError) -> String? {
        guard !cluster.proxy.isEmpty else { return nil }
        let scheme = cluster.proxy.firstRange(of: "://").map { cluster.proxy[..<$0.lowerBound].lowercased() }
        guard let scheme, ["http", "https", "socks5"].contains(scheme) else {
            throw cluster.place.fault(
                "the proxy-url of cluster \(cluster.name) is not an http, https or socks5 address")
        }
        return cluster.proxy
    }

    private func credentials(_ address: ServerAddress) throws(KubernetesError) -> any KubernetesCredentials {
        guard let user else { return AnonymousCredentials() }
        return try kubeconfig.credentialStore.credentials(
            of: user, cluster: cluster, server: address.text, in: kubeconfig.surroundings)
    }

    private func impersonation() throws(KubernetesError) -> Impersonation {
        guard let user else { return Impersonation() }
        guard !user.impersonation.lacksUser else {
            throw user.place.fault("user \(user.name) has as-uid, as-groups or as-user-extra, but no as")
        }
        return user.impersonation
    }

    private func warnings(_ address: ServerAddress) -> [String] {
        var warnings: [String] = []
        if cluster.skipsVerification { warnings.append("TLS verification is off") }
        if !address.isEncrypted, !address.isLoopback { warnings.append("the connection is not encrypted") }
        return warnings
    }
}

/// Reads a file that a kubeconfig names, or says which one cannot be read and why.
func readable(_ path: String, as role: String, _ place: KubeconfigPlace) throws(KubernetesError) -> [UInt8] {
    do throws(FileBytes.Fault) {
        return try FileBytes(path: path).bytes
    } catch {
        throw place.fault("\(role) cannot be read: \(path): \(error.words)")
    }
}
