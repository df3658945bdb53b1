import Backends
import HTTP
import HTTPTesting
import Model
import Testing

@testable import Core

@Suite("A feed that polls")
struct PollingFeedTests {
    static let configuration = """
        environments:
          sandbox:
            alertmanager: { url: 'http://am.lantern.example:9093' }
            jenkins: { url: 'https://ci.lantern.example', user: ada, token: { env: CI_TOKEN } }
          production:
            alertmanager: { url: 'service://monitoring/am:9093' }
        """
    let world: TestWorld
    let hub: FeedHub
    let alerts = FeedID.alerts("sandbox")

    init() throws {
        world = try TestWorld(Self.configuration, variables: ["CI_TOKEN": "t1"])
        hub = world.hub()
    }

    @Test("posts its first answer and is live")
    func first() async throws {
        world.server.answer(.get, "/api/v2/alerts", Self.oneAlert)
        hub.subscribe(alerts)
        await world.pacer.untilSleeping()
        let update = try #require(world.inbox.drain().first)
        guard case .alerts(let list) = update.change else { return #expect(Bool(false), "no alerts") }
        #expect(list.map(\.name) == ["Watchdog"])
        #expect(update.status == FeedStatus(.live, since: world.pacer.now))
        #expect(world.pacer.waits == [7])
    }

    @Test("says nothing while nothing changes")
    func unchanged() async throws {
        world.server.answer(.get, "/api/v2/alerts", Self.oneAlert)
        hub.subscribe(alerts)
        await world.pacer.untilSleeping()
        _ = world.inbox.drain()
        world.pacer.advance(7)
        await world.pacer.untilSleeping()
        #expect(world.server.requests.count == 2)
        #expect(world.inbox.drain().isEmpty)
    }

    @Test("that fails at first says why, and asks again soon, then more seldom")
    func failing() async throws {
        let error = HTTPError(.refused, target: "http://am.lantern.example:9093")
        world.server.fail(.get, "/api/v2/alerts", error)
        hub.subscribe(alerts)
        await world.pacer.untilSleeping()
        let start = world.pacer.now
        #expect(
            world.inbox.drain().first?.status
                == FeedStatus(.failed(reason: "cannot list alerts: \(error.message)"), since: start))
        #expect(world.pacer.waits == [2])
        world.pacer.advance(2)
        await world.pacer.untilSleeping()
        #expect(world.inbox.drain().isEmpty)
        #expect(world.pacer.waits == [4])
    }

    @Test("that fails later keeps what it has and calls it stale since the last good answer")
    func stale() async throws {
        let error = HTTPError(.reset, target: "http://am.lantern.example:9093")
        let fine = FakeTransport.Answer.response(HTTPResponse(head: HTTPHead(status: 200), body: Array("[]".utf8)))
        world.server.answer(.get, "/api/v2/alerts", with: fine, .failure(error), fine)
        hub.subscribe(alerts)
        await world.pacer.untilSleeping()
        let good = world.pacer.now
        _ = world.inbox.drain()
        world.pacer.advance(7)
        await world.pacer.untilSleeping()
        let update = try #require(world.inbox.drain().first)
        #expect(update.status == FeedStatus(.stale(reason: "cannot list alerts: \(error.message)"), since: good))
        #expect(update.change == nil)
        world.pacer.advance(2)
        await world.pacer.untilSleeping()
        #expect(world.inbox.drain().first?.status == FeedStatus(.live, since: world.pacer.now))
    }

    @Test("waits as long as a busy server asks it to")
    func busy() async throws {
        world.server.answer(.get, "/api/v2/alerts", status: 429, headers: ["Retry-After": "40"])
        hub.subscribe(alerts)
        await world.pacer.untilSleeping()
        #expect(world.pacer.waits == [40])
    }

