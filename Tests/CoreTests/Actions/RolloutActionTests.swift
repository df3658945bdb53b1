import JSON
import Model
import Testing

@testable import Core

@Suite("Workloads are restarted, scaled, rolled back and changed")
struct RolloutActionTests {
    let bench: DeskBench
    let api = DeskBench.deployment("api")
    init() throws {
        bench = try DeskBench()
        bench.addDeployment("api")
    }

    @Test("a number below zero is refused before anything is asked")
    func negative() async {
        let refusal = await bench.plan(.scale(replicas: -1), on: [api]).refusal
        #expect(refusal == ActionRefusal(.invalid, "there cannot be -1 replicas", hint: "0 or more"))
        #expect(bench.cluster.writes == [])
    }

    @Test("a million asks for the number to be typed")
    func million() async {
        let plan = await bench.plan(.scale(replicas: 1_000_000), on: [api]).plan
        #expect(plan?.confirmation == .type("1000000"))
        #expect(plan?.warnings == ["1000000 pods each: the cluster may not have room for them"])
        bench.desk.confirm(ActionID(1), typed: "")
        #expect(bench.cluster.changes == [])
    }

    @Test("scaling is undone by the number that was there before")
    func scaling() async {
        bench.addDeployment("api", replicas: 3)
        let plan = await bench.plan(.scale(replicas: 0), on: [api]).plan
        #expect(plan?.warnings == ["deployment/api will have no pods at all"])
        #expect(plan?.facts.last == .init("replicas", "3 now, 0 then"))
        bench.desk.plan(ActionID(1), Action(.scale(replicas: 0), on: [api], in: "sandbox"), waits: false)
        _ = await bench.rest()
        bench.desk.confirm(ActionID(1), typed: "")
        let report = await bench.rest().report
        #expect(report?.summary == "deployment/api: scaled to 0")
        #expect(report?.undo?.action == Action(.scale(replicas: 3), on: [api], in: "sandbox"))
        #expect(bench.cluster.object("\(DeskBench.deployments)/api")?[path: ["spec", "replicas"]] == .number("0"))
    }

