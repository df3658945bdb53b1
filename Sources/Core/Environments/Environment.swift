import Backends
import HTTP
import Model
import Synchronization

/// One environment at work: each of its systems is connected when somebody first looks at it, and shared by all who do.
///
/// A system that is down, slow or not configured is nobody's concern but of those who look at it.
public final class Environment: Sendable {
    public let info: EnvironmentInfo
    let configuration: EnvironmentConfiguration
    let logs: LogConfiguration
    let surroundings: CoreSurroundings
    private let cluster: Result<KubernetesClient, KubernetesError>?
    /// Lets questions through, and nothing else.
    private let readingTransport: ReadingTransport?
    /// Lets everything through: only what holds the guard's permit gets it.
    private let openCluster: KubernetesClient?
    private let systems = Mutex<[String: ServiceEndpoint]>([:])

    var pacer: any Pacer { surroundings.pacer }
    var id: EnvironmentID { info.id }

    /// `connection` is nil for an environment without a cluster.
    init(
        info: EnvironmentInfo, configuration: EnvironmentConfiguration, logs: LogConfiguration,
        connection: Result<KubernetesConnection, KubernetesError>?, surroundings: CoreSurroundings
    ) {
        self.info = info
        self.configuration = configuration
        self.logs = logs
        self.surroundings = surroundings
        // Why a context is broken is told by whoever asks for the cluster.
        let transport = (try? connection?.get())?.transport(over: surroundings.makeTransport)
        let reading = transport.map(ReadingTransport.init)
        readingTransport = reading
        cluster = connection.map { connection in
            connection.map { KubernetesClient(connection: $0, transport: reading!, pacer: surroundings.pacer) }
        }
        // As above.
        openCluster = (try? connection?.get()).map {
            KubernetesClient(connection: $0, transport: transport!, pacer: surroundings.pacer)
        }
    }

    /// The cluster's client. Throws `KubernetesError.kubeconfig` for a broken context, `AbsentSystem` where there is none.
    public func kubernetes() throws -> KubernetesClient {
        guard let cluster else { throw AbsentSystem(system: "Kubernetes", environment: id, advice: Self.contextAdvice) }
        return try cluster.get()
    }

    /// The cluster's client with changes and connections into containers let through; the permit is the guard's word for it.
    /// Throws as `kubernetes()` does.
    func openKubernetes(_ permit: WritePermit) throws -> KubernetesClient {
        precondition(permit.environment == id, "a permit for \(permit.environment) was used on \(id)")
        guard let openCluster else { return try kubernetes() }
        return openCluster
    }

    /// What sends changes to the cluster.
    func writer(_ permit: WritePermit) throws -> KubernetesWriter {
        KubernetesWriter(try openKubernetes(permit), permit: permit)
    }

    /// Throws `AbsentSystem` where none is configured.
    public func elasticsearch() throws -> ElasticsearchClient {
        let system = try configured("Elasticsearch", "elasticsearch", configuration.elasticsearch)
        return ElasticsearchClient(try endpoint("elasticsearch", system), index: system.index)
    }

    /// Throws `AbsentSystem` where none is configured.
    public func jenkins() throws -> JenkinsClient {
        JenkinsClient(try endpoint("jenkins", try configured("Jenkins", "jenkins", configuration.jenkins)))
    }

    /// Throws `AbsentSystem` where none is configured.
    public func alertmanager() throws -> AlertmanagerClient {
        let system = try configured("Alertmanager", "alertmanager", configuration.alertmanager)
        return AlertmanagerClient(try endpoint("alertmanager", system))
    }

    /// The discovery of this server and this person on disk; nil without a cluster or a folder.
    func discoveryCache() -> DiscoveryCache? {
        // Without a cluster there is nothing to keep.
        guard let folder = surroundings.discoveryFolder, let client = try? kubernetes() else { return nil }
        return DiscoveryCache(folder: folder, server: client.connection.server, identity: info.user)
    }

    private static let contextAdvice = "name its context in the configuration"

    private func configured(
        _ name: String, _ key: String, _ system: SystemConfiguration?
    ) throws(AbsentSystem) -> SystemConfiguration {
        guard let system else {
            throw AbsentSystem(
                system: name, environment: id,
                advice: "add \(key): { url: … } to environments.\(id) in the configuration")
        }
        return system
    }

    private func endpoint(_ key: String, _ system: SystemConfiguration) throws -> ServiceEndpoint {
        if let known = systems.withLock({ $0[key] }) { return known }
        let made = ServiceEndpoint(base: system.url, transport: try transport(to: system))
        systems.withLock { $0[key] = made }
        return made
    }

    private func transport(to system: SystemConfiguration) throws -> any HTTPTransport {
        guard !system.url.hasPrefix("service://") else {
            let client = try kubernetes()
            return ServiceProxyTransport(server: client.connection.server, cluster: readingTransport!)
        }
        let transport = ReadingTransport(
            surroundings.makeTransport(system.serverSettings(variables: surroundings.variables)))
        guard let login = SystemLogin(system, variables: surroundings.variables) else { return transport }
        return AuthorizedTransport(transport) { try await login.header() }
    }
}
