import Canvas
import Model
import PaneKit
import Testing

@testable import Panes

@Suite("Changes from other tabs")
struct QuickChangeTests {
    private static func pod(_ name: String) -> ObjectReference {
        ObjectReference(environment: "production", kind: .pods, namespace: "ledger", name: name)
    }

    private func logs(_ target: LogQuery.Target, pods: [String]) -> PaneDriver {
        var company = Company()
        company.fill()
        let query = LogQuery(environment: "production", namespace: "ledger", target: target)
        company.setLog(query, [(1, .live, "one"), (2, .live, "two")], pods: pods)
        var driver = PaneDriver(LogsPane(), company)
        driver.send(.go(.logs(query, around: nil)))
        driver.send(.feed(.log(query), Table.Changes()))
        return driver
    }

    @Test("R in a pod's log restarts the pod")
    func logOfPod() {
        var driver = logs(.pod(name: "ledger-api-1"), pods: ["ledger-api-1"])
        driver.press("R")
        #expect(driver.effects == [.act(Action(.restart, on: [Self.pod("ledger-api-1")], in: "production"))])
    }

    @Test("R in a workload's log restarts the workload, s opens a shell in the pod of the line under the cursor")
    func logOfWorkload() {
        var driver = logs(.workload(kind: "Deployment", name: "ledger-api"), pods: ["ledger-api-1", "ledger-api-2"])
        driver.press("R")
        let deployment = ObjectReference(
            environment: "production", kind: .deployments, namespace: "ledger", name: "ledger-api")
        #expect(driver.effects == [.act(Action(.restart, on: [deployment], in: "production"))])
        driver.press("k", "s")
        #expect(
            driver.effects == [
                .act(Action(.shell(ShellOptions(container: "api")), on: [Self.pod("ledger-api-1")], in: "production"))
            ])
    }

    @Test("R in a log by selector restarts the pod of the line under the cursor")
    func logOfSelector() {
        var driver = logs(.selector("app=ledger"), pods: ["ledger-api-1", "ledger-api-2"])
        driver.press("R")
        #expect(driver.effects == [.act(Action(.restart, on: [Self.pod("ledger-api-2")], in: "production"))])
    }

    @Test("R on an alert restarts what the labels name")
    func alert() {
        var company = Company()
        company.fillAlerts()
        var driver = PaneDriver(AlertsPane(), company)
        driver.press("R")
        #expect(driver.effects == [.act(Action(.restart, on: [Self.pod("ledger-api-7c9d-9fz4w")], in: "production"))])
    }

    @Test("an alert about a node says why there is nothing to restart")
    func alertOfNode() {
        var company = Company()
        company.setAlerts([Company.alert("a3", "DiskFillsUp", "warning", minutes: 3, labels: ["node": "worker-3"])])
        var driver = PaneDriver(AlertsPane(), company)
        driver.press("R")
        #expect(
            driver.effects == [
                .notice(Notice("only pods, deployments, stateful sets and daemon sets can be restarted"))
            ])
    }

    @Test("a pipeline says why there is nothing to restart")
    func pipeline() {
        var driver = PaneDriver(PipelinesPane(), Company())
        driver.press("R")
        #expect(
            driver.effects == [.notice(Notice("a run does not say which workload it ships; :deploy lists them"))])
    }
}
