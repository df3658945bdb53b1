/// One field of the log documents, as dynamic mapping makes it of what Fluentd sends: strings are analysed, and beside each
/// stands a `.keyword` that is not.
struct ElasticField: Sendable, Hashable {
    enum Source: Sendable, Hashable {
        case timestamp, log, stream, identifier, index
        /// The same for every line of a container, by its path in the document.
        case container(String)
    }

    var name: String
    var source: Source
    var isKeyword: Bool

    /// The field of that name, nil where the mapping has none.
    init?(_ name: String) {
        let base = name.hasSuffix(".keyword") ? String(name.dropLast(8)) : name
        let isSubfield = base != name
        self.name = name
        isKeyword = isSubfield
        switch base {
        case "@timestamp" where !isSubfield: source = .timestamp
        case "log": source = .log
        case "stream": source = .stream
        case "_id" where !isSubfield: (source, isKeyword) = (.identifier, true)
        case "_index" where !isSubfield: (source, isKeyword) = (.index, true)
        default:
            guard Self.containerFields.contains(base) || base.hasPrefix("kubernetes.labels.") else { return nil }
            source = .container(base)
        }
    }

    var isText: Bool { source != .timestamp && !isKeyword }

    /// `date`, `text`, `keyword`.
    var type: String {
        switch source {
        case .timestamp: "date"
        case .identifier: "_id"
        case .index: "_index"
        default: isKeyword ? "keyword" : "text"
        }
    }

    /// Whether looking at it needs more than the container and the time.
    var needsText: Bool { source == .log }

    /// Every string field of a document but the labels, without `.keyword`.
    static let containerFields = [
        "cluster", "docker.container_id", "kubernetes.container_image", "kubernetes.container_name", "kubernetes.host",
        "kubernetes.namespace_name", "kubernetes.pod_id", "kubernetes.pod_name", "logtag", "tag",
    ]

    static let labels = [
        "app", "team", "app_kubernetes_io/name", "app_kubernetes_io/part-of", "app_kubernetes_io/version",
    ]

    /// Every field of the mapping that a document may have, in order.
    static let all: [ElasticField] = {
        let strings = ["log", "stream"] + containerFields + labels.map { "kubernetes.labels.\($0)" }
        return (["@timestamp"] + strings.sorted().flatMap { [$0, "\($0).keyword"] }).compactMap { ElasticField($0) }
    }()
}
