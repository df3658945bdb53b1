import Canvas
import Model
import PaneKit
import TestSupport
import Testing

@testable import Panes

@Suite("Changes")
struct ChangeTests {
    private static let pod = ObjectReference(
        environment: "production", kind: .pods, namespace: "ledger", name: "ledger-api-7c9d-2xkqp",
        uid: "uid-ledger-api-7c9d-2xkqp")
    private static let deployment = ObjectReference(
        environment: "production", kind: .deployments, namespace: "ledger", name: "ledger-api", uid: "uid-ledger-api")

    private func driver(_ kind: String, _ change: (inout Company) -> Void = { _ in }) -> PaneDriver {
        var company = Company()
        company.fill()
        change(&company)
        var driver = PaneDriver(WorkloadsPane(), company)
        driver.send(.go(.table(TableRequest(kind: kind))))
        return driver
    }

    private func notice(_ words: String) -> [Effect] { [.notice(Notice(words))] }

    // From a key to an action.

    @Test("R restarts the pod under the cursor, with the uid that is on the screen")
    func restart() {
        var driver = driver("pods")
        driver.press("R")
        #expect(driver.effects == [.act(Action(.restart, on: [Self.pod], in: "production"))])
    }

    @Test("marked rows are changed together, in the table's order")
    func marked() {
        var driver = driver("pods")
        driver.press("j", "space", "g", "space", "ctrl-d")
        var other = Self.pod
        other.name = "ledger-api-7c9d-9fz4w"
        other.uid = "uid-ledger-api-7c9d-9fz4w"
        #expect(driver.effects == [.act(Action(.delete(DeleteOptions()), on: [Self.pod, other], in: "production"))])
    }

    @Test("a fault of the overview is restarted with its uid")
    func overview() {
        var company = Company()
        company.fill()
        var driver = PaneDriver(WorkloadsPane(), company)
        driver.press("G", "k", "R")
        guard case .act(let action)? = driver.effects.first else {
            Issue.record("no action but \(driver.effects)")
            return
        }
        #expect(action.objects.first?.uid.isEmpty == false)
    }

    // Questions.

    @Test("scaling asks for replicas, the present number standing there")
    func scale() {
        var driver = driver("deploy")
        driver.press("G", "k", "r")
        #expect(driver.effects == [.ask(Prompt("change", label: "replicas of ledger-api: ", text: "2"))])
        driver.send(.prompt("change", .accepted("5")))
        #expect(driver.effects == [.act(Action(.scale(replicas: 5), on: [Self.deployment], in: "production"))])
    }

