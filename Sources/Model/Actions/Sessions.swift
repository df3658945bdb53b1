/// A shell, an attached process or a forward that lives on while the person does something else.
public struct SessionID: Hashable, Sendable {
    public let number: Int
    public init(_ number: Int) { self.number = number }
}

/// One shell or attached process, for the list of them.
public struct SessionInfo: Sendable, Equatable, Identifiable {
    public enum State: Sendable, Equatable {
        case opening
        case open
        /// The process ended by itself with this code.
        case exited(code: Int)
        /// The connection was lost, or could not be made.
        case failed(reason: String)
    }
    public var id: SessionID
    /// The pod (for a node's shell, the node).
    public var object: ObjectReference
    public var container: String
    /// "shell", "attach", "debug", "node shell".
    public var sort: String
    public var command: [String]
    public var state: State
    public var since: Timestamp
    public init(
        id: SessionID, object: ObjectReference, container: String, sort: String, command: [String] = [],
        state: State = .opening, since: Timestamp
    ) {
        self.id = id
        self.object = object
        self.container = container
        self.sort = sort
        self.command = command
        self.state = state
        self.since = since
    }
}

/// What a session has drawn: filled by Core off the main thread, read by the pane when it draws. TerminalScreen has the
/// real one.
public protocol SessionScreen: AnyObject, Sendable {
    /// Grows with every change of the picture.
    var revision: UInt64 { get }
    /// The last rows as text, what has scrolled away first.
    func lastRows(_ count: Int) -> [String]
}

/// One forwarded port, or several of one target; bound to loopback.
public struct ForwardInfo: Sendable, Equatable, Identifiable {
    public enum State: Sendable, Equatable {
        case opening
        case listening
        /// The pod is gone and its successor is being looked for.
        case waiting(reason: String)
        case failed(reason: String)
        /// Saved for the environment, not open now.
        case closed
    }
    public struct Port: Sendable, Equatable {
        /// 0 while it is not bound.
        public var local: Int
        public var remote: String
        public init(local: Int, remote: String) {
            self.local = local
            self.remote = remote
        }
    }
    public var id: SessionID
    /// Under which it is saved; "" when it is not.
    public var name: String
    /// What the person named: a pod, a service, a workload.
    public var target: ObjectReference
    /// The pod that serves it now; "" for none.
    public var pod: String
    public var ports: [Port]
    public var state: State
    public var since: Timestamp
    public var openConnections: Int
    public var connections: Int
    /// Bytes from the person's side to the pod, and back.
    public var bytesOut: Int
    public var bytesIn: Int
    /// The last failure of a single connection; "" for none.
    public var lastFault: String
    public init(
        id: SessionID, name: String = "", target: ObjectReference, pod: String = "", ports: [Port],
        state: State = .opening, since: Timestamp, openConnections: Int = 0, connections: Int = 0, bytesOut: Int = 0,
        bytesIn: Int = 0, lastFault: String = ""
    ) {
        self.id = id
        self.name = name
        self.target = target
        self.pod = pod
        self.ports = ports
        self.state = state
        self.since = since
        self.openConnections = openConnections
        self.connections = connections
        self.bytesOut = bytesOut
        self.bytesIn = bytesIn
        self.lastFault = lastFault
    }
}
