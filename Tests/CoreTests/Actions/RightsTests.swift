import Model
import Testing

@testable import Core

@Suite("Rights")
struct RightsTests {
    @Test("that are missing are told before anything is asked")
    func missing() async throws {
        let bench = try DeskBench()
        bench.addPod("api-1")
        bench.cluster.forbid()
        let refusal = await bench.plan(.restart, on: [DeskBench.pod("api-1")]).refusal
        #expect(refusal == ActionRefusal(.forbidden, "you may not delete pods in payments"))
        #expect(bench.cluster.changes == [])
    }

    @Test("that are withdrawn meanwhile are told in the server's words")
    func withdrawn() async throws {
        let bench = try DeskBench()
        bench.addPod("api-1")
        #expect(await bench.plan(.restart, on: [DeskBench.pod("api-1")]).plan != nil)
        bench.cluster.answer(
            "DELETE \(DeskBench.pods)/api-1", status: 403,
            #"{"kind":"Status","reason":"Forbidden","message":"pods \"api-1\" is forbidden: User \"ada\" cannot delete resource \"pods\" in API group \"\" in the namespace \"payments\"","code":403}"#
        )
        bench.desk.confirm(ActionID(1), typed: "")
        #expect(
            await bench.rest().report?.progress.items[0].state
                == .failed(
                    #"pods "api-1" is forbidden: User "ada" cannot delete resource "pods" in API group "" in the namespace "payments" (403)"#
                ))
    }

    @Test("are fed to panes as the server tells them")
    func feed() async throws {
        let bench = try DeskBench()
        let hub = FeedHub(source: bench.environments, inbox: bench.inbox, pacer: bench.pacer)
        defer { hub.stop() }
        let id = FeedID.rights("sandbox", namespace: "payments")
        hub.subscribe(id)
        var rights: Rights?
        while rights == nil {
            for update in bench.inbox.drain() { if case .rights(let new) = update.change { rights = new } }
            await Task.yield()
        }
        #expect(rights?.allows(Rights.Need("delete", .pods)) == true)
    }
}
