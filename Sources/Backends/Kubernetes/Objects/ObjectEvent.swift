import JSON
import Model

/// Reads the events of an object, in either of the two APIs that have them.
enum ObjectEvent {
    static func read(_ value: JSONValue) -> ObjectDocument.Event {
        let created = time(value, "metadata", "creationTimestamp")
        let single = time(value, "eventTime")
        let first = time(value, "firstTimestamp") ?? time(value, "deprecatedFirstTimestamp") ?? single ?? created
        let last =
            time(value, "series", "lastObservedTime") ?? time(value, "lastTimestamp")
            ?? time(value, "deprecatedLastTimestamp") ?? single ?? created
        let component = value.text("source", "component")
        let reporter = component.isEmpty ? value.text("reportingComponent") : component
        let host = value.text("source", "host")
        let message = value.text("message").isEmpty ? value.text("note") : value.text("message")
        return ObjectDocument.Event(
            lastSeen: last ?? .zero, firstSeen: first ?? .zero, isWarning: value.text("type") == "Warning",
            reason: value.text("reason"), source: host.isEmpty ? reporter : "\(reporter), \(host)", message: message,
            count: value.number("series", "count") ?? value.number("count") ?? 1)
    }

    /// Newest first.
    static func inOrder(_ events: some Sequence<ObjectDocument.Event>) -> [ObjectDocument.Event] {
        events.sorted { ($1.lastSeen, $1.firstSeen) < ($0.lastSeen, $0.firstSeen) }
    }

    private static func time(_ value: JSONValue, _ keys: String...) -> Timestamp? {
        value.at(keys)?.string.flatMap { Timestamp(rfc3339: $0) }
    }
}
