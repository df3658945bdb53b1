import Canvas
import LogBuffer
import Model
import PaneKit

@testable import Panes

/// A small world for the panes' tests: what servers of a make-believe company might say at one moment.
struct Company {
    static let now = Timestamp(seconds: 1_795_353_462)
    static let scope = Scope(environments: ["production"])
    var world: World
    var scope = Company.scope

    init(environments: [EnvironmentID] = ["production"]) {
        world = World(
            environments: environments.map { EnvironmentInfo(id: $0, isProtected: $0 == "production") }, now: Self.now)
        scope = Scope(environments: environments)
    }

    static let podColumns = ["Name", "Ready", "Status", "Restarts", "Age"].map {
        TableColumn(name: $0, isAge: $0 == "Age")
    }
    static let deploymentColumns = ["Name", "Ready", "Up-to-date", "Available", "Age"].map {
        TableColumn(name: $0, isAge: $0 == "Age")
    }

    static func query(_ kind: ResourceKind, _ environment: EnvironmentID = "production") -> TableQuery {
        TableQuery(environment: environment, kind: kind)
    }

    static func row(
        _ namespace: String, _ name: String, _ cells: [String], minutes: Int64 = 90,
        owner: (kind: String, name: String, uid: String)? = nil
    ) -> TableRow {
        TableRow(
            namespace: namespace, name: name, uid: "uid-\(name)", owner: owner,
            created: Int64(now.seconds) - minutes * 60, cells: [name] + cells)
    }

    mutating func set(
        _ kind: ResourceKind, _ columns: [TableColumn], _ rows: [TableRow], _ environment: EnvironmentID = "production"
    ) {
        var delta = TableDelta(reset: columns)
        for row in rows { delta.put(row) }
        _ = world.apply(
            FeedUpdate(
                .table(Self.query(kind, environment)), status: FeedStatus(.live, since: Self.now), change: .table(delta)
            ))
    }

    mutating func setStatus(_ feed: FeedID, _ phase: FeedStatus.Phase, hint: String = "", notices: [String] = []) {
        _ = world.apply(
            FeedUpdate(
                feed,
                status: FeedStatus(
                    phase, since: Timestamp(seconds: Self.now.seconds - 42), notices: notices, hint: hint)))
    }

    /// Pods of a payments company, one of them in trouble.
    mutating func fill() {
        set(
            .pods, Self.podColumns,
            [
                Self.row(
                    "ledger", "ledger-api-7c9d-2xkqp", ["1/1", "Running", "0", "90m"],
                    owner: ("ReplicaSet", "ledger-api-7c9d", "uid-rs")),
                Self.row(
                    "ledger", "ledger-api-7c9d-9fz4w", ["0/1", "CrashLoopBackOff", "12 (40s ago)", "30m"], minutes: 30,
                    owner: ("ReplicaSet", "ledger-api-7c9d", "uid-rs")),
                Self.row("ledger", "ledger-db-0", ["1/1", "Running", "0", "8d"], minutes: 11_520),
                Self.row("payments", "settle-29880-x7", ["0/1", "Completed", "0", "5h"], minutes: 300),
                Self.row("payments", "gateway-5f6b-kk2lm", ["2/2", "Running", "1 (3d ago)", "4d"], minutes: 5760),
                Self.row("payments", "gateway-5f6b-z8r7c", ["0/2", "ContainerCreating", "0", "4s"], minutes: 0),
            ])
        set(
            .deployments, Self.deploymentColumns,
            [
                Self.row("ledger", "ledger-api", ["1/2", "2", "1", "20d"], minutes: 28_800),
                Self.row("payments", "gateway", ["1/2", "2", "1", "80d"], minutes: 115_200),
            ])
        for kind in [ResourceKind.statefulSets, .daemonSets, .jobs, .cronJobs, .nodes] {
            set(kind, Self.podColumns, [])
        }
    }

    mutating func setAlerts(_ alerts: [Alert]) {
        _ = world.apply(
            FeedUpdate(.alerts("production"), status: FeedStatus(.live, since: Self.now), change: .alerts(alerts)))
    }

    static func alert(
        _ id: String, _ name: String, _ severity: String, minutes: Double, labels: [String: String] = [:],
        summary: String = "", silencedBy: [String] = []
    ) -> Alert {
        Alert(
            id: id, labels: labels.merging(["alertname": name, "severity": severity]) { $1 },
            annotations: summary.isEmpty ? [:] : ["summary": summary],
            state: silencedBy.isEmpty ? .active : .suppressed,
            started: Timestamp(seconds: now.seconds - minutes * 60), silencedBy: silencedBy, receivers: ["on-call"])
    }

    static let pod = ObjectReference(
        environment: "production", kind: .pods, namespace: "ledger", name: "ledger-api-7c9d-9fz4w",
        uid: "uid-ledger-api-7c9d-9fz4w")

