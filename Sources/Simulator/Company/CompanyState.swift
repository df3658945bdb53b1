import Foundation

/// The company as it lives: what never changes (who and what), and the books in which the day is written.
///
/// Made once a simulation; the cluster, the scenarios and the servers around share it.
final class CompanyState: Sendable {
    let company: Company
    let clock: any SimulationClock
    let startedAt: Date
    /// Which containers ran when.
    let ledger: ContainerLedger
    /// What they wrote.
    let logs: LogScript
    /// What is alarming.
    let alerts: AlertBook
    /// What was built, is being built and waits to be.
    let runs: RunBook

    init(
        company: Company, clock: any SimulationClock, ledger: ContainerLedger = ContainerLedger(),
        logs: LogScript? = nil
    ) {
        self.company = company
        self.clock = clock
        self.ledger = ledger
        self.logs = logs ?? LogScript(seed: company.seed)
        startedAt = clock.now
        alerts = AlertBook(steady: SteadyAlerts.of(company, at: clock.now))
        runs = RunBook(company: company, startedAt: clock.now)
    }

    /// The name of the newest pod of an app that has not ended, for what names pods from outside of the cluster.
    func podName(cluster: String, namespace: String, app: String) -> String? {
        ledger.allRuns(cluster: cluster)
            .filter { $0.namespace == namespace && $0.app == app }
            .max { ($0.startedAt, $0.pod) < ($1.startedAt, $1.pod) }?.pod
    }
}
