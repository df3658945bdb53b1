import HTTP
import Model

/// The service account that Kubernetes gives to a pod: what midwatch uses inside a cluster, where no kubeconfig is.
struct ServiceAccount {
    let surroundings: KubernetesSurroundings
    let host: String
    let port: String

    /// Nil outside a pod: the two variables and the token file are what tells.
    init?(in surroundings: KubernetesSurroundings) {
        guard let host = surroundings.variables["KUBERNETES_SERVICE_HOST"], !host.isEmpty,
            let port = surroundings.variables["KUBERNETES_SERVICE_PORT"], !port.isEmpty,
            FileBytes.fingerprint(of: surroundings.serviceAccountFolder + "/token") != nil
        else { return nil }
        self.surroundings = surroundings
        self.host = host
        self.port = port
    }

    func connection() -> (KubernetesConnection, EnvironmentInfo) {
        let server = "https://\(host.contains(":") ? "[\(host)]" : host):\(port)"
        let folder = surroundings.serviceAccountFolder
        var settings = HTTPServerSettings()
        // Without the file the system's authorities are tried, as client-go does.
        if FileBytes.fingerprint(of: folder + "/ca.crt") != nil { settings.trust = .file(folder + "/ca.crt") }
        let connection = KubernetesConnection(
            server: server, settings: settings,
            credentials: TokenFileCredentials(user: "service account", path: folder + "/token", now: surroundings.now),
            defaultNamespace: namespace)
        let info = EnvironmentInfo(
            id: "in-cluster", cluster: "in-cluster", server: server, user: "service account",
            defaultNamespace: namespace, knownNamespaces: [namespace])
        return (connection, info)
    }

    private var namespace: String {
        if let namespace = surroundings.variables["POD_NAMESPACE"], !namespace.isEmpty { return namespace }
        // A pod without the file is one whose namespace was not mounted: the default stands, as in client-go.
        let file = try? FileBytes(path: surroundings.serviceAccountFolder + "/namespace")
        let text = String(decoding: file?.bytes ?? [], as: UTF8.self)
        let trimmed = text.filter { !$0.isWhitespace }
        return trimmed.isEmpty ? "default" : trimmed
    }
}
