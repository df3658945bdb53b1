import Canvas
import Model
import PaneKit
import TestSupport
import Testing

@testable import Panes

struct WorkloadsPaneTests {
    private func driver(width: Int = 80, height: Int = 20, fill: Bool = true) -> PaneDriver {
        var company = Company()
        if fill { company.fill() }
        return PaneDriver(WorkloadsPane(), company, width: width, height: height)
    }

    private func pods(width: Int = 80, height: Int = 20) -> PaneDriver {
        var driver = driver(width: width, height: height)
        driver.send(.go(.table(TableRequest(kind: "pods"))))
        return driver
    }

    @Test("the overview counts kinds and lists what needs attention")
    func overview() { expectGolden(driver().frame, "overview-80x20") }

    @Test("the overview says honestly what is still loading")
    func overviewLoading() { expectGolden(driver(fill: false).frame, "overview-loading-80x20") }

    @Test("pods stand with their signs, sorted by namespace and name")
    func podsNarrow() { expectGolden(pods().frame, "pods-80x20") }

    @Test("a wide screen shows describe beside the table")
    func detail() {
        var driver = pods(width: 200, height: 30)
        driver.press("v")
        expectGolden(driver.frame, "pods-detail-200x30")
    }

    @Test("a deployment opens its replica sets, a replica set its pods")
    func descend() {
        var driver = driver()
        driver.send(.go(.table(TableRequest(kind: "deploy"))))
        driver.press("enter")
        #expect(driver.rows[0].hasPrefix("ReplicaSets of ledger-api"))
        let query = TableQuery(environment: "production", kind: .replicaSets, scope: .some(["ledger"]))
        #expect(driver.pane.feeds(in: driver.context).contains(.table(query)))
    }

    @Test("going back comes to the same row")
    func back() {
        var driver = pods()
        driver.press("j", "j", "d", "escape")
        #expect(driver.rows[0].hasPrefix("Pods  6"))
        driver.press("c")
        #expect(driver.effects == [.copy("ledger-db-0", what: "ledger-db-0")])
    }

    @Test("forward goes where back came from")
    func forward() {
        var driver = pods()
        driver.press("y", "escape", "]")
        #expect(driver.rows[0].hasPrefix("Pod ledger/ledger-api-7c9d-2xkqp  yaml"))
    }

    @Test("escape clears the filter before it goes back")
    func escapeClears() {
        var driver = pods()
        driver.send(.prompt("filter", .accepted("crash")))
        #expect(driver.rows[0].hasPrefix("Pods  1 of 6  / crash"))
        driver.press("escape")
        #expect(driver.rows[0].hasPrefix("Pods  6 "))
    }

    @Test("a filter that hides all says how many it hides")
    func hiddenByFilter() {
        var driver = pods()
        driver.send(.prompt("filter", .accepted("nosuchpod")))
        #expect(driver.rows.contains { $0.contains("Nothing matches the filter (6 hidden)") })
    }

    @Test("l follows the logs of the pod under the cursor")
    func logs() {
        var driver = pods()
        driver.press("j", "l")
        let query = LogQuery(
            environment: "production", namespace: "ledger", target: .pod(name: "ledger-api-7c9d-9fz4w"))
        #expect(driver.effects == [.go(.logs(query, around: nil))])
    }

    @Test("a forbidden list says so, and what can be done")
    func forbidden() {
        var company = Company()
        company.setStatus(
            .table(Company.query(.pods)), .forbidden(reason: "user viewer cannot list pods in all namespaces"),
            hint: "name a namespace you may see: :ns NAME")
        var driver = PaneDriver(WorkloadsPane(), company)
        driver.send(.go(.table(TableRequest(kind: "pods"))))
        expectGolden(driver.frame, "pods-forbidden-80x20")
    }

    @Test("a server that cannot be reached is said with its reason")
    func failed() {
        var company = Company()
        company.setStatus(.table(Company.query(.pods)), .failed(reason: "connection refused at https://10.0.0.1:6443"))
        var driver = PaneDriver(WorkloadsPane(), company)
        driver.send(.go(.table(TableRequest(kind: "pods"))))
        expectGolden(driver.frame, "pods-failed-80x20")
    }

    @Test("old data stays on the screen and says how old it is")
    func stale() {
        var driver = pods()
        driver.company.setStatus(.table(Company.query(.pods)), .stale(reason: "the connection was cut"))
        #expect(driver.rows[0].hasSuffix("◌ stale 42s · the connection was cut"))
        #expect(driver.rows.contains { $0.contains("ledger-db-0") })
    }

