import Backends
import Core
import Model
import Testing

@Suite("The feed hub")
struct FeedHubTests {
    let feeds = FakeFeeds()
    let pacer = ManualPacer()
    let wakes = WakeCounter()
    let inbox: Inbox
    let hub: FeedHub
    let server = FeedID.server("sandbox")

    init() {
        let wakes = wakes
        inbox = Inbox { wakes.wake() }
        hub = FeedHub(source: feeds, inbox: inbox, pacer: pacer, linger: 8)
    }

    @Test("runs one feed for two panes that look at the same thing")
    func shared() async {
        hub.subscribe(server)
        hub.subscribe(server)
        await wakes.untilWoken(1)
        #expect(feeds.started == [server])
    }

    @Test("lets a feed linger after the last pane has gone, then stops it and says so")
    func linger() async {
        hub.subscribe(server)
        await wakes.untilWoken(1)
        _ = inbox.drain()
        hub.unsubscribe(server)
        await pacer.untilSleeping()
        #expect(pacer.waits == [8])
        pacer.advance(8)
        await wakes.untilWoken(2)
        await feeds.untilEnded(1)
        let updates = inbox.drain()
        #expect(updates.count == 1)
        #expect(updates.first?.status == nil)
        guard case .forgotten = updates.first?.change else { return #expect(Bool(false), "not forgotten") }
    }

    @Test("goes on with the same feed when somebody comes back in time")
    func comesBack() async {
        hub.subscribe(server)
        await wakes.untilWoken(1)
        hub.unsubscribe(server)
        await pacer.untilSleeping()
        hub.subscribe(server)
        pacer.advance(60)
        hub.unsubscribe(server)
        await pacer.untilSleeping()
        #expect(feeds.started == [server])
        #expect(inbox.drain().count == 1)
    }

    @Test("runs a feed anew when asked")
    func refresh() async {
        hub.subscribe(server)
        await wakes.untilWoken(1)
        _ = inbox.drain()
        hub.refresh(server)
        await feeds.untilEnded(1)
        await wakes.untilWoken(2)
        #expect(feeds.started == [server, server])
        #expect(inbox.drain().first?.status == FeedStatus(.live))
    }

    @Test("leaves a live feed alone to which the server pushes every change")
    func refreshPushed() async {
        let pods = FeedID.table(TableQuery(environment: "sandbox", kind: .pods))
        hub.subscribe(pods)
        await wakes.untilWoken(1)
        hub.refresh(pods)
        hub.stop()
        await feeds.untilEnded(1)
        #expect(feeds.started == [pods])
    }

    @Test("reads one page of the past at a time, also when the feed is begun anew meanwhile")
    func onePage() async {
        let pages = SlowPages()
        let hub = FeedHub(source: pages, inbox: inbox, pacer: pacer, linger: 8)
        hub.subscribe(server)
        hub.loadOlder(server)
        await pages.untilBegun(1)
        hub.refresh(server)
        hub.loadOlder(server)
        pages.finishPage()
        await pages.untilBegun(2)
        hub.loadOlder(server)
        pages.finishPage()
        hub.stop()
        #expect(pages.mostAtOnce == 1)
    }

    @Test("stops every feed at the end")
    func stop() async {
        hub.subscribe(server)
        hub.subscribe(.alerts("sandbox"))
        hub.stop()
        await feeds.untilEnded(2)
        #expect(feeds.started.count == 2)
    }
}
