import Foundation

/// Where a scenario plays: the company, its clusters, and the time since the scenario began.
///
/// A scenario may begin in the past; what should have happened by now then happens at once, with its proper times.
final class ScenarioStage: Sendable {
    let state: CompanyState
    let beginning: Date
    private let controls: [String: any ClusterControls]

    init(state: CompanyState, controls: [String: any ClusterControls], beginning: Date) {
        self.state = state
        self.controls = controls
        self.beginning = beginning
    }

    /// The moment so many seconds after the beginning.
    func moment(_ seconds: Double) -> Date { beginning.addingTimeInterval(seconds) }

    /// Returns at that moment, at once when it has passed.
    func wait(until seconds: Double) async throws { try await state.clock.sleep(until: moment(seconds)) }

    func cluster(_ name: String) -> (any ClusterControls)? { controls[name] }

    /// Containers of an app complain from one moment to another.
    func complain(
        _ kind: LogEpisode.Kind, cluster: String, namespace: String, app: String, from: Double, to: Double,
        share: Double
    ) {
        state.logs.add(
            LogEpisode(
                cluster: cluster, namespace: namespace, app: app, from: moment(from), to: moment(to), kind: kind,
                share: share))
    }

    /// An alert begins to fire.
    func fire(
        _ name: String, severity: String, cluster: String, namespace: String, labels: [String: String] = [:],
        podOf: String? = nil, at seconds: Double, summary: String, description: String
    ) {
        let team = CompanyTable.namespaces.first { $0.name == namespace }?.team ?? "platform"
        state.alerts.fire(
            SteadyAlerts.alert(
                name, severity: severity, cluster: cluster, namespace: namespace, team: team, labels: labels,
                podOf: podOf,
                summary: summary, description: description, startsAt: moment(seconds)))
    }

    /// Alerts of a name in a cluster are over.
    func resolve(_ name: String, cluster: String, at seconds: Double) {
        state.alerts.resolve(where: ["alertname": name, "cluster": cluster], at: moment(seconds))
    }
}
