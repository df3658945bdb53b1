/// The name of one environment: a Kubernetes cluster and the systems around it, as the configuration calls it.
public struct EnvironmentID: Hashable, Sendable, Comparable, CustomStringConvertible, ExpressibleByStringLiteral {
    public let name: String
    public init(_ name: String) { self.name = name }
    public init(stringLiteral value: String) { name = value }
    public var description: String { name }
    public static func < (a: EnvironmentID, b: EnvironmentID) -> Bool { a.name < b.name }
}

/// What the console shows of an environment before any server has answered; made from the configuration and the kubeconfig.
public struct EnvironmentInfo: Sendable, Equatable, Identifiable {
    public enum Colour: String, Sendable { case neutral, caution, danger }
    public var id: EnvironmentID
    public var context: String?
    public var cluster: String
    /// Scheme, host and port of the API server, for the header and for doctor.
    public var server: String
    public var user: String
    public var defaultNamespace: String
    /// Production: writes ask for the name to be typed.
    public var isProtected: Bool
    public var isReadOnly: Bool
    /// Namespaces the person is known to work in, for when cluster-wide lists are refused.
    public var knownNamespaces: [String]
    /// Systems that are configured: "kubernetes", "elasticsearch", "jenkins", "alertmanager".
    public var systems: Set<String>
    /// Plain words about what is risky here: "TLS verification is off", "kubeconfig is readable by others".
    public var warnings: [String]

    public init(
        id: EnvironmentID, context: String? = nil, cluster: String = "", server: String = "", user: String = "",
        defaultNamespace: String = "default", isProtected: Bool = false, isReadOnly: Bool = false,
        knownNamespaces: [String] = [], systems: Set<String> = ["kubernetes"], warnings: [String] = []
    ) {
        self.id = id
        self.context = context
        self.cluster = cluster
        self.server = server
        self.user = user
        self.defaultNamespace = defaultNamespace
        self.isProtected = isProtected
        self.isReadOnly = isReadOnly
        self.knownNamespaces = knownNamespaces
        self.systems = systems
        self.warnings = warnings
    }
}

/// What a server said about itself, for the header.
public struct ServerState: Sendable, Equatable {
    public var version: String
    /// Seconds of the last round trip.
    public var roundTrip: Double?
    public init(version: String, roundTrip: Double? = nil) {
        self.version = version
        self.roundTrip = roundTrip
    }
}
