/// Which data a pane looks at; equal values share one connection to the server.
public enum FeedID: Hashable, Sendable {
    /// Version, round trip and reachability of an environment's API server.
    case server(EnvironmentID)
    case kinds(EnvironmentID)
    case table(TableQuery)
    /// One whole object with its events, refreshed when it changes.
    case object(ObjectReference)
    /// CPU and memory of all pods or all nodes of a scope.
    case metrics(MetricsQuery)
    case log(LogQuery)
    case jobs(EnvironmentID)
    case runs(EnvironmentID, job: String)
    case runLog(EnvironmentID, run: RunReference)
    case alerts(EnvironmentID)
    /// One action's way from proposal to end; posted without a subscription while it lasts.
    case action(EnvironmentID, ActionID)
    /// Whether the environment may be written to now; posted without a subscription when it changes.
    case guarded(EnvironmentID)
    /// What the person may do in a namespace; "" for what belongs to none.
    case rights(EnvironmentID, namespace: String)
    /// Shells and attached processes of all environments; posted without a subscription.
    case sessions
    /// The picture of one of them; posted without a subscription.
    case session(SessionID)
    /// Forwarded ports of all environments, open and saved; posted without a subscription.
    case forwards
    case related(ObjectReference, RelatedObjects.Question)
    case releases(EnvironmentID)
    case release(HelmReleaseReference)

    /// Whether it collects lines, which are gone when it ends.
    public var isLog: Bool {
        switch self {
        case .log, .runLog: true
        default: false
        }
    }

    /// Whether Core posts it whenever it changes, with nobody subscribed: what shells draw goes on while nobody looks.
    public var isPosted: Bool {
        switch self {
        case .action, .guarded, .sessions, .session, .forwards: true
        default: false
        }
    }

    /// What is not of one environment.
    public static let everywhere: EnvironmentID = ""

    public var environment: EnvironmentID {
        switch self {
        case .server(let id), .kinds(let id), .jobs(let id), .runs(let id, _), .runLog(let id, _), .alerts(let id): id
        case .table(let query): query.environment
        case .object(let reference): reference.environment
        case .metrics(let query): query.environment
        case .log(let query): query.environment
        case .action(let id, _), .guarded(let id), .rights(let id, _), .releases(let id): id
        case .related(let reference, _): reference.environment
        case .release(let release): release.environment
        case .sessions, .session, .forwards: Self.everywhere
        }
    }
}

/// Where a list looks.
public enum NamespaceScope: Hashable, Sendable {
    case all
    /// One or several, sorted, without doubles.
    case some([String])

    public init(_ names: [String]) { self = names.isEmpty ? .all : .some(Array(Set(names)).sorted()) }
    public var names: [String] { if case .some(let names) = self { names } else { [] } }
}

/// A list and watch of one kind.
public struct TableQuery: Hashable, Sendable {
    public var environment: EnvironmentID
    public var kind: ResourceKind
    public var scope: NamespaceScope
    /// As kubectl's `-l`; "" for none.
    public var labelSelector: String
    public var fieldSelector: String

    public init(
        environment: EnvironmentID, kind: ResourceKind, scope: NamespaceScope = .all, labelSelector: String = "",
        fieldSelector: String = ""
    ) {
        self.environment = environment
        self.kind = kind
        self.scope = scope
        self.labelSelector = labelSelector
        self.fieldSelector = fieldSelector
    }
}

/// Figures of metrics.k8s.io: for pods or for nodes.
public struct MetricsQuery: Hashable, Sendable {
    public enum Subject: Hashable, Sendable { case pods, nodes }
    public var environment: EnvironmentID
    public var subject: Subject
    public var scope: NamespaceScope
    public init(environment: EnvironmentID, subject: Subject, scope: NamespaceScope = .all) {
        self.environment = environment
        self.subject = subject
        self.scope = scope
    }
}

/// Whose log lines: one pod, or the pods of a workload; live from the kubelet, older ones from Elasticsearch.
public struct LogQuery: Hashable, Sendable {
    public enum Target: Hashable, Sendable {
        case pod(name: String)
        /// A workload that owns pods, by kind ("Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "Job") and name.
        case workload(kind: String, name: String)
        /// Pods by label selector.
        case selector(String)

        /// What a person writes: "api-0", "pod/api-0", "deploy/api".
        public init(word: String) {
            let parts = word.split(separator: "/", maxSplits: 1).map(String.init)
            let kind = parts.count == 2 ? KindIndex(ResourceKind.workloads).resolve(parts[0]) : nil
            guard let kind, kind != .pods else {
                self = .pod(name: parts.count == 2 && kind == .pods ? parts[1] : word)
                return
            }
            self = .workload(kind: kind.kind, name: parts[1])
        }
    }
    public var environment: EnvironmentID
    public var namespace: String
    public var target: Target
    /// nil: every container of the pod.
    public var container: String?
    /// The instance before the last restart, not followed.
    public var previous: Bool

    public init(
        environment: EnvironmentID, namespace: String, target: Target, container: String? = nil, previous: Bool = false
    ) {
        self.environment = environment
        self.namespace = namespace
        self.target = target
        self.container = container
        self.previous = previous
    }
}

/// One run of a pipeline: the job's full path ("payments/ledger/main") and the number.
public struct RunReference: Hashable, Sendable {
    public var job: String
    public var number: Int
    public init(job: String, number: Int) {
        self.job = job
        self.number = number
    }
}
