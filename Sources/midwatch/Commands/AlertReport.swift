import Model

/// An alert as `-o json` prints it.
struct AlertReport: Encodable {
    let name: String
    let state: String
    let labels: [String: String]
    let annotations: [String: String]
    let started: String
    let silencedBy: [String]
    let inhibitedBy: [String]
    let receivers: [String]
    let fingerprint: String

    init(_ alert: Alert) {
        name = alert.name
        state = alert.state.rawValue
        labels = alert.labels
        annotations = alert.annotations
        started = alert.started.rfc3339
        silencedBy = alert.silencedBy
        inhibitedBy = alert.inhibitedBy
        receivers = alert.receivers
        fingerprint = alert.id
    }
}
