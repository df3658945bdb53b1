import Foundation
import HTTP
import HTTPTesting
import JSON
import Model
import Testing

@testable import Backends

@Suite("The writer")
struct KubernetesWriterTests {
    let bench = ClientBench()
    let writer: KubernetesWriter
    let web = ObjectReference(
        environment: "lab", kind: .deployments, namespace: "demo", name: "web",
        uid: "8cea26e6-a3ad-44c1-9582-66c42f02c5f9")
    let pod = ObjectReference(
        environment: "lab", kind: .pods, namespace: "demo", name: "web-648586f6c-hhhf6", uid: "")

    init() { writer = KubernetesWriter(bench.client, permit: WritePermit("lab", .change)) }

    private func answer(_ method: HTTPRequest.Method, _ path: String, _ fixture: String, _ status: Int = 200) throws {
        bench.transport.answer(method, path, status: status, bytes: try KubernetesFixture.bytes(fixture))
    }

    private var body: String { bench.transport.requests.last?.body.map { String(decoding: $0, as: UTF8.self) } ?? "" }

    @Test("restarts a roll-out as a real server takes it, bound to the very object")
    func restart() async throws {
        try answer(.patch, "/apis/apps/v1/namespaces/demo/deployments/web", "writes/rollout-restart")
        let answer = try await writer.restart(web, at: try #require(Timestamp(rfc3339: "2026-11-22T13:17:22Z")))
        #expect(answer.text("metadata", "name") == "web")
        #expect(
            body
                == #"{"spec":{"template":{"metadata":{"annotations":{"kubectl.kubernetes.io/restartedAt":"2026-11-22T13:17:22Z"}}}},"metadata":{"uid":"8cea26e6-a3ad-44c1-9582-66c42f02c5f9"}}"#
        )
        #expect(bench.transport.requests.last?.headers["Content-Type"] == "application/strategic-merge-patch+json")
        #expect(bench.asked == ["/apis/apps/v1/namespaces/demo/deployments/web?fieldManager=midwatch"])
    }

    @Test("scales by the scale alone")
    func scale() async throws {
        try answer(.patch, "/apis/apps/v1/namespaces/demo/deployments/web/scale", "writes/scale-patch")
        let answer = try await writer.scale(web, to: 5)
        #expect(answer.number("spec", "replicas") == 5)
        #expect(bench.transport.requests.last?.headers["Content-Type"] == "application/merge-patch+json")
    }

