/// The company's routing: which receiver gets an alert, how alerts are grouped, and which ones keep others quiet.
struct AlertRouting: Sendable {
    private struct Inhibition: Sendable {
        var source: [AlertMatcher]
        var target: [AlertMatcher]
        var equal: [String]
    }

    let teams: [String]
    let groupBy = ["alertname", "cluster", "namespace"]

    init(company: Company) {
        teams = Set(company.clusters.flatMap { $0.namespaces.map(\.team) }).sorted()
    }

    var receivers: [String] { ["watch", "pager", "blackhole"] + teams.map { "team-\($0)" } }

    /// The receivers of an alert, in the order of their routes.
    func receivers(for labels: [String: String]) -> [String] {
        if labels["alertname"] == "Watchdog" { return ["blackhole"] }
        let team = labels["team"].flatMap { teams.contains($0) ? "team-\($0)" : nil } ?? "watch"
        return labels["severity"] == "critical" ? ["pager", team] : [team]
    }

    /// The fingerprints of the alerts that keep this one quiet.
    func inhibitors(of alert: SimAlert, among alerts: [SimAlert]) -> [String] {
        let sources = Self.inhibitions.filter { rule in rule.target.allSatisfy { $0.matches(alert.labels) } }.flatMap {
            rule in
            alerts.filter { source in
                source.labels != alert.labels && rule.source.allSatisfy { $0.matches(source.labels) }
                    && rule.equal.allSatisfy { source.labels[$0] ?? "" == alert.labels[$0] ?? "" }
            }
        }
        return Set(sources.map(\.fingerprint)).sorted()
    }

    /// What `/status` shows as the configuration that was read.
    var configuration: String {
        let routes = teams.map { "    - matchers: [team=\"\($0)\"]\n      receiver: team-\($0)\n" }.joined()
        let names = receivers.map { "  - name: \($0)\n" }.joined()
        return """
            global:
              resolve_timeout: 5m
            route:
              receiver: watch
              group_by: [\(groupBy.joined(separator: ", "))]
              group_wait: 30s
              group_interval: 5m
              repeat_interval: 4h
              routes:
                - matchers: [alertname="Watchdog"]
                  receiver: blackhole
                - matchers: [severity="critical"]
                  receiver: pager
                  continue: true
            \(routes)inhibit_rules:
              - source_matchers: [severity="critical"]
                target_matchers: [severity=~"warning|info"]
                equal: [alertname, cluster, namespace]
              - source_matchers: [alertname="KubeNodeNotReady"]
                target_matchers: [alertname="KubePodNotReady"]
                equal: [cluster]
            receivers:
            \(names)
            """
    }

    private static let inhibitions = [
        Inhibition(
            source: [AlertMatcher(name: "severity", value: "critical")],
            target: [AlertMatcher(name: "severity", value: "warning|info", isRegex: true)],
            equal: ["alertname", "cluster", "namespace"]),
        Inhibition(
            source: [AlertMatcher(name: "alertname", value: "KubeNodeNotReady")],
            target: [AlertMatcher(name: "alertname", value: "KubePodNotReady")], equal: ["cluster"]),
    ]
}
