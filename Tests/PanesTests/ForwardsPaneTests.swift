import Canvas
import Model
import PaneKit
import TestSupport
import Testing

@testable import Panes

struct ForwardsPaneTests {
    private static func forward(
        _ number: Int, _ kind: ResourceKind = .pods, _ target: String = "ledger-db-0", pod: String = "ledger-db-0",
        _ ports: [(Int, String)] = [(5432, "5432")], _ state: ForwardInfo.State = .listening, name: String = "",
        environment: EnvironmentID = "production", open: Int = 0, total: Int = 0, out: Int = 0, back: Int = 0,
        fault: String = ""
    ) -> ForwardInfo {
        ForwardInfo(
            id: SessionID(number), name: name,
            target: ObjectReference(environment: environment, kind: kind, namespace: "ledger", name: target), pod: pod,
            ports: ports.map { ForwardInfo.Port(local: $0.0, remote: $0.1) }, state: state,
            since: Timestamp(seconds: Company.now.seconds - 4000), openConnections: open, connections: total,
            bytesOut: out, bytesIn: back, lastFault: fault)
    }

    private static let several = [
        forward(1, name: "db", open: 2, total: 1340, out: 48_211, back: 22_900_112),
        forward(
            2, .services, "gateway", pod: "gateway-5f6b-kk2lm", [(8080, "http"), (9090, "metrics")],
            environment: "sandbox", total: 3, out: 900, back: 1_650_000,
            fault: "port 9090: connection refused in the pod"),
        forward(3, .deployments, "ledger-api", pod: "", [(8081, "8080")], .waiting(reason: "no pod is ready")),
        forward(4, .pods, "決済-0", pod: "決済-0", [(0, "80")], .opening, environment: "sandbox"),
        forward(
            5, .pods, "scorer-0", pod: "", [(3000, "3000")], .failed(reason: "port 3000 is in use on this machine")),
        forward(6, .services, "grafana", pod: "", [(3001, "80")], .closed, name: "grafana", environment: "sandbox"),
    ]

    private func driver(_ forwards: [ForwardInfo] = several, width: Int = 80, height: Int = 20) -> PaneDriver {
        var company = Company(environments: ["production", "sandbox"])
        company.setForwards(forwards)
        return PaneDriver(ForwardsPane(), company, width: width, height: height)
    }

    @Test("a wide screen shows ports, states and what goes through, with units")
    func wide() { expectGolden(driver(width: 200, height: 50).frame, "forwards-200x50") }

    @Test("a usual screen shows what matters most")
    func usual() { expectGolden(driver(width: 80, height: 24).frame, "forwards-80x24") }

    @Test("a tiny screen shows the ports")
    func tiny() { expectGolden(driver(width: 20, height: 5).frame, "forwards-20x5") }

    @Test("without any forward the pane says how to open one")
    func empty() { expectGolden(driver([]).frame, "forwards-empty-80x20") }

    @Test("x stops one that nobody uses at once")
    func stop() {
        var driver = driver()
        driver.press("j", "x")
        #expect(driver.effects == [.forward(SessionID(2), .stop)])
    }

    @Test("stopping asks when connections would be cut, and is about the one that was asked about")
    func stopInUse() {
        var driver = driver()
        driver.press("x")
        let prompt = Prompt(
            "stop 1", label: "stop the forward to ledger-db-0? ",
            completions: [
                Completion("stop", detail: "cuts 2 open connections"), Completion("keep", detail: "it goes on"),
            ], isChoice: true)
        #expect(driver.effects == [.ask(prompt)])
        driver.press("j")
        driver.send(.prompt("stop 1", .accepted("stop")))
        #expect(driver.effects == [.forward(SessionID(1), .stop)])
    }

    @Test("enter opens one that is saved or has failed, and says why it does nothing else")
    func open() {
        var driver = driver()
        driver.press("enter")
        #expect(driver.effects == [.notice(Notice("it is open already; o goes to its target"))])
        driver.press("G", "enter")
        #expect(driver.effects == [.forward(SessionID(6), .open)])
        driver.press("k", "enter")
        #expect(driver.effects == [.forward(SessionID(5), .open)])
    }