    /// A pod in trouble, as the backend describes it.
    mutating func describePod() {
        let document = ObjectDocument(
            reference: Self.pod, resourceVersion: "7",
            yaml:
                "apiVersion: v1\nkind: Pod\nmetadata:\n  name: ledger-api # who\nspec:\n  replicas: 3\n  note: |-\n    two\n    lines: here\n",
            sections: [
                .init(
                    "Pod",
                    [
                        .init("Name", "ledger-api-7c9d-9fz4w"), .init("Status", "CrashLoopBackOff", tone: .critical),
                        .init("Restarts", "12", tone: .warning),
                        .init("Note", "注意 ␛[31m\u{1B}[31m\nsecond line", tone: .plain),
                    ]),
                .init(
                    "Container api",
                    [
                        .init("State", "Waiting: CrashLoopBackOff", tone: .critical),
                        .init("Exit code", "137 (OOMKilled)", tone: .critical, depth: 1),
                        .init("Image", "ledger-api:4.2.0"),
                    ]),
            ],
            events: [
                .init(
                    lastSeen: Timestamp(seconds: Self.now.seconds - 40),
                    firstSeen: Timestamp(seconds: Self.now.seconds - 900), isWarning: true, reason: "BackOff",
                    source: "kubelet", message: "Back-off restarting failed container", count: 12),
                .init(
                    lastSeen: Timestamp(seconds: Self.now.seconds - 1800),
                    firstSeen: Timestamp(seconds: Self.now.seconds - 1800), isWarning: false, reason: "Scheduled",
                    source: "scheduler", message: "Assigned to worker-3", count: 1),
            ],
            containers: [
                .init(
                    name: "migrate", role: .`init`, image: "ledger-migrate:4", state: "Terminated: Completed",
                    isReady: true),
                .init(
                    name: "api", image: "ledger-api:4.2.0", state: "Waiting: CrashLoopBackOff",
                    lastState: "Terminated: OOMKilled", restarts: 12, tone: .critical, ports: ["http 8080/TCP"]),
            ])
        _ = world.apply(
            FeedUpdate(.object(Self.pod), status: FeedStatus(.live, since: Self.now), change: .object(document)))
    }

    mutating func fillAlerts() {
        setAlerts([
            Self.alert(
                "a1", "KubePodCrashLooping", "critical", minutes: 4,
                labels: ["namespace": "ledger", "pod": "ledger-api-7c9d-9fz4w"],
                summary: "ledger-api restarts again and again"),
            Self.alert(
                "a2", "KubePodCrashLooping", "critical", minutes: 61,
                labels: ["namespace": "fraud", "pod": "scorer-0"], summary: "scorer restarts again and again",
                silencedBy: ["s1"]),
            Self.alert(
                "a3", "DiskFillsUp", "warning", minutes: 300, labels: ["node": "worker-3"],
                summary: "worker-3 has 9 % left"),
            Self.alert("a4", "Watchdog", "none", minutes: 9000),
        ])
    }

    mutating func setLog(
        _ query: LogQuery, _ lines: [(second: Double, origin: LogOrigin, text: String)],
        pods: [String] = ["ledger-api-7c9d-9fz4w"]
    ) {
        let log = LogBuffer()
        log.append(
            lines.enumerated().map { index, line in
                LogLine(
                    time: Timestamp(seconds: Self.now.seconds - 60 + line.second),
                    source: LogSource(namespace: "ledger", pod: pods[index % pods.count], container: "api"),
                    origin: line.origin,
                    text: Array(line.text.utf8))
            })
        _ = world.apply(FeedUpdate(.log(query), status: FeedStatus(.live, since: Self.now), change: .log(log)))
    }

    func context(_ width: Int = 80, _ height: Int = 20, unicode: Bool = true) -> PaneContext {
        PaneContext(world: world, scope: scope, size: Size(width: width, height: height), isUnicode: unicode)
    }
}

/// Drives one pane as the console would: events in, effects out, frames on demand.
struct PaneDriver {
    var pane: any Pane
    var company: Company
    var size: Size
    private(set) var effects: [Effect] = []

    init(_ pane: any Pane, _ company: Company, width: Int = 80, height: Int = 20) {
        self.pane = pane
        self.company = company
        size = Size(width: width, height: height)
        send(.resized)
    }

    var context: PaneContext { company.context(size.width, size.height) }

    mutating func send(_ event: PaneEvent) { effects = pane.handle(event, in: context) }

    /// Presses keys as the rows have them: a disabled row's reason comes as a notice.
    mutating func press(_ keys: String...) {
        for key in keys {
            guard let row = pane.commands(in: context).first(where: { $0.keys.contains(Key(key)!) }) else {
                effects = [.notice(Notice("no row has \(key)"))]
                continue
            }
            if let reason = row.disabled { effects = [.notice(Notice(reason))] } else { send(.command(row.id)) }
        }
    }

    var frame: Frame {
        let frame = Frame(size)
        pane.draw(into: frame.region, in: context)
        return frame
    }

    var rows: [String] { frame.textRows }
}
