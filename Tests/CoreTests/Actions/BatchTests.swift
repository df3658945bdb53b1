import Model
import Testing

@testable import Core

@Suite("A batch")
struct BatchTests {
    let bench: DeskBench
    let nodes = ["node-1", "node-2", "node-3", "node-4", "node-5"].map(DeskBench.node)

    init() throws {
        bench = try DeskBench()
        for node in ["node-1", "node-2", "node-3", "node-4", "node-5", "node-6"] { bench.addNode(node) }
    }

    @Test("whose connection is lost says what was done, what was not, and what nobody knows; and is continued")
    func lost() async {
        bench.cluster.fail("PATCH /api/v1/nodes/node-3", .reset)
        let report = await bench.carryOut(.cordon, on: nodes).report
        #expect(report?.summary == "cordoned 2 of 5 nodes, 1 unknown, 2 not begun: the connection was lost")
        #expect(
            report?.progress.items.map(\.state.word) == ["done", "done", "unknown", "skipped", "skipped"])
        #expect(report?.progress.items[4].state == .skipped("not begun: the connection was lost"))
        #expect(report?.canContinue == true)
        #expect(bench.cluster.changes.count == 3)
        bench.desk.proceed(ActionID(1))
        let second = await bench.rest().report
        #expect(second?.summary == "cordoned 5 of 5 nodes")
        #expect(second?.canContinue == false)
        #expect(second?.undo?.action == Action(.uncordon, on: nodes, in: "sandbox"))
    }

    @Test("asks first what became of the one that nobody knows about, and does not do it twice")
    func askedFirst() async {
        bench.addPod("a-1", owner: "a")
        bench.addPod("a-2", owner: nil)
        bench.cluster.fail("DELETE \(DeskBench.pods)/a-2", .timedOut(phase: "answer"))
        let report = await bench.carryOut(.delete(DeleteOptions()), on: [DeskBench.pod("a-2"), DeskBench.pod("a-1")])
            .report
        #expect(report?.progress.items.map(\.state.word) == ["unknown", "skipped"])
        bench.cluster.remove("\(DeskBench.pods)/a-2")
        let before = bench.cluster.changes.count
        bench.desk.proceed(ActionID(1))
        let second = await bench.rest().report
        #expect(second?.progress.items[0].state == .done("deleted after all"))
        #expect(second?.summary == "deleted 2 of 2 pods")
        #expect(Array(bench.cluster.changes.dropFirst(before)) == ["DELETE \(DeskBench.pods)/a-1"])
    }

    @Test("that cannot reach the server has sent nothing")
    func unreachable() async {
        bench.cluster.fail("PATCH /api/v1/nodes/node-1", .refused)
        let report = await bench.carryOut(.cordon, on: nodes).report
        #expect(report?.summary == "cordoned 0 of 5 nodes, 5 not begun: the connection was lost")
        #expect(report?.canContinue == true)
    }

    @Test("goes on when one of its objects is refused, with the server's reason")
    func oneRefused() async {
        bench.cluster.answer(
            "PATCH /api/v1/nodes/node-2", status: 403,
            #"{"kind":"Status","reason":"Forbidden","message":"nodes \"node-2\" is forbidden: User \"ada\" cannot patch resource \"nodes\""}"#
        )
        let report = await bench.carryOut(.cordon, on: nodes).report
        #expect(report?.summary == "cordoned 4 of 5 nodes, 1 failed")
        #expect(
            report?.progress.items[1].state
                == .failed(#"nodes "node-2" is forbidden: User "ada" cannot patch resource "nodes" (403)"#))
    }

    @Test("that is stopped begins nothing more, and is taken up again")
    func stopped() async {
        bench.addPod("a-1", owner: "a", isReady: true)
        bench.addPod("b-1", owner: "a", isReady: true)
        let desk = bench.desk
        bench.cluster.afterDelete { cluster, path in
            if path.hasSuffix("a-1") { desk.stop(ActionID(1)) }
            cluster.addPod(path.hasSuffix("a-1") ? "a-9" : "b-9", owner: "a")
        }
        let report = await bench.carryOut(.restart, on: [DeskBench.pod("a-1"), DeskBench.pod("b-1")]).report
        #expect(report?.summary == "restarted 1 of 2 pods, 1 not begun: stopped")
        bench.desk.proceed(ActionID(1))
        #expect(await bench.rest().report?.summary == "restarted 2 of 2 pods")
    }

    @Test("that is dropped before it runs leaves nothing behind")
    func dropped() async {
        #expect(await bench.plan(.cordon, on: nodes).plan != nil)
        bench.desk.stop(ActionID(1))
        bench.desk.confirm(ActionID(1), typed: "")
        #expect(await bench.rest().refusal?.reason == "dropped; nothing was changed")
        #expect(bench.cluster.changes == [])
        #expect(bench.audit.lines == [])
    }
}