    @Test("the address is copied; of several, one is chosen")
    func copy() {
        var driver = driver()
        driver.press("c")
        #expect(driver.effects == [.copy("127.0.0.1:5432", what: "127.0.0.1:5432")])
        driver.press("j", "c")
        let prompt = Prompt(
            "copy", label: "copy ",
            completions: [
                Completion("127.0.0.1:8080", detail: "to http"), Completion("127.0.0.1:9090", detail: "to metrics"),
            ], isChoice: true)
        #expect(driver.effects == [.ask(prompt)])
        driver.send(.prompt("copy", .accepted("127.0.0.1:9090")))
        #expect(driver.effects == [.copy("127.0.0.1:9090", what: "127.0.0.1:9090")])
    }

    @Test("a port that is not bound has no address to copy")
    func unbound() {
        var driver = driver()
        driver.press("j", "j", "j", "c")
        #expect(driver.effects == [.notice(Notice("no port of it is bound"))])
    }

    @Test("saving asks for a name, and an empty one is refused")
    func save() {
        var driver = driver()
        driver.press("j", "s")
        #expect(
            driver.effects == [.ask(Prompt("save 2", label: "save the forward to gateway as: ", text: "gateway"))])
        driver.send(.prompt("save 2", .accepted("web")))
        #expect(driver.effects == [.forward(SessionID(2), .save(name: "web"))])
        driver.send(.prompt("save 2", .accepted("")))
        #expect(driver.effects == [.notice(Notice("save: a name is needed; D forgets one that is saved", .warning))])
    }

    @Test("D forgets one that is saved")
    func forget() {
        var driver = driver()
        driver.press("D")
        #expect(driver.effects == [.forward(SessionID(1), .save(name: ""))])
        driver.press("j", "D")
        #expect(driver.effects == [.notice(Notice("it is not saved"))])
    }

    @Test("o goes to the target and w to the pod that serves it now")
    func target() {
        var driver = driver()
        driver.press("j", "o")
        let service = ObjectReference(environment: "sandbox", kind: .services, namespace: "ledger", name: "gateway")
        #expect(driver.effects == [.go(.object(service, .describe))])
        driver.press("w")
        let pod = ObjectReference(
            environment: "sandbox", kind: .pods, namespace: "ledger", name: "gateway-5f6b-kk2lm")
        #expect(driver.effects == [.go(.object(pod, .describe))])
    }

    @Test("the cursor stays on its forward while counters run and others go")
    func cursorStays() {
        var driver = driver()
        driver.press("j", "j", "j", "j")
        var later = Self.several
        later[4].bytesIn = 99
        later.removeFirst()
        driver.company.setForwards(later)
        driver.send(.feed(.forwards, Table.Changes()))
        driver.press("enter")
        #expect(driver.effects == [.forward(SessionID(5), .open)])
    }

    @Test("the filter narrows the list, and says so when nothing is left")
    func filter() {
        var driver = driver()
        driver.send(.prompt("filter", .changed("grafana")))
        #expect(driver.rows[2].contains("grafana"))
        driver.send(.prompt("filter", .changed("nothing like it")))
        #expect(driver.rows.contains { $0.contains("No forward matches the filter") })
    }

    @Test(":pf goes to the forwards")
    func line() {
        let effects = ForwardsPane.descriptor.interpret(CommandLine("pf"), driver().context)
        #expect(effects == [.go(.forwards)])
    }

    @Test(":pf with a name opens the one that is saved under it")
    func lineWithName() {
        let interpret = ForwardsPane.descriptor.interpret
        let context = driver().context
        #expect(interpret(CommandLine("pf grafana"), context) == [.forward(SessionID(6), .open)])
        #expect(
            interpret(CommandLine("forward db"), context) == [.go(.forwards), .notice(Notice("db is open already"))])
        #expect(
            interpret(CommandLine("pf grafan"), context) == [
                .notice(Notice("no forward is saved as grafan here · did you mean grafana?", .warning))
            ])
        let names = ForwardsPane.descriptor.complete(CommandLine("pf "), context).map(\.text)
        #expect(names == ["db", "grafana"])
    }

    @Test("the tab counts what is open")
    func title() { #expect(driver().pane.title(in: driver().context) == "Forwards 4") }
}
