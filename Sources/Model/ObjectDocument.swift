/// One object for the describe and YAML views: facts in sections, made by the backend that knows the kind.
public struct ObjectDocument: Sendable, Equatable {
    public var reference: ObjectReference
    public var resourceVersion: String
    /// Without managedFields; secrets' values are replaced by their sizes.
    public var yaml: String
    public var sections: [Section]
    public var events: [Event]
    /// Containers in order: init, sidecar, ordinary, ephemeral; empty for kinds without.
    public var containers: [Container]
    /// Labels, for threads to other systems.
    public var labels: [String: String]
    /// Where a person can go from here: owner first, then what it refers to.
    public var links: [Link]

    public init(
        reference: ObjectReference, resourceVersion: String = "", yaml: String = "", sections: [Section] = [],
        events: [Event] = [], containers: [Container] = [], labels: [String: String] = [:], links: [Link] = []
    ) {
        self.reference = reference
        self.resourceVersion = resourceVersion
        self.yaml = yaml
        self.sections = sections
        self.events = events
        self.containers = containers
        self.labels = labels
        self.links = links
    }

    public struct Section: Sendable, Equatable {
        public var title: String
        public var facts: [Fact]
        public init(_ title: String, _ facts: [Fact]) {
            self.title = title
            self.facts = facts
        }
    }

    /// One line: "Status  Running". `tone` says whether the value is good or bad news.
    public struct Fact: Sendable, Equatable {
        public var name: String
        public var value: String
        public var tone: Tone
        /// 0 for the section's own facts, 1 and more for what lies beneath one.
        public var depth: Int
        public init(_ name: String, _ value: String, tone: Tone = .plain, depth: Int = 0) {
            self.name = name
            self.value = value
            self.tone = tone
            self.depth = depth
        }
    }

    public struct Container: Sendable, Equatable {
        public enum Role: String, Sendable { case `init`, sidecar, ordinary, ephemeral }
        public var name: String
        public var role: Role
        public var image: String
        /// "Running", "Waiting: CrashLoopBackOff", "Terminated: OOMKilled".
        public var state: String
        public var lastState: String
        public var isReady: Bool
        public var restarts: Int
        public var tone: Tone
        /// Ports as "http 8080/TCP".
        public var ports: [String]
        public init(
            name: String, role: Role = .ordinary, image: String = "", state: String = "", lastState: String = "",
            isReady: Bool = false, restarts: Int = 0, tone: Tone = .plain, ports: [String] = []
        ) {
            self.name = name
            self.role = role
            self.image = image
            self.state = state
            self.lastState = lastState
            self.isReady = isReady
            self.restarts = restarts
            self.tone = tone
            self.ports = ports
        }
    }

    public struct Event: Sendable, Equatable {
        public var lastSeen: Timestamp
        public var firstSeen: Timestamp
        public var isWarning: Bool
        public var reason: String
        public var source: String
        public var message: String
        public var count: Int
        public init(
            lastSeen: Timestamp, firstSeen: Timestamp, isWarning: Bool, reason: String, source: String, message: String,
            count: Int
        ) {
            self.lastSeen = lastSeen
            self.firstSeen = firstSeen
            self.isWarning = isWarning
            self.reason = reason
            self.source = source
            self.message = message
            self.count = count
        }
    }

    public struct Link: Sendable, Equatable {
        /// "owner", "node", "service account", "config map", …
        public var relation: String
        public var kind: String
        public var namespace: String?
        public var name: String
        public init(relation: String, kind: String, namespace: String?, name: String) {
            self.relation = relation
            self.kind = kind
            self.namespace = namespace
            self.name = name
        }
    }
}

/// Whether something is good, odd or bad news; themes and symbols tell them apart.
public enum Tone: UInt8, Sendable, Equatable { case plain, good, progressing, warning, critical, muted }
