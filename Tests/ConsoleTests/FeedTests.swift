import Canvas
import Model
import PaneKit
import Testing

@testable import Console

@Suite("What the console subscribes to")
struct FeedTests {
    private static let pods = FeedID.table(TableQuery(environment: "sandbox", kind: .pods))
    private static let nodes = FeedID.table(TableQuery(environment: "sandbox", kind: .nodes))
    private static let two = [
        ScriptedPane.descriptor("alpha", .init(feeds: [pods])), ScriptedPane.descriptor("beta", .init(feeds: [nodes])),
    ]

    private static func rows(_ names: String...) -> FeedUpdate {
        var delta = TableDelta(reset: [TableColumn(name: "Name")])
        for name in names { delta.put(TableRow(namespace: "shop", name: name, cells: [name])) }
        return FeedUpdate(pods, status: FeedStatus(.live), change: .table(delta))
    }

    @Test("servers and kinds of its environments, and what the visible pane names")
    func start() {
        #expect(
            ConsoleDriver(panes: Self.two).effects == [
                .subscribe(.server("sandbox")), .subscribe(.kinds("sandbox")), .subscribe(Self.pods),
            ])
    }

    @Test("another tab lets go of the one feed and takes the other")
    func turn() {
        var driver = ConsoleDriver(panes: Self.two)
        _ = driver.takeEffects()
        driver.press("2")
        #expect(driver.takeEffects() == [.unsubscribe(Self.pods), .subscribe(Self.nodes)])
    }

    @Test("another environment brings its server and lets go of the former")
    func environment() {
        var driver = ConsoleDriver()
        _ = driver.takeEffects()
        driver.press(":ctx production<enter>")
        #expect(
            driver.takeEffects() == [
                .unsubscribe(.server("sandbox")), .unsubscribe(.kinds("sandbox")), .subscribe(.server("production")),
                .subscribe(.kinds("production")),
            ])
    }

    @Test("updates reach the pane that named the feed")
    func update() {
        var driver = ConsoleDriver(panes: Self.two)
        driver.apply(Self.rows("a", "b"))
        #expect(driver.rows[3] == " feed sandbox 2")
        #expect(driver.console.world.tables[Self.pods]?.count == 2)
    }

    @Test("updates that come too late are dropped")
    func late() {
        var driver = ConsoleDriver(panes: Self.two, press: "2")
        driver.apply(Self.rows("a"))
        #expect(driver.console.world.tables[Self.pods] == nil)
    }

    @Test("what a hidden tab shows is kept, and called stale")
    func hidden() {
        var driver = ConsoleDriver(panes: Self.two)
        driver.apply(Self.rows("a"))
        driver.press("2")
        #expect(driver.console.world.tables[Self.pods]?.count == 1)
        #expect(
            driver.console.world.status(of: Self.pods)
                == FeedStatus(.stale(reason: "not followed while its tab was hidden"), since: driver.console.world.now))
    }

    @Test("what no tab shows any more is forgotten")
    func forgotten() {
        var driver = ConsoleDriver()
        let status = FeedUpdate(.server("sandbox"), status: FeedStatus(.live))
        driver.apply(status)
        driver.press(":ctx production<enter>")
        #expect(driver.console.world.status(of: .server("sandbox")) == .idle)
    }
}