    @Test("deletes with propagation, grace and the uid as a precondition")
    func delete() async throws {
        try answer(.delete, "/api/v1/namespaces/demo/pods/web-648586f6c-hhhf6", "writes/pod-delete-force")
        var named = pod
        named.uid = "u1"
        try await writer.delete(named, DeleteOptions(propagation: .foreground, isForced: true))
        #expect(
            body
                == #"{"kind":"DeleteOptions","apiVersion":"v1","propagationPolicy":"Foreground","gracePeriodSeconds":0,"preconditions":{"uid":"u1"}}"#
        )
    }

    @Test("reads a budget's refusal in full")
    func budget() async throws {
        try answer(.post, "/api/v1/namespaces/demo/pods/web-648586f6c-hhhf6/eviction", "writes/evict-pdb-429", 429)
        let error = await #expect(throws: WriteError.self) { try await writer.evict(pod) }
        #expect(error?.code == 429)
        #expect(
            error?.message
                == "Cannot evict pod as it would violate the pod's disruption budget.: The disruption budget web needs 3 healthy pods and has 3 currently (429)"
        )
    }

    @Test("reads a precondition that does not hold, a conflict, a negative scale")
    func refusals() async throws {
        let map = ObjectReference(
            environment: "lab", kind: .configMaps, namespace: "shop",
            name: "app-config", uid: "00000000-0000-0000-0000-000000000000")
        let path = "/api/v1/namespaces/shop/configmaps/app-config"
        try answer(.delete, path, "errors/409-delete-precondition", 409)
        try answer(.put, path, "errors/409-conflict-put", 409)
        try answer(.patch, "/apis/apps/v1/namespaces/demo/deployments/web/scale", "writes/scale-negative-422", 422)
        let gone = await #expect(throws: WriteError.self) { try await writer.delete(map) }
        #expect(gone?.message.hasSuffix("The object might have been deleted and then recreated (409)") == true)
        let conflict = await #expect(throws: WriteError.self) { try await writer.put(map, [:]) }
        #expect(
            conflict?.message
                == "Operation cannot be fulfilled on configmaps \"app-config\": the object has been modified; please apply your changes to the latest version and try again (409)"
        )
        let negative = await #expect(throws: WriteError.self) { try await writer.scale(web, to: -1) }
        #expect(
            negative
                == .refused(
                    WriteRefusal(
                        code: 422, reason: "Invalid",
                        words:
                            "Scale.autoscaling \"api\" is invalid: spec.replicas: Invalid value: -1: must be greater than or equal to 0",
                        causes: [
                            .init(
                                field: "spec.replicas",
                                message: "Invalid value: -1: must be greater than or equal to 0",
                                reason: "FieldValueInvalid")
                        ])))
    }

    @Test("reads every conflict of an apply, with its fields")
    func applyConflicts() async throws {
        try answer(
            .patch, "/apis/apps/v1/namespaces/demo/deployments/web", "apply/deployment-conflict-dry-run-409", 409)
        let rehearsal = KubernetesWriter(bench.client, permit: WritePermit("lab", .rehearsal))
        let error = await #expect(throws: WriteError.self) {
            try await rehearsal.apply(web, ["spec": ["replicas": 9]], force: false)
        }
        guard case .refused(let refusal) = error else { return #expect(Bool(false)) }
        #expect(
            refusal.causes.map(\.field) == [".spec.replicas", #".spec.template.spec.containers[name="nginx"].image"#])
        #expect(bench.transport.requests.last?.headers["Content-Type"] == "application/apply-patch+yaml")
        #expect(
            bench.asked == [
                "/apis/apps/v1/namespaces/demo/deployments/web?fieldManager=midwatch&force=false&dryRun=All"
            ])
    }

    @Test("comes back when a busy server says so, and not for a budget's no")
    func throttled() async throws {
        let hasty = KubernetesWriter(
            KubernetesClient(
                connection: KubernetesConnection(server: "https://api.example"), transport: bench.transport,
                pacer: HurriedPacer()), permit: WritePermit("lab", .change))
        let busy = HTTPResponse(
            head: HTTPHead(status: 429, headers: ["Retry-After": "1"]),
            body: Array(#"{"kind":"Status","reason":"TooManyRequests","message":"too busy","code":429}"#.utf8))
        let done = HTTPResponse(head: HTTPHead(status: 200), body: Array("{}".utf8))
        bench.transport.answer(
            .delete, "/api/v1/namespaces/demo/pods/web-648586f6c-hhhf6", with: .response(busy), .response(done))
        try await hasty.delete(pod)
        #expect(bench.transport.requests.count == 2)
    }

    @Test("tells what was never sent from what nobody knows about")
    func lost() async {
        let path = "/api/v1/namespaces/demo/pods/web-648586f6c-hhhf6"
        let refused = HTTPError(.refused, target: "https://api.example")
        let reset = HTTPError(.reset, target: "https://api.example")
        bench.transport.answer(
            .delete, path, with: .failure(refused), .failure(reset),
            .response(HTTPResponse(head: HTTPHead(status: 504), body: [])))
        #expect(await #expect(throws: WriteError.self) { try await writer.delete(pod) } == .unsent(.transport(refused)))
        #expect(
            await #expect(throws: WriteError.self) { try await writer.delete(pod) } == .unanswered(.transport(reset)))
        let gateway = await #expect(throws: WriteError.self) { try await writer.delete(pod) }
        #expect(gateway == .unanswered(.status(code: 504, reason: "", message: "", target: path)))
    }
}

/// Nobody waits.
private struct HurriedPacer: Pacer {
    var now: Timestamp { .zero }
    var uptime: Double { 0 }
    func sleep(_ seconds: Double) async throws {}
    func random() -> Double { 0.5 }
}

@Suite("An ordinary connection")
struct ReadingTransportTests {
    let inner = FakeTransport()
    var reading: ReadingTransport { ReadingTransport(inner) }

    @Test(
        "lets questions through",
        arguments: [
            (HTTPRequest.Method.get, "/api/v1/pods?watch=true"), (.head, "/"), (.get, "/api/v1/namespaces/a/pods/exec"),
            (.get, "/api/v1/namespaces/a/services/x:80/proxy/exec"), (.get, "/api/v1/namespaces/pods/configmaps/exec"),
            (.post, "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews"),
            (.post, "/apis/authorization.k8s.io/v1/selfsubjectrulesreviews"),
            (.post, "/apis/authentication.k8s.io/v1/selfsubjectreviews"), (.post, "/logstash-*/_search?size=1"),
            (.post, "/api/v1/namespaces/logging/services/es:9200/proxy/logstash-*/_search"),
        ])
    func questions(method: HTTPRequest.Method, path: String) async throws {
        inner.answer(method, path, status: 200)
        #expect(try await reading.send(HTTPRequest(method, "https://api.example\(path)")).status == 200)
    }

    @Test(
        "refuses everything else before it leaves",
        arguments: [
            (HTTPRequest.Method.delete, "/api/v1/namespaces/a/pods/x"), (.patch, "/api/v1/nodes/n"),
            (.put, "/api/v1/nodes/n"),
            (.post, "/api/v1/namespaces/a/pods"), (.post, "/api/v1/namespaces/a/pods/x/eviction"),
            (.post, "/api/v1/namespaces/a/pods?x=/selfsubjectreviews"), (.post, "/job/deploy/build"),
            (.post, "/logstash-1/_delete_by_query"), (.post, "/logstash-1/_doc"),
            (.get, "/api/v1/namespaces/a/pods/x/exec?command=sh"), (.get, "/api/v1/namespaces/a/pods/x/%65xec"),
            (.get, "/api/v1/namespaces/a/pods/x/attach"), (.get, "/api/v1/namespaces/a/pods/x/portforward"),
            (.get, "/clusters/c-1/api/v1/namespaces/a/pods/x/exec"), (.get, "/api/v1/nodes/n/proxy/exec/a/x/app"),
            (.get, "/api/v1/nodes/n/proxy/run/a/x/app"),
        ])
    func changes(method: HTTPRequest.Method, path: String) async {
        let request = HTTPRequest(method, "https://api.example\(path)")
        let words = "\(method.rawValue) \(path.prefix { $0 != "?" }) may only be sent through the guard"
        #expect(await #expect(throws: HTTPError.self) { try await reading.send(request) }?.message == words)
        #expect(await #expect(throws: HTTPError.self) { try await reading.stream(request) }?.message == words)
        #expect(inner.requests == [])
    }

    @Test("refuses WebSockets, whatever they are for, and addresses that cannot be read")
    func webSockets() async {
        let request = HTTPRequest(.get, "https://api.example/api/v1/namespaces/a/pods/x/exec")
        let error = await #expect(throws: HTTPError.self) { _ = try await reading.webSocket(request, protocols: []) }
        #expect(
            error?.message == "a WebSocket to /api/v1/namespaces/a/pods/x/exec may only be sent through the guard")
        await #expect(throws: HTTPError.self) { try await reading.send(HTTPRequest(.delete, "nonsense")) }
        #expect(inner.requests == [])
    }
}

