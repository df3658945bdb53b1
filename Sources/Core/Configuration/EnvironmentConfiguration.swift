/// One environment of the configuration: a kubeconfig context and the systems around it.
public struct EnvironmentConfiguration: Sendable, Equatable {
    public var name: String
    /// nil means the context of the environment's own name, where the kubeconfig has one.
    public var context: String?
    /// Production: a change asks for the name to be typed.
    public var protected = false
    public var readOnly = false
    /// Where the person may work, for when the cluster does not let them list namespaces.
    public var namespaces: [String] = []
    public var elasticsearch: SystemConfiguration?
    public var jenkins: SystemConfiguration?
    public var alertmanager: SystemConfiguration?
    /// Where the environment's name stands in the file.
    public var line = 0

    public init(name: String) { self.name = name }
}

/// Where one system is and how to log in there.
public struct SystemConfiguration: Sendable, Equatable {
    /// `http://`, `https://`, or `service://NAMESPACE/NAME:PORT/path` through the cluster's API server.
    public var url: String
    public var user: String?
    public var password: SecretReference?
    /// With a user: instead of the password. Without: a bearer token.
    public var token: SecretReference?
    /// Elasticsearch only: its own sort of token.
    public var apiKey: SecretReference?
    /// A PEM file of the authorities to trust instead of the system's.
    public var ca: String?
    public var insecure = false
    public var serverName: String?
    public var proxy: String?
    /// Elasticsearch only: the indices to search.
    public var index = "logstash-*"

    public init(url: String) { self.url = url }
}

/// Where a secret is to be had; the secret itself never stands in the configuration.
public enum SecretReference: Sendable, Equatable {
    case env(String)
    case file(String)
    /// A program and its arguments, run without a shell; the secret is the first line it prints.
    case command([String])
}
