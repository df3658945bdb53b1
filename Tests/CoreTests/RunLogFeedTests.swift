import Backends
import HTTP
import HTTPTesting
import LogBuffer
import Model
import Testing

@testable import Core

@Suite("The feed of a run's log")
struct RunLogFeedTests {
    let world: TestWorld
    let hub: FeedHub
    let feed = FeedID.runLog("sandbox", run: RunReference(job: "main", number: 7))
    let path = "/job/main/7/logText/progressiveText"

    init() throws {
        world = try TestWorld("environments:\n  sandbox:\n    jenkins: { url: 'https://ci.lantern.example' }\n")
        hub = world.hub()
    }

    @Test("shows the log's end, follows it while the run goes on, and ends with it")
    func follow() async throws {
        world.server.answer(.head, path, headers: ["X-Text-Size": "8"])
        world.server.answer(.get, "\(path)?start=0", headers: ["X-Text-Size": "8", "X-More-Data": "true"], "Started\n")
        world.server.answer(.get, "\(path)?start=8", headers: ["X-Text-Size": "13"], "Done\n")
        hub.subscribe(feed)
        await world.pacer.untilSleeping()
        let first = try #require(world.inbox.drain().first)
        #expect(first.status == FeedStatus(.live, since: world.pacer.now))
        #expect(try texts(first) == ["Started"])
        #expect(world.pacer.waits == [1])
        world.pacer.advance(1)
        await world.wakes.untilWoken(2)
        let second = try #require(world.inbox.drain().first)
        #expect(try texts(second) == ["Started", "Done"])
        #expect(second.status == FeedStatus(.ended(reason: "the run is over"), since: world.pacer.now))
        #expect(world.pacer.waits.isEmpty)
    }

    @Test("loads the beginning of a long log when somebody goes back that far")
    func older() async throws {
        world.server.answer(.head, path, headers: ["X-Text-Size": "70000"])
        world.server.answer(.get, "\(path)?start=4464", headers: ["X-Text-Size": "70000"], "half\nlast\n")
        world.server.answer(.get, "\(path)?start=0", headers: ["X-Text-Size": "70000"], "first\nhalf\nlast\n")
        hub.subscribe(feed)
        await world.wakes.untilWoken(1)
        _ = await world.server.request(at: 1)
        let tail = try await settled()
        #expect(try texts(tail) == ["last"])
        #expect(tail.status?.notices == ["the first 4 KiB of the log are not loaded; go back further to load them"])
        hub.loadOlder(feed)
        let whole = try await settled()
        #expect(try texts(whole) == ["first", "half", "last"])
        #expect(whole.status?.notices == [])
    }

    @Test("says why it cannot be read, and tries again")
    func refused() async throws {
        world.server.answer(.head, path, status: 404)
        hub.subscribe(feed)
        await world.pacer.untilSleeping()
        guard case .failed(let reason) = world.inbox.drain().first?.status?.phase else {
            return #expect(Bool(false), "not failed")
        }
        #expect(
            reason
                == "cannot read the log of main #7: Jenkins at https://ci.lantern.example has nothing at this address; "
                + "it may be gone, or the url in the configuration is wrong")
    }

    /// The first update that has come to an end.
    private func settled() async throws -> FeedUpdate {
        var merged: FeedUpdate?
        while true {
            for update in world.inbox.drain() {
                if merged == nil { merged = update } else { merged?.merge(update) }
            }
            if let merged, case .ended = merged.status?.phase { return merged }
            await Task.yield()
        }
    }

    private func texts(_ update: FeedUpdate) throws -> [String] {
        guard case .log(let lines) = update.change else { return [] }
        let snapshot = try #require(lines as? LogBuffer).snapshot()
        return (0..<snapshot.count).map { String(decoding: snapshot.line(at: $0).text, as: UTF8.self) }
    }
}
