import Foundation

extension AlertmanagerService {
    /// One alert with what routing, silences and inhibitions make of it.
    struct RoutedAlert {
        var alert: SimAlert
        var receivers: [String]
        var silencedBy: [String]
        var inhibitedBy: [String]

        var isSuppressed: Bool { !silencedBy.isEmpty || !inhibitedBy.isEmpty }
    }

    /// `GET /alerts`: what fires and passes the filter, by fingerprint.
    func alerts(_ request: SimRequest) -> SimResponse {
        guard let filter = AlertFilter(request) else { return badFilter(request) }
        let now = state.clock.now
        let chosen = routed(at: now).filter(filter.admits).sorted { $0.alert.fingerprint < $1.alert.fingerprint }
        return .json(.array(chosen.map { json(of: $0, at: now) }))
    }

    /// `GET /alerts/groups`: the same by receiver and group labels.
    func groups(_ request: SimRequest) -> SimResponse {
        guard let filter = AlertFilter(request) else { return badFilter(request) }
        let now = state.clock.now
        var groups: [String: (receiver: String, labels: [String: String], alerts: [RoutedAlert])] = [:]
        for routed in routed(at: now) where filter.admits(routed) {
            let labels = routed.alert.labels.filter { routing.groupBy.contains($0.key) }
            let words = labels.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: ",")
            for receiver in routed.receivers where filter.admits(receiver: receiver) {
                groups["\(words)/\(receiver)", default: (receiver, labels, [])].alerts.append(routed)
            }
        }
        let json = groups.sorted { $0.key < $1.key }.map { _, group -> SimJSON in
            let alerts = group.alerts.sorted { $0.alert.fingerprint < $1.alert.fingerprint }
            return [
                "alerts": .array(alerts.map { self.json(of: $0, at: now) }), "labels": SimJSON(sorted: group.labels),
                "receiver": ["name": .string(group.receiver)],
            ]
        }
        return .json(.array(json))
    }

    /// `POST /alerts`: takes alerts from outside, as Prometheus or a person sends them.
    func receive(_ request: SimRequest) -> SimResponse {
        let now = state.clock.now
        guard let items = (try? SimJSON(parsing: request.body))?.arrayValue else {
            // Any reason why the body is no array is the same to the sender.
            return .json(
                ["code": 400, "message": "parsing alerts body from \"\" failed, because invalid JSON"], status: 400)
        }
        for item in items {
            let labels = item["labels"].members.reduce(into: [String: String]()) { $0[$1.key] = $1.value.stringValue }
            guard !labels.isEmpty else { return .json("at least one label pair required", status: 400) }
            let annotations = item["annotations"].members.reduce(into: [String: String]()) {
                $0[$1.key] = $1.value.stringValue
            }
            let end = Self.moment(item["endsAt"])
            let start = Self.moment(item["startsAt"])
            state.alerts.fire(
                SimAlert(
                    labels: labels.filter { !$0.value.isEmpty }, annotations: annotations, startsAt: start ?? now,
                    resolvedAt: end))
        }
        return SimResponse(status: 200)
    }

    /// A time of Go's, whose zero (the year 1) stands for none.
    private static func moment(_ json: SimJSON) -> Date? {
        json.stringValue.flatMap(Date.init(rfc3339:)).flatMap { $0.timeIntervalSince1970 > 0 ? $0 : nil }
    }

    private func routed(at now: Date) -> [RoutedAlert] {
        let firing = state.alerts.firing(at: now, pods: state.podName)
        let silences = silences.sorted(at: now)
        return firing.map { alert in
            RoutedAlert(
                alert: alert, receivers: routing.receivers(for: alert.labels),
                silencedBy: silences.filter { $0.silences(alert, at: now) }.map(\.id),
                inhibitedBy: routing.inhibitors(of: alert, among: firing))
        }
    }

    private func json(of routed: RoutedAlert, at now: Date) -> SimJSON {
        let alert = routed.alert
        let resent = now.addingTimeInterval(-now.timeIntervalSince(alert.startsAt).truncatingRemainder(dividingBy: 30))
        return [
            "annotations": SimJSON(sorted: alert.annotations),
            "endsAt": .string((alert.resolvedAt ?? resent.addingTimeInterval(240)).milliseconds),
            "fingerprint": .string(alert.fingerprint),
            "receivers": .array(routed.receivers.map { ["name": .string($0)] }),
            "startsAt": .string(alert.startsAt.milliseconds),
            "status": [
                "inhibitedBy": .array(routed.inhibitedBy.map { .string($0) }),
                "silencedBy": .array(routed.silencedBy.map { .string($0) }),
                "state": routed.isSuppressed ? "suppressed" : "active",
            ],
            "updatedAt": .string(resent.milliseconds),
            "generatorURL": .string(
                "https://prometheus.\(alert.labels["cluster"] ?? "production").lanternpay.example/graph?g0.expr=ALERTS&g0.tab=1"
            ),
            "labels": SimJSON(sorted: alert.labels),
        ]
    }

    func badFilter(_ request: SimRequest) -> SimResponse {
        let bad = request.query.first { $0.name == "filter" && AlertMatcher(parsing: $0.value) == nil }?.value
        guard let bad else {
            let receiver = request.parameter("receiver") ?? ""
            return .json(.string("failed to parse receiver param: error parsing regexp: \(receiver)"), status: 400)
        }
        return .json(.string("bad matcher format: \(bad)"), status: 400)
    }
}

/// What the query of `/alerts` and `/alerts/groups` asks for; every boolean is true when it is not given.
struct AlertFilter {
    private var matchers: [AlertMatcher]
    private var receiver: String?
    private var active: Bool
    private var silenced: Bool
    private var inhibited: Bool

    /// Nil when a matcher or the receiver's pattern cannot be read.
    init?(_ request: SimRequest) {
        let parsed = request.query.filter { $0.name == "filter" }.map { AlertMatcher(parsing: $0.value) }
        guard !parsed.contains(nil) else { return nil }
        matchers = parsed.compactMap { $0 }
        receiver = request.parameter("receiver")
        // A pattern that does not compile is refused, whatever the reason.
        if let receiver, (try? Regex(receiver)) == nil { return nil }
        active = request.parameter("active") != "false"
        silenced = request.parameter("silenced") != "false"
        inhibited = request.parameter("inhibited") != "false"
    }

    func admits(_ routed: AlertmanagerService.RoutedAlert) -> Bool {
        if !active, !routed.isSuppressed { return false }
        if !silenced, !routed.silencedBy.isEmpty { return false }
        if !inhibited, !routed.inhibitedBy.isEmpty { return false }
        guard routed.receivers.contains(where: admits(receiver:)) else { return false }
        return matchers.allSatisfy { $0.matches(routed.alert.labels) }
    }

    func admits(receiver name: String) -> Bool {
        guard let receiver else { return true }
        return AlertMatcher(name: "receiver", value: receiver, isRegex: true).matches(["receiver": name])
    }
}