@Suite("A manifest is read as Kubernetes reads it")
struct ManifestTests {
    @Test("plain words mean what go-yaml makes of them")
    func words() throws {
        let text = """
            a: 0644
            b: yes
            c: "yes"
            d: 1.50
            e: 2026-11-22
            f: 1e3
            g: ~
            h: 12:30:00
            i: 0x1F
            j: -7
            k: v1
            l: 089
            """
        let object = try #require(try Manifest.documents(text).first?.object.members)
        #expect(object["a"] == .number("420"))
        #expect(object["b"] == .bool(true))
        #expect(object["c"] == .string("yes"))
        #expect(object["d"] == .number("1.5"))
        #expect(object["e"] == .string("2026-11-22"))
        #expect(object["f"] == .number("1000.0"))
        #expect(object["g"] == .null)
        #expect(object["h"] == .string("12:30:00"))
        #expect(object["i"] == .number("31"))
        #expect(object["j"] == .number("-7"))
        #expect(object["k"] == .string("v1"))
        #expect(object["l"] == .number("89.0"))
    }

    @Test("documents, anchors, merge keys and JSON are understood; empty documents are passed over")
    func documents() throws {
        let text = "---\n---\nbase: &b { x: 1, y: 2 }\nown: { <<: *b, y: 3 }\n---\n{\"kind\": \"Pod\"}\n"
        let documents = try Manifest.documents(text)
        #expect(documents.count == 2)
        #expect(documents[0].object["own"] == .object(["x": .number("1"), "y": .number("3")]))
        #expect(documents[1].object["kind"] == .string("Pod"))
    }

    @Test("a field is found at its line, or at that of the nearest above it")
    func lines() throws {
        let text = "kind: Pod\nspec:\n  containers:\n  - name: a\n    image: b\n"
        let manifest = try #require(try Manifest.documents(text).first)
        #expect(manifest.line(of: "spec.containers[0].image") == 5)
        #expect(manifest.line(of: "spec.containers[0].ports[1].hostPort") == 4)
        #expect(manifest.line(of: "status.nothing") == 1)
    }

    @Test("a mistake has its line")
    func mistakes() {
        #expect(throws: Manifest.Fault.self) { try Manifest.documents("a: [1\nb: 2\n") }
        let doubled = #expect(throws: Manifest.Fault.self) { try Manifest.documents("a: 1\nb: 2\na: 3\n") }
        #expect(doubled?.message == "line 1: \"a\" stands more than once in the mapping that begins here")
    }
}