    @Test("an autoscaler's bounds are moved, said plainly, and put back by the same way")
    func autoscaler() async throws {
        let path = "/apis/autoscaling/v2/namespaces/payments/horizontalpodautoscalers/api"
        bench.cluster.put(
            path,
            """
            {"metadata":{"name":"api","namespace":"payments","uid":"u-hpa"},"spec":{"scaleTargetRef":{"kind":"Deployment","name":"api"},
            "minReplicas":3,"maxReplicas":10}}
            """)
        bench.desk.plan(ActionID(1), Action(.scale(replicas: 12), on: [api], in: "sandbox"), waits: false)
        let plan = await bench.rest().plan
        #expect(
            plan?.warnings == [
                "autoscaler api keeps deployment/api between 3 and 10: its bounds become 3 and 12"
            ])
        bench.desk.confirm(ActionID(1), typed: "")
        let undo = try #require(await bench.rest().report?.undo)
        #expect(undo.title == "scale back to 3, and the autoscaler's bounds")
        #expect(bench.cluster.object(path)?[path: ["spec", "maxReplicas"]] == .number("12"))
        _ = await bench.carryOut(undo.action.verb, on: undo.action.objects, number: 2)
        #expect(bench.cluster.object(path)?[path: ["spec", "maxReplicas"]] == .number("10"))
        #expect(bench.cluster.object("\(DeskBench.deployments)/api")?[path: ["spec", "replicas"]] == .number("3"))
    }

    @Test("a bad image is refused before anything is sent")
    func badImage() async {
        let refusal = await bench.plan(.setImage(["app": "Registry.example/API:1 0"]), on: [api]).refusal
        #expect(refusal?.reason == "\"Registry.example/API:1 0\" is no image: it holds blanks or foreign characters")
        #expect(bench.cluster.requests.allSatisfy { $0.method == .get || $0.url.contains("selfsubject") })
        let unknown = await bench.plan(.setImage(["web": "nginx:1"]), on: [api]).refusal
        #expect(unknown == ActionRefusal(.invalid, "deployment/api has no container \"web\"", hint: "it has app"))
    }

    @Test("an image is shown before and after, and set back")
    func image() async {
        bench.desk.plan(
            ActionID(1), Action(.setImage(["app": "registry.example/api:2.0"]), on: [api], in: "sandbox"), waits: false)
        let plan = await bench.rest().plan
        #expect(
            plan?.difference == [
                DifferenceLine(.place, "deployment/api"), DifferenceLine(.removed, "app: registry.example/api:1.0"),
                DifferenceLine(.added, "app: registry.example/api:2.0"),
            ])
        bench.desk.confirm(ActionID(1), typed: "")
        let report = await bench.rest().report
        #expect(report?.undo?.action.verb == .setImage(["app": "registry.example/api:1.0"]))
    }

    @Test("a roll-out that is stuck says on which pod and why, and offers the revision before")
    func stuck() async {
        bench.addDeployment("api", replicas: 3, ready: 2)
        bench.addPod("api-9", isReady: false, waiting: "ImagePullBackOff")
        let report = await bench.carryOut(.restart, on: [api]).report
        #expect(
            report?.progress.items[0].state
                == .failed(
                    "restarted, but it is stuck: 2 of 3 updated, 2 available; api-9: app: ImagePullBackOff: no such image"
                ))
    }

    @Test("a paused deployment is not restarted")
    func paused() async {
        bench.cluster.put(
            "\(DeskBench.deployments)/api", #"{"metadata":{"name":"api","uid":"u-api"},"spec":{"paused":true}}"#)
        let refusal = await bench.plan(.restart, on: [api]).refusal
        #expect(refusal == ActionRefusal(.invalid, "the roll-out of deployment/api is paused", hint: "resume it first"))
    }

    @Test("going back shows the difference first, and puts the old template in place of the present one")
    func undo() async {
        addRevision(1, image: "registry.example/api:0.9")
        addRevision(2, image: "registry.example/api:1.0")
        bench.desk.plan(ActionID(1), Action(.undoRollout(revision: nil), on: [api], in: "sandbox"), waits: false)
        let plan = await bench.rest().plan
        #expect(plan?.headline == "roll back deployment/api in payments to the revision before")
        #expect(plan?.facts.last == .init("revision", "2 now, 1 then"))
        #expect(
            plan?.difference.filter { $0.kind != .same && $0.kind != .place } == [
                DifferenceLine(.removed, "  - image: registry.example/api:1.0"),
                DifferenceLine(.added, "  - image: registry.example/api:0.9"),
            ])
        bench.desk.confirm(ActionID(1), typed: "")
        let report = await bench.rest().report
        #expect(report?.summary == "deployment/api: rolled back to revision 1")
        #expect(report?.undo?.action.verb == .undoRollout(revision: 2))
        let labels = bench.cluster.object("\(DeskBench.deployments)/api")?[path: [
            "spec", "template", "metadata", "labels",
        ]]
        #expect(labels == .object(["app": .string("api")]))
    }

    @Test("a revision that is not there is named with those that are")
    func noRevision() async {
        addRevision(1, image: "a")
        addRevision(2, image: "b")
        let refusal = await bench.plan(.undoRollout(revision: 7), on: [api]).refusal
        #expect(refusal == ActionRefusal(.invalid, "deployment/api has no revision 7", hint: "it has 1, 2"))
        let present = await bench.plan(.undoRollout(revision: 2), on: [api]).refusal
        #expect(present?.reason == "deployment/api has revision 2 already")
    }

    private func addRevision(_ number: Int, image: String) {
        bench.cluster.put(
            "/apis/apps/v1/namespaces/payments/replicasets/api-\(number)",
            """
            {"metadata":{"name":"api-\(number)","namespace":"payments","annotations":{"deployment.kubernetes.io/revision":"\(number)"},
            "ownerReferences":[{"uid":"u-api"}]},"spec":{"template":{"metadata":{"labels":{"app":"api","pod-template-hash":"h\(number)"}},
            "spec":{"containers":[{"name":"app","image":"\(image)"}]}}}}
            """)
    }
}

@Suite("Nodes are cordoned and drained")
struct NodeActionTests {
    let bench: DeskBench
    init() throws {
        bench = try DeskBench()
        bench.addNode("node-1")
    }

