import Canvas
import Model
import PaneKit

/// A world with one table of pods, and a view on it, for tests of the table view.
struct TableFixture {
    static let query = TableQuery(environment: "sandbox", kind: .pods)
    static let columns = [
        TableColumn(name: "Name"), TableColumn(name: "Ready"), TableColumn(name: "Status"),
        TableColumn(name: "Restarts", type: "string"), TableColumn(name: "Age", isAge: true),
        TableColumn(name: "IP", priority: 1),
    ]
    var world = World(environments: [EnvironmentInfo(id: "sandbox")], now: Timestamp(seconds: 1_000_000))
    var view = TableView()

    init(_ rows: [TableRow], height: Int = 5) {
        var delta = TableDelta(reset: Self.columns)
        for row in rows { delta.put(row) }
        _ = world.apply(FeedUpdate(.table(Self.query), change: .table(delta)))
        view.resize(height: height)
        view.show([TableSource(Self.query)], namespaceColumn: true, metrics: false, in: world)
    }

    static func pod(
        _ name: String, namespace: String = "payments", ready: String = "1/1", status: String = "Running",
        restarts: String = "0", created: Int64 = 999_000, owner: String = ""
    ) -> TableRow {
        TableRow(
            namespace: namespace, name: name, uid: "uid-\(name)",
            owner: owner.isEmpty ? nil : (kind: "ReplicaSet", name: owner, uid: owner), created: created,
            cells: [name, ready, status, restarts, "9m", "10.0.0.1"])
    }

    mutating func change(put rows: [TableRow] = [], remove keys: [String] = []) {
        var delta = TableDelta()
        for row in rows { delta.put(row) }
        for key in keys { delta.remove(RowKey(namespace: "payments", name: key)) }
        let changes = world.apply(FeedUpdate(.table(Self.query), change: .table(delta)))
        view.apply(.table(Self.query), changes, in: world)
    }

    /// What the view shows, as text rows of a screen.
    func screen(width: Int = 80, height: Int = 6) -> [String] {
        let frame = Frame(Size(width: width, height: height))
        let scope = Scope(environments: ["sandbox"])
        let context = PaneContext(world: world, scope: scope, size: frame.size)
        view.draw(into: frame.region, isFocused: true, in: context)
        return frame.textRows
    }

    var selectedName: String? { view.selectedRow(in: world)?.row.name }

    /// The names shown, from the first to the last row, read off a tall screen.
    var names: [String] {
        var copy = self
        copy.view.resize(height: 1000)
        return copy.screen(height: 200).dropFirst().filter { !$0.isEmpty }.map {
            String($0.dropFirst(2).split(separator: " ", omittingEmptySubsequences: true)[1])
        }
    }
}
