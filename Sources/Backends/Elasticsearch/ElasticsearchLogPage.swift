import JSON
import Model

/// Whose lines are asked of Elasticsearch.
public struct ElasticsearchLogQuery: Sendable, Equatable {
    public var namespace: String
    /// Empty means every pod of the namespace.
    public var pods: [String]
    public var container: String?
    public init(namespace: String, pods: [String], container: String? = nil) {
        self.namespace = namespace
        self.pods = pods
        self.container = container
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
