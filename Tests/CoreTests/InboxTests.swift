import Backends
import Model
import Testing

@testable import Core

@Suite("The inbox")
struct InboxTests {
    let server = FeedID.server("sandbox")
    let pods = FeedID.table(TableQuery(environment: "sandbox", kind: .pods))

    @Test("hands out one update a feed, in the order in which the feeds first spoke")
    func order() {
        let inbox = Inbox {}
        inbox.post(FeedUpdate(server, status: FeedStatus(.live)))
        inbox.post(FeedUpdate(pods, status: FeedStatus(.live)))
        inbox.post(FeedUpdate(server, change: .server(ServerState(version: "v1.30.1"))))
        #expect(inbox.drain().map(\.feed) == [server, pods])
        #expect(inbox.drain().isEmpty)
    }

    @Test("keeps only the newest row of a key while nobody takes it")
    func merge() throws {
        let inbox = Inbox {}
        var first = TableDelta(reset: [TableColumn(name: "Name")])
        first.put(TableRow(namespace: "payments", name: "api", cells: ["Pending"]))
        var second = TableDelta()
        second.put(TableRow(namespace: "payments", name: "api", cells: ["Running"]))
        inbox.post(FeedUpdate(pods, change: .table(first)))
        inbox.post(FeedUpdate(pods, change: .table(second)))
        let update = try #require(inbox.drain().first)
        guard case .table(let delta) = update.change else { return #expect(Bool(false), "no table") }
        #expect(delta.order.count == 1)
        #expect(delta.reset != nil)
        #expect(delta.changes[RowKey(namespace: "payments", name: "api")]??.cell(0) == "Running")
    }

    @Test("wakes the main loop once until it is drained")
    func wake() {
        let counter = WakeCounter()
        let inbox = Inbox { counter.wake() }
        inbox.post(FeedUpdate(server, status: FeedStatus(.live)))
        inbox.post(FeedUpdate(pods, status: FeedStatus(.live)))
        #expect(counter.count == 1)
        _ = inbox.drain()
        inbox.post(FeedUpdate(pods, status: FeedStatus(.live)))
        #expect(counter.count == 2)
    }

    @Test("what a login plugin says stands on every open feed of its user's environments until it ends")
    func plugin() {
        let inbox = Inbox {}
        let words = PluginWords(inbox: inbox)
        words.know([
            EnvironmentInfo(id: "sandbox", user: "ada"), EnvironmentInfo(id: "production", user: "someone else"),
        ])
        let sink = inbox.open(server)
        _ = inbox.open(.server("production"))
        words.hear(user: "ada", text: "to sign in open https://login.lantern.example\nand enter ")
        words.hear(user: "ada", text: "the code ABCD\n")
        let said = [
            "login plugin of ada: to sign in open https://login.lantern.example",
            "login plugin of ada: and enter the code ABCD",
        ]
        #expect(inbox.drain().map(\.status) == [FeedStatus(.loading(received: 0), notices: said)])
        sink.post(FeedStatus(.live, notices: ["its own"]))
        #expect(inbox.drain().map(\.status) == [FeedStatus(.live, notices: ["its own"] + said)])
        words.end(user: "ada")
        #expect(inbox.drain().map(\.status) == [FeedStatus(.live, notices: ["its own"])])
    }

    @Test("a feed that is opened while a plugin speaks says so too")
    func pluginBefore() {
        let inbox = Inbox {}
        inbox.announce(["enter ABCD"], in: "sandbox")
        _ = inbox.open(server)
        inbox.repeatAnnouncement(on: server)
        #expect(inbox.drain().map(\.status) == [FeedStatus(.loading(received: 0), notices: ["enter ABCD"])])
    }

    @Test("a plugin's last words are the hint of the feeds that it let down")
    func lastWords() {
        let fault = CredentialsFault(user: "ada", cause: "it failed", output: "a\nb\n\nrun: login --again\nbye\n")
        #expect(FeedFault(KubernetesError.credentials(fault)).hint == "the plugin wrote: b; run: login --again; bye")
        #expect(FeedFault(KubernetesError.credentials(CredentialsFault(user: "ada", cause: "it failed"))).hint == "")
    }

    @Test("drops what an earlier opening of a feed still posts")
    func tickets() throws {
        let inbox = Inbox {}
        let old = inbox.open(server)
        let new = inbox.open(server)
        old.post(FeedStatus(.failed(reason: "old")))
        new.post(FeedStatus(.live))
        #expect(inbox.drain().map(\.status) == [FeedStatus(.live)])
    }

    @Test("a closed feed's waiting news shrink to the word that it can be forgotten")
    func close() throws {
        let inbox = Inbox {}
        let sink = inbox.open(server)
        sink.post(.server(ServerState(version: "v1.30.1")), status: FeedStatus(.live))
        inbox.close(sink)
        sink.post(FeedStatus(.live))
        let update = try #require(inbox.drain().first)
        guard case .forgotten = update.change else { return #expect(Bool(false), "still remembered") }
        #expect(update.status == nil)
    }

    @Test("an opening that another has followed cannot be closed any more")
    func lateClose() {
        let inbox = Inbox {}
        let old = inbox.open(server)
        let new = inbox.open(server)
        inbox.close(old)
        new.post(FeedStatus(.live))
        #expect(inbox.drain().map(\.status) == [FeedStatus(.live)])
    }

    @Test("the world lets go of a forgotten table and keeps what was opened anew")
    func forgotten() {
        var world = World()
        var delta = TableDelta(reset: [])
        delta.put(TableRow(namespace: "payments", name: "api", cells: []))
        _ = world.apply(FeedUpdate(pods, status: FeedStatus(.live), change: .table(delta)))
        _ = world.apply(FeedUpdate(pods, change: .forgotten))
        #expect(world.tables[pods] == nil)
        #expect(world.status(of: pods) == .idle)
    }
}