    @Test("several environments share a table with a column that says which")
    func severalEnvironments() {
        var company = Company(environments: ["production", "sandbox"])
        company.fill()
        company.set(
            .pods, Company.podColumns, [Company.row("ledger", "ledger-api-1", ["1/1", "Running", "0", "1m"])], "sandbox"
        )
        var driver = PaneDriver(WorkloadsPane(), company, width: 100)
        driver.send(.go(.table(TableRequest(kind: "po"))))
        expectGolden(driver.frame, "pods-two-environments-100x20")
    }

    @Test("a kind that no environment has is said, not shown as an empty table")
    func unknownKind() {
        var driver = driver()
        driver.send(.go(.table(TableRequest(kind: "gizmos"))))
        #expect(driver.rows.contains { $0.contains("no environment in view has a kind called gizmos") })
    }

    @Test("pages draw at one cell")
    func tiny() {
        var driver = pods(width: 1, height: 1)
        driver.press("d")
        #expect(driver.frame.textRows.count == 1)
    }

    @Test(":po payments -l app=x /crash/ goes to a filtered table of a namespace")
    func interpret() {
        let context = Company().context()
        let effects = WorkloadsPane.descriptor.interpret(CommandLine("po payments -l app=x /crash/"), context)
        let scope = Scope(environments: ["production"], namespaces: .some(["payments"]))
        let request = TableRequest(kind: "po", labelSelector: "app=x", filter: "/crash/")
        #expect(effects == [.setScope(scope), .go(.table(request))])
    }

    @Test("a namespace that is not there is said, with the nearest one")
    func interpretNoNamespace() {
        var company = Company()
        company.set(.namespaces, Company.podColumns, [Company.row("", "payments", ["Active"])])
        let effects = WorkloadsPane.descriptor.interpret(CommandLine("po payment"), company.context())
        let words = "there is no namespace payment in production · did you mean payments? · / filters by name"
        #expect(effects == [.notice(Notice(words, .warning))])
    }

    @Test("a click on a title sorts by it, and the next one the other way")
    func clickTitle() {
        var driver = pods()
        driver.send(.mouse(MouseEvent(.press, at: Point(x: 16, y: 1))))
        #expect(driver.rows[0].contains("by name"))
        driver.send(.mouse(MouseEvent(.press, at: Point(x: 16, y: 1))))
        #expect(driver.rows[0].contains("by name, largest first"))
    }

    @Test("node and address stand where there is room for them, and only there")
    func roomForMore() {
        var company = Company()
        let columns =
            Company.podColumns + [TableColumn(name: "IP", priority: 1), TableColumn(name: "Node", priority: 1)]
        company.set(
            .pods, columns, [Company.row("a", "api-0", ["1/1", "Running", "0", "90m", "10.1.0.7", "worker-3"])])
        var wide = PaneDriver(WorkloadsPane(), company, width: 100)
        wide.send(.go(.table(TableRequest(kind: "pods"))))
        #expect(wide.rows[2].hasSuffix("10.1.0.7  worker-3"))
        var narrow = PaneDriver(WorkloadsPane(), company, width: 60)
        narrow.send(.go(.table(TableRequest(kind: "pods"))))
        #expect(!narrow.rows[1].contains("IP"))
    }

    @Test("a word that is no kind is left to others")
    func interpretNothing() {
        #expect(WorkloadsPane.descriptor.interpret(CommandLine("gizmos"), Company().context()) == nil)
    }

    @Test("a change that came while another page was on top is counted when the overview is back")
    func overviewCatchesUp() {
        var driver = driver()
        driver.press("j", "j", "j", "j", "j", "enter")
        #expect(driver.rows[0].hasPrefix("Pods  6"))
        var delta = TableDelta()
        delta.put(Company.row("ledger", "ledger-api-new", ["0/1", "Error", "0", "1m"]))
        delta.remove(RowKey(namespace: "ledger", name: "ledger-db-0"))
        let feed = FeedID.table(Company.query(.pods))
        let changes = driver.company.world.apply(FeedUpdate(feed, change: .table(delta)))
        driver.send(.feed(feed, changes))
        driver.press("escape")
        #expect(driver.rows[7] == "✖ Pods                   6         2         1         ·         2         1")
    }

    @Test("a table page that was covered shows what changed meanwhile")
    func tableCatchesUp() {
        var driver = pods()
        driver.press("d")
        var delta = TableDelta()
        delta.put(Company.row("ledger", "ledger-api-new", ["1/1", "Running", "0", "1m"]))
        let feed = FeedID.table(Company.query(.pods))
        let changes = driver.company.world.apply(FeedUpdate(feed, change: .table(delta)))
        driver.send(.feed(feed, changes))
        driver.press("escape")
        #expect(driver.rows[0].hasPrefix("Pods  7"))
        #expect(driver.rows.contains { $0.contains("ledger-api-new") })
    }

