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
        #expect(driver.rows[4] == " feed sandbox 2")
        #expect(driver.console.world.tables[Self.pods]?.count == 2)
    }

    @Test("a feed that lingers goes on counting for the tab that is hidden")
    func lingering() {
        var driver = ConsoleDriver(panes: Self.two, press: "2")
        driver.apply(Self.rows("a"))
        driver.press("1")
        #expect(driver.console.world.tables[Self.pods]?.count == 1)
        #expect(driver.rows[3...5] == [" feed sandbox reset", " feed sandbox 1", " feed sandbox reset"])
    }

    @Test("what a hidden tab shows is kept when its feed has ended, and called stale")
    func hidden() {
        var driver = ConsoleDriver(panes: Self.two)
        driver.apply(Self.rows("a"))
        driver.press("2")
        driver.apply(FeedUpdate(Self.pods, change: .forgotten))
        #expect(driver.console.world.tables[Self.pods]?.count == 1)
        #expect(
            driver.console.world.status(of: Self.pods)
                == FeedStatus(.stale(reason: "not followed while its tab was hidden"), since: driver.console.world.now))
    }

    @Test("what no tab shows any more goes with its feed")
    func forgotten() {
        var driver = ConsoleDriver()
        driver.apply(FeedUpdate(.server("sandbox"), status: FeedStatus(.live)))
        driver.press(":ctx production<enter>")
        #expect(driver.console.world.status(of: .server("sandbox")).phase == .live)
        driver.apply(FeedUpdate(.server("sandbox"), change: .forgotten))
        #expect(driver.console.world.status(of: .server("sandbox")) == .idle)
    }

    @Test("a table that is looked at again is looked at as a new one")
    func again() {
        let driver = ConsoleDriver(panes: Self.two, press: "21")
        #expect(driver.rows[3...4] == [" feed sandbox reset", " feed sandbox reset"])
    }
}