    @Test("that is refused says so and does not press")
    func refused() async throws {
        world.server.answer(.get, "/api/v2/alerts", status: 403, "no entry")
        hub.subscribe(alerts)
        await world.pacer.untilSleeping()
        guard case .forbidden(let reason) = world.inbox.drain().first?.status?.phase else {
            return #expect(Bool(false), "not forbidden")
        }
        #expect(
            reason
                == "cannot list alerts: Alertmanager at http://am.lantern.example:9093 does not permit it: no entry; "
                + "ask for the right, or use another login")
        #expect(world.pacer.waits == [60])
    }

    @Test("of a system that is not configured says what to add, once")
    func absent() async throws {
        hub.subscribe(.jobs("production"))
        await world.wakes.untilWoken(1)
        #expect(
            world.inbox.drain().first?.status
                == FeedStatus(
                    .absent(reason: "production has no Jenkins"), since: world.pacer.now,
                    hint: "add jenkins: { url: … } to environments.production in the configuration"))
        #expect(world.pacer.waits.isEmpty)
    }

    @Test("of a system inside the cluster asks through the API server, with the cluster's login")
    func serviceProxy() async throws {
        world.server.answer(.get, "/api/v1/namespaces/monitoring/services/am:9093/proxy/api/v2/alerts", "[]")
        hub.subscribe(.alerts("production"))
        await world.pacer.untilSleeping()
        let request = await world.server.request(at: 0)
        #expect(request.url.hasPrefix("https://production.lantern.example:6443/api/v1/"))
        #expect(request.headers["Authorization"] == "Bearer t0")
    }

    @Test("of a Jenkins logs in with user and token, and asks often only while something runs")
    func jenkins() async throws {
        world.server.answer(
            .get, "/job/main/api/json", with: Self.builds("true", "null"), Self.builds("false", "\"SUCCESS\""))
        world.server.answer(.get, "/job/main/wfapi/runs", status: 404)
        hub.subscribe(.runs("sandbox", job: "main"))
        await world.pacer.untilSleeping()
        #expect(world.pacer.waits == [2])
        world.pacer.advance(2)
        await world.pacer.untilSleeping()
        #expect(world.pacer.waits == [15])
        #expect(
            world.server.requests.map { $0.headers["Authorization"] } == [
                "Basic YWRhOnQx", "Basic YWRhOnQx", "Basic YWRhOnQx",
            ])
        let update = try #require(world.inbox.drain().first)
        guard case .runs(let runs) = update.change else { return #expect(Bool(false), "no runs") }
        #expect(runs.map(\.state) == [.succeeded])
    }

    @Test("of a server tells version and round trip every ten seconds")
    func server() async throws {
        world.server.answer(.get, "/version", #"{"gitVersion":"v1.36.2"}"#)
        hub.subscribe(.server("sandbox"))
        await world.pacer.untilSleeping()
        let update = try #require(world.inbox.drain().first)
        guard case .server(let state) = update.change else { return #expect(Bool(false), "no server") }
        #expect(state == ServerState(version: "v1.36.2", roundTrip: 0))
        #expect(world.pacer.waits == [10])
    }

    @Test("leaves other environments alone when one is dead")
    func independence() async throws {
        let held = world.server.feed(.get, "/api/v1/namespaces/monitoring/services/am:9093/proxy/api/v2/alerts")
        world.server.answer(.get, "/api/v2/alerts", "[]")
        hub.subscribe(.alerts("production"))
        hub.subscribe(alerts)
        await world.pacer.untilSleeping()
        #expect(world.inbox.drain().map(\.feed) == [alerts])
        held.finish()
    }

    private static func builds(_ building: String, _ result: String) -> FakeTransport.Answer {
        let body = #"{"builds":[{"number":1,"building":\#(building),"result":\#(result),"timestamp":1,"duration":1}]}"#
        return .response(HTTPResponse(head: HTTPHead(status: 200), body: Array(body.utf8)))
    }

    static let oneAlert = """
        [{"annotations":{},"endsAt":"2026-03-01T09:35:30.123Z","fingerprint":"f","receivers":[],
        "startsAt":"2026-03-01T09:30:00.000Z","status":{"inhibitedBy":[],"silencedBy":[],"state":"active"},
        "updatedAt":"2026-03-01T09:31:30.123Z","labels":{"alertname":"Watchdog"}}]
        """
}
