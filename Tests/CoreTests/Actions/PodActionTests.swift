import JSON
import Model
import Testing

@testable import Core

@Suite("Pods are restarted, deleted and evicted")
struct PodActionTests {
    let bench: DeskBench
    init() throws { bench = try DeskBench() }

    @Test("a plan says how many, how many ready, which budget, and who depends on them")
    func facts() async {
        bench.addPod("api-1")
        bench.addPod("api-2", isReady: false)
        bench.addBudget(allowed: 0)
        bench.addService()
        let plan = await bench.plan(.restart, on: [DeskBench.pod("api-1"), DeskBench.pod("api-2")]).plan
        #expect(plan?.headline == "restart 2 pods in payments")
        #expect(
            plan?.facts.map { "\($0.name): \($0.value)" } == [
                "pods: 2, 1 ready now", "owned by: replicaset/api-7d9 (2)",
                "disruption budget: api: needs 3 healthy, has 3; 0 may be missing now", "depend on it: service/api",
            ])
        #expect(plan?.warnings == [])
        #expect(plan?.confirmation == .enter)
        #expect(bench.cluster.writes == [])
    }

    @Test("an object without a name is refused before anything is asked: it would mean all there are")
    func nameless() async {
        let state = await bench.plan(.delete(DeleteOptions()), on: [DeskBench.pod("")])
        #expect(
            state.refusal
                == ActionRefusal(.invalid, "an object without a name is none: it would mean all there are"))
        #expect(bench.cluster.requests.isEmpty)
    }

    @Test("a restart deletes the very pod that was seen and waits until its successor is ready")
    func restart() async {
        bench.addPod("api-1")
        bench.cluster.afterDelete { cluster, _ in cluster.addPod("api-9") }
        let report = await bench.carryOut(.restart, on: [DeskBench.pod("api-1")]).report
        #expect(report?.summary == "pod/api-1: api-9 is ready")
        #expect(report?.progress.items == [.init("pod/api-1", .done("api-9 is ready"))])
        #expect(bench.cluster.changes == ["DELETE /api/v1/namespaces/payments/pods/api-1"])
        let body = bench.cluster.requests.first { $0.method == .delete }?.body
        #expect(
            body.map { String(decoding: $0, as: UTF8.self) }?.contains(#""preconditions":{"uid":"u-api-1"}"#) == true)
        #expect(report?.undo == nil)
    }

    @Test("pods of one owner are restarted one after the other, each after the one before is back")
    func oneAfterTheOther() async {
        bench.addPod("api-1")
        bench.addPod("api-2")
        bench.cluster.afterDelete { cluster, path in
            cluster.addPod(
                path.hasSuffix("api-1") ? "api-8" : "api-9", isReady: !path.hasSuffix("api-1"),
                waiting: path.hasSuffix("api-1") ? "ImagePullBackOff" : "")
        }
        let report = await bench.carryOut(.restart, on: [DeskBench.pod("api-1"), DeskBench.pod("api-2")]).report
        #expect(
            report?.progress.items.map(\.state) == [
                .failed("deleted, but after 300 s api-8 is not ready yet: app: ImagePullBackOff: no such image"),
                .skipped("not begun: the one before it did not go well"),
            ])
        #expect(report?.summary == "restarted 0 of 2 pods, 1 failed, 1 not begun")
        #expect(report?.canContinue == true)
    }

    @Test("a pod without owner says that it would not come back, and can be created again for a minute")
    func unowned() async {
        bench.addPod("tool", owner: nil)
        let plan = await bench.plan(.delete(DeleteOptions()), on: [DeskBench.pod("tool")]).plan
        #expect(plan?.warnings == ["pod/tool has no owner: it is deleted, and it would not come back"])
        bench.desk.confirm(ActionID(1), typed: "")
        let undo = await bench.rest().report?.undo
        #expect(undo?.title == "create pod/tool again")
        #expect(undo?.until.since(bench.pacer.now) == 60)
        #expect(bench.cluster.object("\(DeskBench.pods)/tool") == nil)
        guard let undo else { return }
        let report = await bench.carryOut(undo.action.verb, on: undo.action.objects, number: 2).report
        #expect(report?.summary == "pod/tool: created again")
        let again = bench.cluster.object("\(DeskBench.pods)/tool")
        #expect(again?[path: ["spec", "nodeName"]] == nil)
        #expect(again?[path: ["status"]] == nil)
    }

    @Test("the way back is kept for a minute and no longer")
    func tooLate() async throws {
        bench.addPod("tool", owner: nil)
        let report = await bench.carryOut(.delete(DeleteOptions()), on: [DeskBench.pod("tool")]).report
        let undo = try #require(report?.undo)
        try await bench.pacer.sleep(61)
        let refusal = await bench.plan(undo.action.verb, on: undo.action.objects, number: 2).refusal
        #expect(refusal?.reason == "it is too late: the way back was kept for 60 s")
    }

    @Test("an object that is gone, or was replaced, is not hit")
    func goneMeanwhile() async {
        #expect(
            await bench.plan(.restart, on: [DeskBench.pod("api-1")]).refusal?.reason == "pod/api-1 is gone in payments")
        bench.addPod("api-1", uid: "another")
        let refusal = await bench.plan(.restart, on: [DeskBench.pod("api-1")]).refusal
        #expect(refusal?.reason == "pod/api-1 was replaced meanwhile by another of its name")
        #expect(bench.cluster.writes == [])
    }

    @Test("an object deleted between plan and confirmation is told so in full")
    func deletedMeanwhile() async {
        bench.addPod("api-1")
        #expect(await bench.plan(.restart, on: [DeskBench.pod("api-1")]).plan != nil)
        bench.cluster.remove("\(DeskBench.pods)/api-1")
        bench.desk.confirm(ActionID(1), typed: "")
        let report = await bench.rest().report
        #expect(
            report?.summary
                == "restarted 0 of 1 pod, 1 failed: it is gone: /api/v1/namespaces/payments/pods/api-1 not found (404)")
    }

    @Test("an object replaced between plan and confirmation is refused by its uid")
    func replacedMeanwhile() async {
        bench.addPod("api-1")
        #expect(await bench.plan(.restart, on: [DeskBench.pod("api-1")]).plan != nil)
        bench.addPod("api-1", uid: "another")
        bench.desk.confirm(ActionID(1), typed: "")
        let report = await bench.rest().report
        #expect(
            report?.progress.items[0].state
                == .failed(
                    "it was changed or replaced meanwhile: the UID in the precondition does not match the UID in record (409)"
                ))
        #expect(bench.cluster.object("\(DeskBench.pods)/api-1") != nil)
    }

    @Test("an eviction that a budget blocks names the budget, asks again with patience, and then says so")
    func blockedEviction() async {
        bench.addPod("api-1")
        for _ in 0..<50 { bench.cluster.answer("POST \(DeskBench.pods)/api-1/eviction", status: 429, Self.budget) }
        let report = await bench.carryOut(.evict, on: [DeskBench.pod("api-1")]).report
        guard case .failed(let words) = report?.progress.items[0].state else {
            Issue.record("\(String(describing: report))")
            return
        }
        #expect(words.hasPrefix("blocked for 60 s: "))
        #expect(
            words.hasSuffix(
                "Cannot evict pod as it would violate the pod's disruption budget.: "
                    + "The disruption budget web needs 3 healthy pods and has 3 currently (429)"))
    }

    @Test("500 pods are planned with a few questions and deleted one request each")
    func manyPods() async {
        let names = (0..<500).map { "api-\($0)" }
        for name in names { bench.addPod(name, owner: "owner-\(name)") }
        bench.cluster.afterDelete { cluster, path in
            let name = String(path.split(separator: "/").last ?? "")
            cluster.addPod("\(name)-new", owner: "owner-\(name)")
        }
        let phase = await bench.plan(.restart, on: names.map { DeskBench.pod($0) })
        #expect(phase.plan?.headline == "restart 500 pods in payments")
        #expect(bench.cluster.asked.count < 10)
        bench.desk.plan(ActionID(1), Action(.restart, on: names.map { DeskBench.pod($0) }, in: "sandbox"), waits: false)
        _ = await bench.rest()
        bench.desk.confirm(ActionID(1), typed: "")
        let report = await bench.rest().report
        #expect(report?.summary == "restarted 500 of 500 pods")
        #expect(bench.cluster.changes.count == 500)
    }

    static let budget =
        #"{"kind":"Status","status":"Failure","message":"Cannot evict pod as it would violate the pod's disruption budget.","reason":"TooManyRequests","details":{"causes":[{"reason":"DisruptionBudget","message":"The disruption budget web needs 3 healthy pods and has 3 currently"}]},"code":429}"#
}
