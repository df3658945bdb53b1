import Foundation

/// What makes two events one that happened twice.
struct EventKey: Hashable, Sendable {
    var uid: String
    var reason: String
    var message: String
    var fieldPath: String
}

/// What an event is about.
struct EventSubject: Sendable {
    var kind: String
    var apiVersion: String
    var namespace: String
    var name: String
    var uid: String
    var revision: Int

    static func pod(_ pod: StoredObject) -> EventSubject { of(pod, "Pod", "v1") }

    static func of(_ object: StoredObject, _ kind: String, _ apiVersion: String) -> EventSubject {
        EventSubject(
            kind: kind, apiVersion: apiVersion, namespace: object.key.namespace, name: object.key.name, uid: object.uid,
            revision: object.revision)
    }
}

extension ClusterEngine {
    private static let lifetime: TimeInterval = 3600

    /// An event of a container, from its kubelet.
    func record(
        _ pod: StoredObject, _ reason: String, _ message: String, _ run: PodRun, _ index: Int, isWarning: Bool
    ) {
        let container = run.containers[index]
        let list =
            switch container.role {
            case .initial: "initContainers"
            case .ephemeral: "ephemeralContainers"
            case .main, .sidecar: "containers"
            }
        record(
            .pod(pod), reason, message, source: "kubelet", host: run.node, fieldPath: "spec.\(list){\(container.name)}",
            isWarning: isWarning)
    }

    /// Writes an event, or counts one up that says the same.
    func record(
        _ subject: EventSubject, _ reason: String, _ message: String, source: String, host: String? = nil,
        fieldPath: String? = nil, isWarning: Bool = false
    ) {
        guard !isQuiet else { return }
        let namespace = subject.namespace.isEmpty ? "default" : subject.namespace
        let key = EventKey(uid: subject.uid, reason: reason, message: message, fieldPath: fieldPath ?? "")
        let time = SimJSON.string(KubeTime.text(now))
        if let name = eventNames[key] {
            let again = try? store.update("events", ObjectKey(namespace, name)) { event in
                var event = event
                event["lastTimestamp"] = time
                event["count"] = .int((event["count"].intValue ?? 1) + 1)
                return event
            }
            if again != nil { return }  // Otherwise it was swept away: it is new again.
        }
        let name = "\(subject.name).\(String(generator.next() | 1 << 60, radix: 16))"
        eventNames[key] = name
        var involved: SimJSON = ["kind": .string(subject.kind)]
        if !subject.namespace.isEmpty { involved["namespace"] = .string(subject.namespace) }
        involved["name"] = .string(subject.name)
        involved["uid"] = .string(subject.uid)
        involved["apiVersion"] = .string(subject.apiVersion)
        involved["resourceVersion"] = .string("\(subject.revision)")
        if let fieldPath { involved["fieldPath"] = .string(fieldPath) }
        var origin: SimJSON = ["component": .string(source)]
        if let host { origin["host"] = .string(host) }
        let event: SimJSON = [
            "metadata": [
                "name": .string(name), "namespace": .string(namespace), "creationTimestamp": time,
            ],
            "involvedObject": involved, "reason": .string(reason), "message": .string(message), "source": origin,
            "firstTimestamp": time, "lastTimestamp": time, "count": 1,
            "type": .string(isWarning ? "Warning" : "Normal"), "eventTime": .null,
            "reportingComponent": .string(source), "reportingInstance": .string(host ?? ""),
        ]
        _ = try? store.create("events", event)  // Names are random; a second one alike is one event less.
    }

    /// Events live an hour.
    func sweepEvents() {
        timers.add(now.addingTimeInterval(60), .sweepEvents)
        let horizon = now.timeIntervalSince1970 - Self.lifetime
        for event in store.all("events") {
            let last = KubeTime.seconds(event.json["lastTimestamp"].stringValue) ?? 0
            guard last < horizon else { continue }
            _ = try? store.remove("events", event.key)  // Gone already is as good.
        }
        // Without its name an event that comes again is simply a new one.
        if eventNames.count > 50_000 { eventNames.removeAll() }
    }
}
