import HTTP
import JSON
import Model
import Testing

@testable import Core

@Suite("Manifests are applied and created")
struct ManifestActionTests {
    static let kinds = #"""
        {"kind":"APIGroupDiscoveryList","items":[{"metadata":{"name":""},"versions":[{"version":"v1","resources":[
        {"resource":"configmaps","responseKind":{"group":"","version":"v1","kind":"ConfigMap"},"scope":"Namespaced","singularResource":"configmap","verbs":["get","list"]}]}]}]}
        """#
    let bench: DeskBench
    let path = "/api/v1/namespaces/payments/configmaps/app"
    init() throws {
        bench = try DeskBench()
        for _ in 0..<5 {
            bench.cluster.answer("GET /api", status: 200, Self.kinds)
            bench.cluster.answer("GET /apis", status: 200, #"{"kind":"APIGroupDiscoveryList","items":[]}"#)
        }
    }

    @Test("broken YAML is refused with its line")
    func broken() async {
        let refusal = await bench.plan(.apply(manifest: "kind: ConfigMap\nmetadata: [\n", force: false), on: []).refusal
        #expect(refusal?.kind == .invalid)
        #expect(refusal?.reason.hasPrefix("line 3: not YAML: ") == true)
        #expect(bench.cluster.writes == [])
    }

    @Test("what lacks a name or a kind is refused with its line")
    func lacking() async {
        let nameless = "apiVersion: v1\nkind: ConfigMap\n---\napiVersion: v1\nkind: ConfigMap\n"
        #expect(
            await bench.plan(.create(manifest: nameless), on: []).refusal?.reason
                == "line 1: ConfigMap has no metadata.name")
        #expect(
            await bench.plan(.create(manifest: "# nothing\n"), on: []).refusal?.reason == "the file holds no object")
        let unknown = "apiVersion: example.com/v1\nkind: Thing\nmetadata: { name: x }\n"
        #expect(
            await bench.plan(.create(manifest: unknown), on: []).refusal?.reason
                == "line 1: sandbox has no Thing in example.com/v1")
    }

    @Test("an apply shows what changes, in the context's namespace")
    func apply() async {
        let text = "apiVersion: v1\nkind: ConfigMap\nmetadata: { name: app }\ndata: { level: debug }\n"
        let plan = await bench.plan(.apply(manifest: text, force: false), on: []).plan
        #expect(plan?.headline == "apply configmap/app")
        #expect(plan?.facts == [.init("configmap/app", "is new")])
        bench.desk.confirm(ActionID(1), typed: "")
        let report = await bench.rest().report
        #expect(report?.summary == "configmap/app: created")
        #expect(bench.cluster.object(path)?[path: ["data", "level"]] == .string("debug"))
        #expect(report?.undo?.title == "delete configmap/app again")
        #expect(
            bench.cluster.changes == ["PATCH \(path)?fieldManager=midwatch&force=false"])
    }

    @Test("an apply that meets another manager's fields names them all, and how to take them over")
    func conflict() async {
        bench.cluster.answer(
            "PATCH \(path)?dryRun", status: 409,
            #"{"kind":"Status","message":"Apply failed with 1 conflict: conflict with \"alice\" using v1: .data.level","reason":"Conflict","details":{"causes":[{"reason":"FieldManagerConflict","message":"conflict with \"alice\" using v1","field":".data.level"}]},"code":409}"#
        )
        let text = "apiVersion: v1\nkind: ConfigMap\nmetadata: { name: app }\ndata: { level: debug }\n"
        let refusal = await bench.plan(.apply(manifest: text, force: false), on: []).refusal
        #expect(
            refusal
                == ActionRefusal(
                    .rejected,
                    #"configmap/app: Apply failed with 1 conflict: conflict with "alice" using v1: .data.level (409)"#,
                    hint: "apply it with force to take these fields over"))
    }
}

@Suite("Sessions go the same way")
struct SessionActionTests {
    @Test("a shell opens at once where nothing is protected, and is written down")
    func shell() async throws {
        let bench = try DeskBench(sessions: WillingSessions())
        bench.addPod("api-1")
        let report = await bench.carryOut(.shell(ShellOptions()), on: [DeskBench.pod("api-1")]).report
        #expect(report?.session == SessionID(7))
        #expect(report?.summary == "pod/api-1: a shell in api-1")
        #expect(bench.audit.lines.contains { $0.contains(#""event":"session-opened""#) })
    }

    @Test("in a protected environment a shell asks for the name")
    func protected() async throws {
        let bench = try DeskBench(sessions: WillingSessions())
        bench.addPod("api-1")
        let pod = DeskBench.pod("api-1", in: "production")
        #expect(
            await bench.plan(.shell(ShellOptions()), on: [pod], in: "production").plan?.confirmation
                == .type("production"))
        #expect(bench.audit.lines == [])
    }

    @Test("a debug container's bad image is refused before anything is asked")
    func debug() async throws {
        let bench = try DeskBench(sessions: WillingSessions())
        bench.addPod("api-1")
        let refusal = await bench.plan(.debug(DebugOptions(image: "busy box")), on: [DeskBench.pod("api-1")]).refusal
        #expect(refusal?.reason == "\"busy box\" is no image: it holds blanks or foreign characters")
        #expect(bench.cluster.writes == [])
    }
}
