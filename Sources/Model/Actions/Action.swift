/// One change to a server as a value: what, on which objects, in which environment.
///
/// Panes and subcommands make these; Core alone carries them out, after guard, preview and confirmation. Shells, forwards
/// and copies are actions too, because what goes through them can change anything.
public struct Action: Sendable, Hashable {
    public var environment: EnvironmentID
    public var verb: ActionVerb
    /// What is acted on, in order, with the uids that the person saw: an object that was replaced meanwhile is not hit.
    /// Empty for `apply` and `create`, whose text names the objects.
    public var objects: [ObjectReference]
    /// Where `apply` and `create` put what names no namespace; nil for the context's own.
    public var namespace: String?

    public init(
        _ verb: ActionVerb, on objects: [ObjectReference], in environment: EnvironmentID, namespace: String? = nil
    ) {
        self.verb = verb
        self.objects = objects
        self.environment = environment
        self.namespace = namespace
    }
}

/// What can be done to objects. A verb says nothing about whether it is allowed; that is the guard's.
public enum ActionVerb: Sendable, Hashable {
    /// Pods: delete, and watch the successor become ready. Workloads: a rolling restart, watched to its end.
    case restart
    case delete(DeleteOptions)
    /// Pods only: deletion that respects disruption budgets.
    case evict
    case scale(replicas: Int)
    /// Back to a revision of a workload; nil is the one before the present.
    case undoRollout(revision: Int?)
    case pauseRollout
    case resumeRollout
    /// Container to image.
    case setImage([String: String])
    /// A job from a cron job, now.
    case trigger
    case suspend
    case unsuspend
    /// The same job once more, under a new name.
    case rerun
    case cordon
    case uncordon
    case drain(DrainOptions)
    /// A nil value takes the key away.
    case label([String: String?])
    case annotate([String: String?])
    /// Server-side apply of YAML or JSON documents; `force` takes fields over from other managers.
    case apply(manifest: String, force: Bool)
    case create(manifest: String)
    /// The person edits the object's YAML: Core fetches it, asks for the editor, and shows the difference before it is sent.
    case edit
    /// An ephemeral container beside those of the pod; a shell in it opens when it runs.
    case debug(DebugOptions)
    /// A privileged pod on the node with the node's file system under /host; deleted when its shell ends.
    case nodeShell(image: String)
    case shell(ShellOptions)
    case attach(container: String?)
    case forward(ForwardOptions)
    case copy(CopyOptions)
    /// One value of a secret, shown on the screen for a while; changes nothing, and is written to the audit file.
    case reveal(key: String)
    /// A Helm release (its newest release secret is the object), through the helm program.
    case rollBackRelease(name: String, revision: Int)
    /// What an action of this run changed is put back, where no other verb says how; Core keeps for a minute what it takes.
    case revert(ActionID)
}

public struct DeleteOptions: Sendable, Hashable {
    public enum Propagation: String, Sendable, Hashable, CaseIterable { case background, foreground, orphan }
    public var propagation = Propagation.background
    /// Seconds; nil leaves the object its own.
    public var grace: Int?
    /// Pods: taken from the server at once, whether the node has stopped them or not.
    public var isForced = false
    public init(propagation: Propagation = .background, grace: Int? = nil, isForced: Bool = false) {
        self.propagation = propagation
        self.grace = grace
        self.isForced = isForced
    }
}

/// As `kubectl drain` has them.
public struct DrainOptions: Sendable, Hashable {
    public var ignoresDaemonSets = true
    public var deletesEmptyDirData = false
    /// Also pods that nothing would bring back.
    public var includesUnowned = false
    /// Seconds a pod gets to end; nil leaves it its own.
    public var grace: Int?
    /// Seconds to wait for budgets before giving up.
    public var patience = 300
    public init() {}
}

public struct DebugOptions: Sendable, Hashable {
    public var image: String
    /// The container whose processes are shared; nil for none.
    public var target: String?
    public var command: [String]
    public init(image: String, target: String? = nil, command: [String] = []) {
        self.image = image
        self.target = target
        self.command = command
    }
}

public struct ShellOptions: Sendable, Hashable {
    public var container: String?
    /// Empty: the best shell that is there.
    public var command: [String]
    public init(container: String? = nil, command: [String] = []) {
        self.container = container
        self.command = command
    }
}

/// Ports of one pod, or of a ready pod behind a service or a workload.
public struct ForwardOptions: Sendable, Hashable {
    public struct Port: Sendable, Hashable {
        /// 0: any free one.
        public var local: Int
        /// Number, or the name of a container's or service's port.
        public var remote: String
        public init(local: Int = 0, remote: String) {
            self.local = local
            self.remote = remote
        }
    }
    public var ports: [Port]
    /// Under which it is saved for the environment; "" for not at all.
    public var name: String
    public init(ports: [Port], name: String = "") {
        self.ports = ports
        self.name = name
    }
}

public struct CopyOptions: Sendable, Hashable {
    public enum Direction: String, Sendable, Hashable { case toContainer, fromContainer }
    public var direction: Direction
    /// On this machine.
    public var local: String
    public var remote: String
    public var container: String?
    public init(_ direction: Direction, local: String, remote: String, container: String? = nil) {
        self.direction = direction
        self.local = local
        self.remote = remote
        self.container = container
    }
}

/// One action from its proposal to its end; unique within a run of the program.
public struct ActionID: Hashable, Sendable {
    public let number: Int
    public init(_ number: Int) { self.number = number }
}