    @Test("a number below zero is refused, and what was typed stays")
    func scaleBelow() {
        var driver = driver("deploy")
        driver.press("g", "r")
        driver.send(.prompt("change", .accepted("-1")))
        #expect(
            driver.effects == [
                .ask(Prompt("change", label: "replicas of ledger-api: ", text: "-1")),
                .notice(Notice("replicas are a number from 0 on, not \"-1\"", .warning)),
            ])
    }

    @Test("a question that was left changes nothing")
    func cancelled() {
        var driver = driver("deploy")
        driver.press("r")
        driver.send(.prompt("change", .cancelled))
        #expect(driver.effects == [])
    }

    @Test("the change stays with its object when the cursor moves on while it is asked")
    func stays() {
        var driver = driver("deploy")
        driver.press("g", "r", "j")
        driver.send(.prompt("change", .accepted("5")))
        #expect(driver.effects == [.act(Action(.scale(replicas: 5), on: [Self.deployment], in: "production"))])
    }

    @Test("another image is asked for with the present one standing there")
    func image() {
        var driver = driver("deploy") { company in
            let columns =
                Company.deploymentColumns + ["Containers", "Images"].map { TableColumn(name: $0, priority: 1) }
            company.set(
                .deployments, columns,
                [Company.row("ledger", "ledger-api", ["1/2", "2", "1", "20d", "api", "ledger-api:4.2.0"])])
        }
        driver.press("i")
        #expect(
            driver.effects == [
                .ask(Prompt("change", label: "image of api: ", text: "ledger-api:4.2.0", history: "images"))
            ])
        driver.send(.prompt("change", .accepted("ledger-api:4.2.1")))
        #expect(
            driver.effects == [
                .act(Action(.setImage(["api": "ledger-api:4.2.1"]), on: [Self.deployment], in: "production"))
            ])
    }

    @Test("of several containers one is chosen first")
    func imageOfSeveral() {
        var driver = driver("deploy") { company in
            let columns =
                Company.deploymentColumns + ["Containers", "Images"].map { TableColumn(name: $0, priority: 1) }
            company.set(
                .deployments, columns,
                [Company.row("ledger", "ledger-api", ["1/2", "2", "1", "20d", "api,proxy", "ledger-api:4,proxy:1"])])
        }
        driver.press("i")
        let choices = [Completion("api", detail: "ledger-api:4"), Completion("proxy", detail: "proxy:1")]
        #expect(
            driver.effects == [
                .ask(Prompt("change", label: "image of which container: ", completions: choices, isChoice: true))
            ])
        driver.send(.prompt("change", .accepted("proxy")))
        #expect(
            driver.effects == [.ask(Prompt("change", label: "image of proxy: ", text: "proxy:1", history: "images"))])
    }

    @Test("labels are set and taken away in one line")
    func label() {
        var driver = driver("deploy")
        driver.press("g", "L")
        driver.send(.prompt("change", .accepted("team=ledger note=\"two words\" old-")))
        #expect(
            driver.effects == [
                .act(
                    Action(
                        .label(["team": "ledger", "note": "two words", "old": nil]), on: [Self.deployment],
                        in: "production"))
            ])
    }

    @Test(
        "ports are read as kubectl reads them",
        arguments: [
            (
                "8080:80 9090",
                ForwardOptions(ports: [.init(local: 8080, remote: "80"), .init(local: 9090, remote: "9090")])
            ),
            (":80, https", ForwardOptions(ports: [.init(remote: "80"), .init(remote: "https")])),
            ("80 as ledger", ForwardOptions(ports: [.init(local: 80, remote: "80")], name: "ledger")),
        ])
    func ports(_ words: String, _ options: ForwardOptions) throws { #expect(try Answers.ports(words) == options) }

    @Test(
        "what is no port is named",
        arguments: [
            ("", "which ports? 8080:80 9090 https"), ("70000", "\"70000\" is no port: 8080:80, 80 or the name of one"),
            ("x:80", "\"x\" is no port of this machine"),
        ])
    func badPorts(_ words: String, _ reason: String) {
        #expect { try Answers.ports(words) } throws: { ($0 as? Change.Mistake)?.words == reason }
    }

    @Test("f asks for ports")
    func forward() {
        var driver = driver("pods")
        driver.press("f")
        driver.send(.prompt("change", .accepted("8080:80")))
        let options = ForwardOptions(ports: [.init(local: 8080, remote: "80")])
        #expect(driver.effects == [.act(Action(.forward(options), on: [Self.pod], in: "production"))])
    }

    @Test("no two rows that can be active together share a name", arguments: AllPanes.descriptors.map(\.id))
    func names(_ pane: String) throws {
        let descriptor = try #require(AllPanes.descriptors.first { $0.id == pane })
        for set in descriptor.commandSets() {
            let names = set.map(\.id.name)
            #expect(Set(names.filter { name in names.count { $0 == name } > 1 }) == [])
        }
    }

    @Test("s on the list of containers opens a shell in the chosen one")
    func shell() {
        var company = Company()
        company.fill()
        company.describePod()
        var driver = PaneDriver(WorkloadsPane(), company)
        driver.send(.go(.object(Company.pod, .containers)))
        driver.press("j", "s")
        #expect(
            driver.effects == [
                .act(Action(.shell(ShellOptions(container: "api")), on: [Company.pod], in: "production"))
            ])
    }

    @Test("a node's shell asks for the image that carries it")
    func nodeShell() {
        var driver = driver("nodes") { $0.set(.nodes, Company.podColumns, [Company.row("", "worker-3", ["Ready"])]) }
        driver.press("s")
        driver.send(.prompt("change", .accepted("busybox:1.37")))
        let node = ObjectReference(
            environment: "production", kind: .nodes, namespace: nil, name: "worker-3", uid: "uid-worker-3")
        #expect(driver.effects == [.act(Action(.nodeShell(image: "busybox:1.37"), on: [node], in: "production"))])
    }

    @Test("of a secret that is open the keys are offered, and an only one is meant")
    func reveal() {
        let secret = ObjectReference(
            environment: "production", kind: .secrets, namespace: "ledger", name: "credentials", uid: "u9")
        var company = Company()
        func describe(_ data: String) -> PaneDriver {
            let document = ObjectDocument(reference: secret, yaml: "kind: Secret\ndata:\n\(data)\ntype: Opaque\n")
            _ = company.world.apply(FeedUpdate(.object(secret), change: .object(document)))
            var driver = PaneDriver(WorkloadsPane(), company)
            driver.send(.go(.object(secret, .yaml)))
            driver.press("V")
            return driver
        }
        #expect(
            describe("  password: 12 B\n  user: 4 B").effects == [
                .ask(
                    Prompt(
                        "change", label: "show which key of credentials: ",
                        completions: [Completion("password"), Completion("user")], isChoice: true))
            ])
        #expect(
            describe("  \"tls.key\": 1.7 kB").effects == [
                .act(Action(.reveal(key: "tls.key"), on: [secret], in: "production"))
            ])
    }

    @Test("t runs a cron job now, and a job once more")
    func run() {
        var cron = driver("cronjobs") { $0.set(.cronJobs, Company.podColumns, [Company.row("a", "settle", ["x"])]) }
        cron.press("t")
        #expect(verb(cron) == .trigger)
        var job = driver("jobs") { $0.set(.jobs, Company.podColumns, [Company.row("a", "settle-1", ["x"])]) }
        job.press("t")
        #expect(verb(job) == .rerun)
    }

    private func verb(_ driver: PaneDriver) -> ActionVerb? {
        if case .act(let action)? = driver.effects.first { action.verb } else { nil }
    }

    // What cannot be done, and why.

    @Test("a kind that it is not for says so")
    func wrongKind() {
        var driver = driver("pods")
        driver.press("D")
        #expect(driver.effects == notice("only nodes can be drained"))
    }

    @Test("with nothing selected it says so")
    func nothing() {
        var driver = driver("jobs")
        driver.press("R")
        #expect(driver.effects == notice("no row is selected"))
    }

    @Test("one at a time is said where several are marked")
    func several() {
        var driver = driver("pods")
        driver.press("space", "space", "s")
        #expect(driver.effects == notice("this is done to one at a time; 2 are marked"))
    }

    @Test("marked rows of several environments are not changed together")
    func severalEnvironments() {
        var company = Company(environments: ["production", "sandbox"])
        company.fill()
        company.set(
            .pods, Company.podColumns, [Company.row("ledger", "ledger-api-1", ["1/1", "Running", "0", "1m"])], "sandbox"
        )
        var driver = PaneDriver(WorkloadsPane(), company, width: 100)
        driver.send(.go(.table(TableRequest(kind: "po"))))
        driver.press("ctrl-a", "R")
        #expect(driver.effects == notice("the marked rows are in several environments"))
    }

    @Test("a read-only environment says so and how it is lifted")
    func readOnly() {
        var driver = driver("pods") { company in
            let state = GuardState(readOnly: "read-only by config.yaml")
            _ = company.world.apply(FeedUpdate(.guarded("production"), change: .guarded(state)))
        }
        driver.press("R")
        #expect(driver.effects == notice("production: read-only by config.yaml; :unlock lifts it"))
    }

    @Test("what the person may not do says what is missing and where")
    func forbidden() {
        var driver = driver("pods") { company in
            let rules = AccessRules(rules: [.init(verbs: ["get", "list", "watch"], groups: ["*"], resources: ["*"])])
            let feed = FeedID.rights("production", namespace: "ledger")
            _ = company.world.apply(FeedUpdate(feed, change: .rights(Rights(rules: rules))))
        }
        driver.press("ctrl-d")
        #expect(driver.effects == notice("you may not delete pods in ledger"))
    }

    @Test("rights that nobody could tell leave it to the plan")
    func unknownRights() {
        var driver = driver("pods") { company in
            let rules = AccessRules(isIncomplete: true)
            let feed = FeedID.rights("production", namespace: "ledger")
            _ = company.world.apply(FeedUpdate(feed, change: .rights(Rights(rules: rules))))
        }
        driver.press("R")
        #expect(verb(driver) == .restart)
    }

    @Test("rights of the selected row's namespace are looked at")
    func feeds() {
        let driver = driver("pods")
        #expect(driver.pane.feeds(in: driver.context).contains(.rights("production", namespace: "ledger")))
    }
}
