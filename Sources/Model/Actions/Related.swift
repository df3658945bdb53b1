/// What hangs together with one object: its owners and what it owns, or who refers to it.
public struct RelatedObjects: Sendable, Equatable {
    public enum Question: String, Sendable, Hashable { case tree, usedBy }
    public struct Node: Sendable, Equatable {
        public var object: ObjectReference
        /// 0 for the root.
        public var depth: Int
        /// "2/2 ready", "CrashLoopBackOff", or how it refers: "env of container app".
        public var words: String
        public var tone: Tone
        public init(_ object: ObjectReference, depth: Int = 0, words: String = "", tone: Tone = .plain) {
            self.object = object
            self.depth = depth
            self.words = words
            self.tone = tone
        }
    }
    public var nodes: [Node]
    /// Plain words on what could not be looked at.
    public var notices: [String]
    public init(nodes: [Node], notices: [String] = []) {
        self.nodes = nodes
        self.notices = notices
    }
}

/// One Helm release, as its newest release secret tells it.
public struct HelmRelease: Sendable, Equatable {
    public var namespace: String
    public var name: String
    public var revision: Int
    /// "deployed", "failed", "pending-upgrade".
    public var status: String
    /// "ledger-1.4.2".
    public var chart: String
    public var appVersion: String
    public var updated: Timestamp
    public init(
        namespace: String, name: String, revision: Int, status: String, chart: String = "", appVersion: String = "",
        updated: Timestamp = .zero
    ) {
        self.namespace = namespace
        self.name = name
        self.revision = revision
        self.status = status
        self.chart = chart
        self.appVersion = appVersion
        self.updated = updated
    }
}
