import Canvas
import Model
import PaneKit

/// The alerts of the scope as rows, grouped by name and severity, the gravest group first.
struct AlertRows {
    let rows: [ListView<AlertsPane.AlertID>.Row]

    /// Alerts that the labels say are about environments out of view.
    let elsewhere: Int

    init(_ context: PaneContext) {
        let all = AlertRows.attributed(context)
        let alerts = all.filter { context.scope.environments.contains($0.0) }
        elsewhere = all.count - alerts.count
        let several = context.scope.environments.count > 1
        let groups = Dictionary(grouping: alerts) { Group(name: $0.1.name, severity: $0.1.severity) }
        rows = groups.keys.sorted().flatMap { group -> [ListView<AlertsPane.AlertID>.Row] in
            let members = (groups[group] ?? []).sorted { ($0.1.started, $0.1.id) > ($1.1.started, $1.1.id) }
            return [Self.heading(group, members.count)]
                + members.map { Self.row($0.1, $0.0, several: several, context) }
        }
    }

    /// Each alert once, under the environment that it is about: several environments may share one Alertmanager.
    static func attributed(_ context: PaneContext) -> [(EnvironmentID, Alert)] {
        var seen: Set<AlertsPane.AlertID> = []
        var list: [(EnvironmentID, Alert)] = []
        for source in context.scope.environments {
            for alert in context.world.alerts[source] ?? [] {
                let environment = AlertSubject.environment(alert, context.world.environments) ?? source
                if seen.insert(.init(environment: environment, fingerprint: alert.id)).inserted {
                    list.append((environment, alert))
                }
            }
        }
        return list
    }

    private struct Group: Hashable, Comparable {
        var name: String
        var severity: String
        static func < (a: Group, b: Group) -> Bool {
            (Severity.rank(a.severity), a.name, a.severity) < (Severity.rank(b.severity), b.name, b.severity)
        }
    }

    private static func heading(_ group: Group, _ count: Int) -> ListView<AlertsPane.AlertID>.Row {
        let tone = Severity.tone(group.severity)
        let line = StyledLine([
            .init(group.name.isEmpty ? "(no name)" : group.name, CellStyle(.title, .bold)),
            .init("  " + (group.severity.isEmpty ? "no severity" : group.severity), CellStyle(tone.role)),
            .init("  \(count)", CellStyle(.muted)),
        ])
        return .init(
            id: .init(environment: "", fingerprint: "group \(group.name) \(group.severity)"), cells: [line],
            isHeading: true)
    }

    private static func row(_ alert: Alert, _ environment: EnvironmentID, several: Bool, _ context: PaneContext)
        -> ListView<AlertsPane.AlertID>.Row
    {
        let isQuiet = alert.state != .active
        let style = CellStyle(isQuiet ? .muted : .text)
        let summary =
            alert.annotations["summary"] ?? alert.annotations["message"] ?? alert.annotations["description"] ?? ""
        let about = AlertSubject.words(alert)
        return .init(
            id: .init(environment: environment, fingerprint: alert.id),
            cells: [
                StyledLine(Age.text(context.now.since(alert.started)), CellStyle(.muted)),
                StyledLine(stateWords(alert), isQuiet ? CellStyle(.muted) : CellStyle(.text)),
                StyledLine(summary.split(separator: "\n").first.map(String.init) ?? "", style),
                StyledLine(several ? "\(environment)  \(about)" : about, CellStyle(.muted)),
            ], tone: isQuiet ? .muted : Severity.tone(alert.severity))
    }

    static func stateWords(_ alert: Alert) -> String {
        if !alert.silencedBy.isEmpty { return "silenced" }
        if !alert.inhibitedBy.isEmpty { return "inhibited" }
        return alert.state == .active ? "firing" : alert.state.rawValue
    }
}
