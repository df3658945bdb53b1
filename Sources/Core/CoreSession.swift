import Backends
import HTTP
import Model

/// Everything that works without a screen, joined: configuration, environments, feeds. What console and subcommands open.
public final class CoreSession: Sendable {
    public let configuration: Configuration
    public let environments: EnvironmentSet
    public let inbox: Inbox
    public let hub: FeedHub
    /// The one way to change anything.
    public let desk: ActionDesk
    /// Shells, attached processes and forwards that the desk opened.
    public let sessions: SessionDesk

    /// Where a session finds what it reads; nil fields mean the usual places.
    public struct Sources: Sendable {
        /// The configuration that `--config` named.
        public var configuration: String?
        /// The kubeconfig that `--kubeconfig` named.
        public var kubeconfig: String?
        public var variables: [String: String]
        public init(configuration: String? = nil, kubeconfig: String? = nil, variables: [String: String]) {
            self.configuration = configuration
            self.kubeconfig = kubeconfig
            self.variables = variables
        }
    }

    /// Reads configuration and kubeconfig; asks no server. `wake` is called from any thread when feeds have something to say.
    ///
    /// A broken kubeconfig is no error here: `environments.problem` has it, and other environments work.
    public init(
        _ sources: Sources, surroundings: CoreSurroundings, wake: @escaping @Sendable () -> Void = {}
    ) throws(ConfigurationError) {
        var surroundings = surroundings
        surroundings.kubeconfig = sources.kubeconfig
        configuration = try ConfigurationFile.load(sources.configuration, variables: sources.variables)
        var kubernetes = KubernetesSurroundings.ofThisProcess()
        kubernetes.variables = sources.variables
        inbox = Inbox(wake: wake)
        let words = PluginWords(inbox: inbox)
        kubernetes.pluginSaid = { words.hear(user: $0, text: $1) }
        kubernetes.pluginEnded = { words.end(user: $0) }
        let kubeconfig: Result<Kubeconfig, KubernetesError>
        do {
            kubeconfig = .success(try Kubeconfig.load(file: sources.kubeconfig, in: kubernetes))
        } catch {
            kubeconfig = .failure(error)
        }
        let readOnly = surroundings.readOnly ?? (configuration.readOnly ? "by the configuration" : nil)
        environments = EnvironmentSet(
            configuration: configuration, kubeconfig: kubeconfig, surroundings: surroundings)
        words.know(environments.infos)
        hub = FeedHub(source: environments, inbox: inbox, pacer: surroundings.pacer)
        sessions = SessionDesk(
            environments, inbox: inbox, pacer: surroundings.pacer, folder: surroundings.stateFolder)
        desk = ActionDesk(environments, inbox: inbox, surroundings, readOnly: readOnly, sessions: sessions)
    }
}