    @Test("-l is asked of the server when the filter is accepted, not at each key")
    func selectorOnAccept() {
        var driver = pods()
        let plain = FeedID.table(Company.query(.pods))
        driver.send(.prompt("filter", .changed("-l app=led")))
        #expect(driver.pane.feeds(in: driver.context).contains(plain))
        driver.send(.prompt("filter", .accepted("-l app=ledger")))
        let selected = TableQuery(environment: "production", kind: .pods, labelSelector: "app=ledger")
        #expect(driver.pane.feeds(in: driver.context).contains(.table(selected)))
    }

    @Test("describe shows facts, containers and events with their signs")
    func describe() {
        var driver = pods()
        driver.company.describePod()
        driver.press("j", "d")
        expectGolden(driver.frame, "describe-80x20")
    }

    @Test("YAML has its keys, values and blocks told apart")
    func yaml() {
        var driver = pods()
        driver.company.describePod()
        driver.press("j", "y")
        expectGolden(driver.frame, "yaml-80x20")
    }

    @Test("enter on a pod lists its containers, init first")
    func containers() {
        var driver = pods(width: 120)
        driver.company.describePod()
        driver.press("j", "enter")
        expectGolden(driver.frame, "containers-120x20")
    }

    @Test("the detail pane stands below where there is no room beside")
    func detailBelow() {
        var driver = pods(width: 80, height: 24)
        driver.company.describePod()
        driver.press("j", "v")
        expectGolden(driver.frame, "pods-detail-80x24")
    }

    @Test("ten thousand characters, wide ones and escape sequences in cells leave the table in shape")
    func worstCells() {
        var company = Company()
        company.set(
            .pods, Company.podColumns,
            [
                Company.row("ledger", "漢字-pod-名前", ["1/1", String(repeating: "x", count: 10_000), "0", "1m"]),
                Company.row("ledger", "plain", ["1/1", "\u{1B}[31mRed\u{9B}2J\u{202E}", "🚀🚀", "1m"]),
            ])
        var driver = PaneDriver(WorkloadsPane(), company)
        driver.send(.go(.table(TableRequest(kind: "pods"))))
        expectGolden(driver.frame, "pods-worst-80x20")
    }

    @Test("a cluster without metrics says in a word why there is no CPU and memory")
    func noMetrics() {
        var driver = pods()
        let query = MetricsQuery(environment: "production", subject: .pods)
        driver.company.setStatus(.metrics(query), .absent(reason: "metrics.k8s.io is not served"))
        #expect(driver.rows[0].contains("no CPU and MEM: the server has no metrics"))
        driver.press("C")
        #expect(driver.effects == [.notice(Notice("∅ metrics.k8s.io is not served"))])
    }

    @Test("what needs attention can be described and its logs read from the overview")
    func overviewActs() {
        var driver = driver()
        driver.press("G", "k", "k", "l")
        let query = LogQuery(
            environment: "production", namespace: "ledger", target: .pod(name: "ledger-api-7c9d-9fz4w"))
        #expect(driver.effects == [.go(.logs(query, around: nil))])
        driver.press("d")
        #expect(driver.rows[0].hasPrefix("Pod ledger/ledger-api-7c9d-9fz4w  describe"))
    }

    @Test("sorting goes to the row that comes first")
    func sortGoesToTop() {
        var driver = pods()
        driver.press("g", "T", "T", "c")
        #expect(driver.effects == [.copy("ledger-api-7c9d-9fz4w", what: "ledger-api-7c9d-9fz4w")])
    }

    @Test("a cluster that prints other columns has its cells under the right titles")
    func otherColumns() {
        var company = Company(environments: ["production", "sandbox"])
        company.set(.pods, Company.podColumns, [Company.row("a", "pod-1", ["1/1", "Running", "0", "1m"])])
        let older = ["Name", "Status", "Ready", "Age"].map { TableColumn(name: $0, isAge: $0 == "Age") }
        company.set(.pods, older, [Company.row("a", "pod-2", ["Pending", "0/1", ""])], "sandbox")
        var driver = PaneDriver(WorkloadsPane(), company, width: 100)
        driver.send(.go(.table(TableRequest(kind: "pods"))))
        #expect(
            driver.rows[2...3] == [
                "   production  a          pod-1  1/1    Running  0           90m",
                " ◌ sandbox     a          pod-2  0/1    Pending              90m",
            ])
    }
}
