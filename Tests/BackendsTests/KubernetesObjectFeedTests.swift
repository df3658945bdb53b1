import HTTP
import HTTPTesting
import Model
import Testing

@testable import Backends

struct KubernetesObjectFeedTests {
    private let bench = ClientBench()
    private let path = "/api/v1/namespaces/shop/configmaps"
    private let events = "/api/v1/namespaces/shop/events"
    private let reference = ObjectReference(
        environment: "lab", kind: ResourceKind(version: "v1", plural: "configmaps", kind: "ConfigMap"),
        namespace: "shop", name: "app")

    private func item(_ value: String, version: Int) -> String {
        #"{"metadata":{"name":"app","namespace":"shop","uid":"u1","resourceVersion":"\#(version)"},"data":{"key":"\#(value)"}}"#
    }

    private func list(_ items: String...) -> FakeTransport.Answer {
        SmallTable.json(#"{"metadata":{"resourceVersion":"5"},"items":[\#(items.joined(separator: ","))]}"#)
    }

    /// The value of "key" in each document, and each status.
    private func line(_ event: ObjectFeedEvent?) -> String {
        guard let event else { return "the end" }
        let data = event.document?.sections.first { $0.title == "Data" }?.facts.first?.value
        let events = event.document?.events.map(\.reason).joined(separator: ",") ?? ""
        return TableReader.text(event.status) + (data.map { " key=\($0)" } ?? "") + (events.isEmpty ? "" : " \(events)")
    }

    /// Reads until a line is there; the order in which object and events come is the server's.
    private func read(_ events: inout AsyncStream<ObjectFeedEvent>.Iterator, until last: String) async -> Bool {
        for _ in 0..<10 where line(await events.next()) == last { return true }
        return false
    }

    @Test("an object is followed with its events, until it is deleted")
    func followed() async {
        let (watch, eventWatch) = (FedStream(), FedStream())
        bench.script(path, [list(item("one", version: 4)), .fed(watch)])
        bench.script(events, [list(), .fed(eventWatch)])
        var reader = bench.client.followObject(reference).makeAsyncIterator()
        #expect(await read(&reader, until: "live key=one"))
        watch.send(#"{"type":"MODIFIED","object":\#(item("two", version: 6))}"# + "\n")
        #expect(await read(&reader, until: "live key=two"))
        eventWatch.send(
            #"{"type":"ADDED","object":{"metadata":{"uid":"e1"},"reason":"Mounted"}}"# + "\n")
        #expect(await read(&reader, until: "live key=two Mounted"))
        eventWatch.send(#"{"type":"DELETED","object":{"metadata":{"uid":"e1"},"reason":"Mounted"}}"# + "\n")
        watch.send(#"{"type":"DELETED","object":\#(item("two", version: 7))}"# + "\n")
        #expect(await read(&reader, until: "ended: app was deleted key=two Mounted"))
        #expect(bench.asked.contains("\(path)?fieldSelector=metadata.name%3Dapp"))
        #expect(
            bench.asked.contains(
                "\(events)?fieldSelector=involvedObject.name%3Dapp%2CinvolvedObject.kind%3DConfigMap"))
    }

    @Test("an object that is not there is absent")
    func absent() async {
        bench.script(path, [list(), .fed(FedStream())])
        bench.script(events, [list(), .fed(FedStream())])
        var reader = bench.client.followObject(reference).makeAsyncIterator()
        #expect(await read(&reader, until: "absent: there is no app"))
    }

    @Test("who may get but not list gets the object by polling")
    func polled() async {
        bench.script(path, [SmallTable.refusal(403, "Forbidden", "configmaps is forbidden")])
        bench.script(
            "\(path)/app", [SmallTable.json(item("one", version: 4)), SmallTable.json(item("two", version: 5))])
        bench.script(events, [list(), .fed(FedStream())])
        var reader = bench.client.followObject(reference).makeAsyncIterator()
        #expect(await read(&reader, until: "live key=one"))
        await bench.pacer.untilSleeping()
        bench.pacer.advance(6)
        #expect(await read(&reader, until: "live key=two"))
    }

    @Test("a broken watch is stale and keeps the document; events that are refused are a notice")
    func broken() async {
        let watch = FedStream()
        bench.script(
            path, [list(item("one", version: 4)), .fed(watch), list(item("one", version: 4)), .fed(FedStream())])
        bench.script(events, [SmallTable.refusal(403, "Forbidden", "events is forbidden")])
        var reader = bench.client.followObject(reference).makeAsyncIterator()
        #expect(await read(&reader, until: "live [events: \(events): events is forbidden (403)] key=one"))
        watch.fail(HTTPError(.reset, target: "https://api.example", detail: "connection reset"))
        var last = ""
        for _ in 0..<5 where !last.hasPrefix("stale: ") { last = line(await reader.next()) }
        #expect(last.hasPrefix("stale: "))
    }

    @Test("one object once: described, and as YAML")
    func once() async throws {
        let path = "/apis/apps/v1/namespaces/demo/deployments/web"
        bench.transport.answer(.get, path, bytes: try KubernetesFixture.bytes("objects/deployment-json"))
        bench.transport.answer(
            .get, "/api/v1/namespaces/demo/events", bytes: try KubernetesFixture.bytes("events/of-one-pod"))
        let reference = ObjectReference(environment: "lab", kind: .deployments, namespace: "demo", name: "web")
        let document = try await bench.client.object(reference)
        #expect(document.events.isEmpty == false)
        #expect(document.reference.uid.isEmpty == false)
        #expect(try await bench.client.yaml(reference) == document.yaml)
    }
}
