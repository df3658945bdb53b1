import Backends
import Core
import HTTP
import HTTPTesting
import Model
import Synchronization

/// Two clusters and what stands around them, all behind one scripted transport, with a clock that the test moves.
final class TestWorld: Sendable {
    static let kubeconfig = """
        apiVersion: v1
        kind: Config
        current-context: production
        contexts:
        - {name: sandbox, context: {cluster: sandbox, user: ada, namespace: payments}}
        - {name: production, context: {cluster: production, user: ada}}
        - {name: broken, context: {cluster: nowhere, user: ada}}
        clusters:
        - {name: sandbox, cluster: {server: 'https://sandbox.lantern.example:6443'}}
        - {name: production, cluster: {server: 'https://production.lantern.example:6443'}}
        users:
        - {name: ada, user: {token: t0}}
        """

    let server = FakeTransport()
    let pacer = ManualPacer()
    let wakes = WakeCounter()
    let inbox: Inbox
    let environments: EnvironmentSet
    private let folder: TemporaryFolder
    private let logs = Mutex<[FeedID: any LogLines]>([:])

    init(
        _ configuration: String = "", kubeconfig: String = TestWorld.kubeconfig, variables: [String: String] = [:]
    ) throws {
        let wakes = wakes
        let server = server
        folder = try TemporaryFolder()
        inbox = Inbox { wakes.wake() }
        let file = try folder.file("kubeconfig", kubeconfig)
        let loaded = Result { () throws(KubernetesError) in
            try Kubeconfig.load(file: file, in: KubernetesSurroundings(variables: [:], home: "/nonexistent"))
        }
        environments = EnvironmentSet(
            configuration: try Configuration(yaml: configuration, file: "config.yaml"), kubeconfig: loaded,
            surroundings: CoreSurroundings(makeTransport: { _ in server }, pacer: pacer, variables: variables))
    }

    /// Runs a feed until its task is cancelled; the hub that owns it.
    func hub(linger: Double = 8) -> FeedHub {
        FeedHub(source: environments, inbox: inbox, pacer: pacer, linger: linger)
    }

    /// Takes what has come, and remembers the logs in it.
    func drain() -> [FeedUpdate] {
        let updates = inbox.drain()
        logs.withLock { logs in
            for update in updates { if case .log(let lines) = update.change { logs[update.feed] = lines } }
        }
        return updates
    }

    /// The log that a feed has posted, if it has.
    func log(_ feed: FeedID) -> (any LogLines)? {
        if let known = logs.withLock({ $0[feed] }) { return known }
        _ = drain()
        return logs.withLock { $0[feed] }
    }
}
