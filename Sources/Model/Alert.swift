/// One alert as Alertmanager has it.
public struct Alert: Sendable, Equatable, Identifiable {
    public enum State: String, Sendable { case active, suppressed, unprocessed }
    /// The fingerprint.
    public var id: String
    public var labels: [String: String]
    public var annotations: [String: String]
    public var state: State
    public var started: Timestamp
    public var updated: Timestamp
    public var ends: Timestamp
    public var silencedBy: [String]
    public var inhibitedBy: [String]
    public var receivers: [String]
    /// Where the rule can be seen.
    public var generatorURL: String

    public init(
        id: String, labels: [String: String], annotations: [String: String] = [:], state: State = .active,
        started: Timestamp = .zero, updated: Timestamp = .zero, ends: Timestamp = .zero, silencedBy: [String] = [],
        inhibitedBy: [String] = [], receivers: [String] = [], generatorURL: String = ""
    ) {
        self.id = id
        self.labels = labels
        self.annotations = annotations
        self.state = state
        self.started = started
        self.updated = updated
        self.ends = ends
        self.silencedBy = silencedBy
        self.inhibitedBy = inhibitedBy
        self.receivers = receivers
        self.generatorURL = generatorURL
    }

    public var name: String { labels["alertname"] ?? "" }
    public var severity: String { labels["severity"] ?? "" }
}
