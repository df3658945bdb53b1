import HTTP
import JSON

/// Which fields of an index pattern say what about a log line; found out by `_field_caps`.
///
/// Fluentd and Fluent Bit write `kubernetes.pod_name` and `log`, Filebeat and Elastic Agent (ECS) `kubernetes.pod.name` and
/// `message`; a pattern may hold both, and all fields that are there are used.
public struct ElasticsearchFields: Sendable, Equatable {
    /// A field to ask by; analysed text needs a phrase where a keyword can be equal.
    public struct Field: Sendable, Equatable {
        public var name: String
        public var isAnalysed: Bool
        public init(_ name: String, isAnalysed: Bool = false) {
            self.name = name
            self.isAnalysed = isAnalysed
        }
    }

    public var time: String
    public var namespace: [Field]
    public var pod: [Field]
    public var container: [Field]

    public init(time: String, namespace: [Field], pod: [Field], container: [Field]) {
        self.time = time
        self.namespace = namespace
        self.pod = pod
        self.container = container
    }

    static let times = ["@timestamp", "time", "timestamp"]
    static let namespaces = ["kubernetes.namespace_name", "kubernetes.namespace", "orchestrator.namespace"]
    static let pods = ["kubernetes.pod_name", "kubernetes.pod.name"]
    static let containers = ["kubernetes.container_name", "kubernetes.container.name"]
    /// Where a line's text may stand, the first one that is there counts.
    static let messages = ["log", "message", "msg", "event.original"]

    /// Everything `_field_caps` is asked about.
    static var candidates: [String] {
        times + (namespaces + pods + containers).flatMap { [$0, $0 + ".keyword"] }
    }

    /// Reads the answer of `_field_caps`; nil when the fields of no known profile are there.
    init?(fieldCaps answer: JSONValue) {
        guard let fields = answer["fields"],
            let time = Self.times.first(where: { Self.types(fields[$0]).contains { $0.hasPrefix("date") } })
        else { return nil }
        let pod = Self.usable(Self.pods, in: fields)
        guard !pod.isEmpty else { return nil }
        self.init(
            time: time, namespace: Self.usable(Self.namespaces, in: fields), pod: pod,
            container: Self.usable(Self.containers, in: fields))
    }

    private static func usable(_ names: [String], in fields: JSONValue) -> [Field] {
        names.compactMap { name in
            let exact = ["keyword", "constant_keyword", "wildcard", "flattened"]
            if types(fields[name]).contains(where: exact.contains) { return Field(name) }
            if types(fields[name + ".keyword"]).contains(where: exact.contains) { return Field(name + ".keyword") }
            return types(fields[name]).isEmpty ? nil : Field(name, isAnalysed: true)
        }
    }

    /// The types a field has over all indices; parts of an object ("object") and unmapped ones do not count.
    private static func types(_ field: JSONValue?) -> [String] {
        field?.members.map(\.key).filter { $0 != "object" && $0 != "unmapped" } ?? []
    }
}

extension ElasticsearchClient {
    /// Asks which fields the index pattern has.
    public func fields() async throws -> ElasticsearchFields {
        let operation = "look at the fields of \(index)"
        let names = ElasticsearchFields.candidates.joined(separator: ",")
        let answer = try await caller.json(operation, request(indexAddress("_field_caps").asking("fields", names)))
        if answer["indices"].map({ $0.count == 0 }) == true {
            throw caller.failure(operation, .missing("index that matches \(index); check index in the configuration"))
        }
        guard let fields = ElasticsearchFields(fieldCaps: answer) else {
            throw caller.failure(
                operation, .missing("pod names in \(index) (neither kubernetes.pod_name nor kubernetes.pod.name)"))
        }
        return fields
    }
}