    @Test("cordoning the last schedulable node is warned of, and undone by uncordoning")
    func last() async {
        let plan = await bench.plan(.cordon, on: [DeskBench.node("node-1")]).plan
        #expect(
            plan?.warnings == ["no other node is ready and schedulable: nothing new could start in the whole cluster"])
        bench.desk.confirm(ActionID(1), typed: "")
        let report = await bench.rest().report
        #expect(report?.undo?.action == Action(.uncordon, on: [DeskBench.node("node-1")], in: "sandbox"))
    }

    @Test("a drain that a budget blocks names the budget before, and says in full what blocked it")
    func blocked() async {
        bench.addNode("node-2")
        bench.addPod("api-1")
        bench.addBudget(allowed: 0)
        for _ in 0..<100 {
            bench.cluster.answer("POST \(DeskBench.pods)/api-1/eviction", status: 429, PodActionTests.budget)
        }
        var options = DrainOptions()
        options.patience = 30
        let plan = await bench.plan(.drain(options), on: [DeskBench.node("node-1")]).plan
        #expect(
            plan?.warnings == [
                "disruption budget payments/api lets none of its 1 pods here go now: the drain waits for it, up to 30 s"
            ])
        bench.desk.confirm(ActionID(1), typed: "")
        let report = await bench.rest().report
        #expect(report?.progress.items[0].state == .done("cordoned"))
        guard case .failed(let words) = report?.progress.items[1].state else {
            Issue.record("\(String(describing: report))")
            return
        }
        #expect(words.hasPrefix("blocked for 30 s: "))
        #expect(words.hasSuffix("The disruption budget web needs 3 healthy pods and has 3 currently (429)"))
        #expect(report?.undo?.title == "uncordon it again")
    }

    @Test("pods that would be lost stop a drain until the person says otherwise")
    func unowned() async {
        bench.addNode("node-2")
        bench.addPod("tool", owner: nil)
        let refusal = await bench.plan(.drain(DrainOptions()), on: [DeskBench.node("node-1")]).refusal
        #expect(
            refusal
                == ActionRefusal(
                    .invalid, "node/node-1: tool would not come back: no controller owns it",
                    hint: "delete unowned pods too (--force)"))
        #expect(bench.cluster.writes == [])
    }

    @Test("nothing is evicted from a node that could not be cordoned")
    func notCordoned() async {
        bench.addNode("node-2")
        bench.addPod("api-1")
        bench.cluster.answer(
            "PATCH /api/v1/nodes/node-1", status: 500, #"{"kind":"Status","message":"etcd is away","code":500}"#)
        let report = await bench.carryOut(.drain(DrainOptions()), on: [DeskBench.node("node-1")]).report
        #expect(
            report?.progress.items.map(\.state) == [
                .failed("etcd is away (500)"), .skipped("not begun: node/node-1 did not go well"),
            ])
        #expect(bench.cluster.object("\(DeskBench.pods)/api-1") != nil)
    }
}

@Suite("Labels")
struct LabelActionTests {
    let bench: DeskBench
    init() throws {
        bench = try DeskBench()
        bench.addDeployment("api")
    }

    @Test("with a bad key or value are refused before anything is asked")
    func bad() async {
        let api = DeskBench.deployment("api")
        let key = await bench.plan(.label(["-team": "a"]), on: [api]).refusal
        #expect(
            key?.reason
                == "\"-team\" is no label's key: its name must be 1 to 63 letters, digits, dashes, underscores and dots, ends being letters or digits"
        )
        let value = await bench.plan(.label(["team": "a b"]), on: [api]).refusal
        #expect(
            value?.reason
                == "\"a b\" is no label's value: a value must be empty, or at most 63 letters, digits, dashes, underscores and dots, ends being letters or digits"
        )
        #expect(bench.cluster.writes == [])
    }

    @Test("are shown before and after, and put back as they were")
    func putBack() async {
        let api = DeskBench.deployment("api")
        let report = await bench.carryOut(.label(["team": "b"]), on: [api]).report
        #expect(
            bench.cluster.object("\(DeskBench.deployments)/api")?[path: ["metadata", "labels", "team"]] == .string("b"))
        #expect(report?.undo?.action == Action(.label(["team": nil]), on: [api], in: "sandbox"))
        _ = await bench.carryOut(.label(["team": nil]), on: [api], number: 2)
        #expect(bench.cluster.object("\(DeskBench.deployments)/api")?[path: ["metadata", "labels", "team"]] == nil)
    }
}
