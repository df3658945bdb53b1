import Canvas
import Model
import PaneKit
import TestSupport
import Testing

@testable import Console

@Suite("The header line")
struct HeaderTests {
    private static let now = World.twoEnvironments.now

    private func driver(_ environments: [EnvironmentID], width: Int = 80, _ updates: FeedUpdate...) -> ConsoleDriver {
        var driver = ConsoleDriver(scope: Scope(environments: environments), width: width)
        for update in updates { driver.apply(update) }
        return driver
    }

    private func server(_ id: EnvironmentID, _ phase: FeedStatus.Phase, ago: Double = 0) -> FeedUpdate {
        FeedUpdate(
            .server(id),
            status: FeedStatus(phase, since: Timestamp(nanoseconds: Self.now.nanoseconds - Int64(ago * 1e9))),
            change: .server(ServerState(version: "v1.31.2", roundTrip: 0.012)))
    }

    @Test("a live server with version and round trip")
    func live() {
        #expect(
            driver(["sandbox"], server("sandbox", .live)).rows[1]
                == " sandbox   all namespaces  ada  v1.31.2  12 ms                           ● live")
    }

    @Test("a protected environment says so in words and on a ground of its own")
    func protected() { expectGolden(driver(["production"], server("production", .live)).frame, "protected") }

    @Test("a stale picture says since when and why")
    func stale() {
        #expect(
            driver(["sandbox"], server("sandbox", .stale(reason: "connection reset"), ago: 34)).rows[1].hasSuffix(
                "◌ stale 34s · connection reset"))
    }

    @Test("a server that cannot be reached says why")
    func failed() {
        #expect(
            driver(["sandbox"], server("sandbox", .failed(reason: "connection refused"))).rows[1].hasSuffix(
                "✖ connection refused"))
    }

    @Test("of several environments the worst is named")
    func several() {
        let driver = driver(
            ["sandbox", "production"], server("sandbox", .live), server("production", .failed(reason: "refused")))
        #expect(driver.rows[1] == " sandbox    production PROTECTED   all namespaces         production: ✖ refused")
    }

    @Test("what matters least goes first when there is no room")
    func narrow() {
        #expect(
            driver(["sandbox"], width: 44, server("sandbox", .live)).rows[1]
                == " sandbox   all namespaces  12 ms     ● live")
        #expect(driver(["sandbox"], width: 20, server("sandbox", .live)).rows[1] == " sandbox     ● live")
    }

    @Test("several namespaces are counted")
    func namespaces() {
        let driver = ConsoleDriver(
            scope: Scope(environments: ["sandbox"], namespaces: NamespaceScope(["a", "b", "c", "d", "e"])))
        #expect(driver.rows[1].contains("a, b, c +2"))
    }

    @Test("risks of an environment stand in the message line")
    func warnings() {
        var world = World.twoEnvironments
        world.environments[0].warnings = ["TLS verification is off"]
        #expect(ConsoleDriver(world: world).message == " ! TLS verification is off")
    }
}
