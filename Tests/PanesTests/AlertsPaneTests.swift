import Canvas
import Model
import PaneKit
import TestSupport
import Testing

@testable import Panes

struct AlertsPaneTests {
    private func driver(width: Int = 100) -> PaneDriver {
        var company = Company()
        company.fillAlerts()
        return PaneDriver(AlertsPane(), company, width: width)
    }

    @Test("alerts stand in groups by name and severity, the gravest first, silenced ones quiet")
    func groups() { expectGolden(driver().frame, "alerts-100x20") }

    @Test("enter shows labels and annotations")
    func open() {
        var driver = driver(width: 80)
        driver.press("enter")
        expectGolden(driver.frame, "alert-80x20")
    }

    @Test("w goes to the pod that the labels name")
    func workload() {
        var driver = driver()
        driver.press("w")
        let pod = ObjectReference(
            environment: "production", kind: .pods, namespace: "ledger", name: "ledger-api-7c9d-9fz4w")
        #expect(driver.effects == [.go(.object(pod, .describe))])
    }

    @Test("l opens its logs at the minute the alert began")
    func logs() {
        var driver = driver()
        driver.press("l")
        let query = LogQuery(
            environment: "production", namespace: "ledger", target: .pod(name: "ledger-api-7c9d-9fz4w"))
        #expect(driver.effects == [.go(.logs(query, around: Timestamp(seconds: Company.now.seconds - 240)))])
    }

    @Test("an alert about nothing that runs says why w does nothing")
    func nowhere() {
        var driver = driver()
        driver.press("G", "w")
        #expect(driver.effects == [.notice(Notice("the labels name no pod, workload or node"))])
    }

    @Test("the tab counts what is firing")
    func title() { #expect(driver().pane.title(in: driver().context) == "Alerts 3") }

    @Test("an alert that is resolved while it is open says so")
    func resolved() {
        var driver = driver()
        driver.press("enter")
        driver.company.setAlerts([])
        driver.send(.feed(.alerts("production"), Table.Changes()))
        #expect(driver.rows.contains { $0.contains("it was resolved") })
    }

    @Test("no alerts is good news, said as such")
    func none() {
        var driver = driver()
        driver.company.setAlerts([])
        driver.send(.feed(.alerts("production"), Table.Changes()))
        #expect(driver.rows.contains { $0.contains("No alerts: nothing is firing") })
    }

    @Test("the cursor stays on its alert when graver ones come above it")
    func cursorStays() {
        var driver = driver()
        driver.press("j", "j")
        var more = driver.company.world.alerts["production"] ?? []
        more.append(Company.alert("a0", "ApiDown", "critical", minutes: 0))
        driver.company.setAlerts(more)
        driver.send(.feed(.alerts("production"), Table.Changes()))
        driver.press("w")
        let node = ObjectReference(environment: "production", kind: .nodes, namespace: nil, name: "worker-3")
        #expect(driver.effects == [.go(.object(node, .describe))])
    }

    @Test("an alert whose labels name another cluster is of that environment, and is not shown twice")
    func otherCluster() {
        var company = Company(environments: ["sandbox", "production"])
        company.scope = Scope(environments: ["sandbox"])
        let alerts = [
            Company.alert(
                "a1", "Crash", "critical", minutes: 4, labels: ["cluster": "production", "namespace": "x", "pod": "p"]),
            Company.alert(
                "a2", "Crash", "critical", minutes: 5, labels: ["cluster": "sandbox", "namespace": "x", "pod": "q"]),
        ]
        for environment in ["sandbox", "production"] as [EnvironmentID] {
            _ = company.world.apply(
                FeedUpdate(.alerts(environment), status: FeedStatus(.live, since: Company.now), change: .alerts(alerts))
            )
        }
        var driver = PaneDriver(AlertsPane(), company)
        #expect(driver.rows[0].hasPrefix("Alerts  1  1 of other environments"))
        driver.company.scope = Scope(environments: ["sandbox", "production"])
        driver.send(.scopeChanged)
        #expect(driver.rows[0].hasPrefix("Alerts  2 "))
        driver.press("g", "w")
        let pod = ObjectReference(environment: "production", kind: .pods, namespace: "x", name: "p")
        #expect(driver.effects == [.go(.object(pod, .describe))])
    }
}
