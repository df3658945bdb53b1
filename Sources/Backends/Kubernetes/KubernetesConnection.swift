import HTTP

/// Where one API server is and how to speak to it: what a kubeconfig context, or the service account of a pod, comes to.
public struct KubernetesConnection: Sendable {
    /// With its path, without a trailing slash: `https://rancher.example/k8s/clusters/c-1`.
    public var server: String
    public var settings: HTTPServerSettings
    public var credentials: any KubernetesCredentials
    /// `Impersonate-User` and its companions; empty when the person acts as themselves.
    public var impersonation: HTTPHeaders
    public var defaultNamespace: String
    /// The kubeconfig's `disable-compression`: answers are asked for without gzip.
    public var disableCompression: Bool

    public init(
        server: String, settings: HTTPServerSettings = HTTPServerSettings(),
        credentials: any KubernetesCredentials = AnonymousCredentials(), impersonation: HTTPHeaders = [:],
        defaultNamespace: String = "default", disableCompression: Bool = false
    ) {
        self.server = server
        self.settings = settings
        self.credentials = credentials
        self.impersonation = impersonation
        self.defaultNamespace = defaultNamespace
        self.disableCompression = disableCompression
    }

    /// The transport that `KubernetesClient` sends through: it adds the credentials and the impersonation to each
    /// request, renews them once after a 401, and opens a new inner transport when a plugin hands out a new client
    /// certificate. Everything above it needs to know nothing of credentials.
    public func transport(
        over makeTransport: @escaping @Sendable (HTTPServerSettings) -> any HTTPTransport
    ) -> any HTTPTransport {
        CredentialedTransport(connection: self, makeTransport: makeTransport)
    }
}
