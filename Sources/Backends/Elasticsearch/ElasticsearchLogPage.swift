import JSON
import Model

/// Whose lines are asked of Elasticsearch.
public struct ElasticsearchLogQuery: Sendable, Equatable {
    public enum Pods: Sendable, Equatable {
        case named([String])
        /// All pods that a workload has or ever had, by how controllers name them.
        case ofWorkload(kind: String, name: String)
    }

    public var namespace: String
    public var pods: Pods
    public var container: String?
    /// What the reader has already: of each source all from a time on. It is left out where the index can tell sources apart.
    public var held: [Held]

    /// All lines of one container from a time on.
    public struct Held: Sendable, Equatable {
        public var pod: String
        public var container: String
        public var since: Timestamp
        public init(pod: String, container: String, since: Timestamp) {
            self.pod = pod
            self.container = container
            self.since = since
        }
    }

    public init(namespace: String, pods: Pods, container: String? = nil, held: [Held] = []) {
        self.namespace = namespace
        self.pods = pods
        self.container = container
        self.held = held
    }

    /// Whose lines, for a message.
    var words: String {
        switch pods {
        case .named(let names): names.count == 1 ? "\(namespace)/\(names[0])" : "\(names.count) pods in \(namespace)"
        case .ofWorkload(let kind, let name): "\(kind.lowercased()) \(namespace)/\(name)"
        }
    }

    /// The pod of a document that does not say its own.
    var onlyPod: String? {
        if case .named(let names) = pods, names.count == 1 { names[0] } else { nil }
    }
}

/// Where the next older page begins.
///
/// Pages go on by `search_after` on the time alone, one step above the edge, and leave out by id what has been read there
/// already: right for any number of lines within one millisecond, on every version, and without a point in time that the
/// server would have to keep while a person reads.
public struct ElasticsearchCursor: Sendable, Equatable {
    /// The sort value of the oldest line read, in the unit of the time field (milliseconds or nanoseconds).
    var edge: Int
    /// The documents at that edge that have been read.
    var seen: [String]
}

/// Some lines of history.
public struct ElasticsearchLogPage: Sendable, Equatable {
    /// Oldest first.
    public var lines: [LogLine]
    /// nil at the beginning of what is kept.
    public var older: ElasticsearchCursor?
    /// Plain words that belong on the screen, such as shards that did not answer.
    public var notices: [String]
}
