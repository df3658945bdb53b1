import Foundation
import Testing

@testable import Simulator

@Suite("Lists and watches of the simulated API server", .timeLimit(.minutes(1)))
struct KubernetesSimulatorWatchTests {
    private let server = KubernetesFixtures.server()
    private let path = "/api/v1/namespaces/demo/configmaps"

    private func make(_ name: String, color: String? = nil) throws {
        try server.store.create("configmaps", KubernetesFixtures.configMap(name, color: color))
    }

    private func types(_ text: String) throws -> [String] {
        try text.split(separator: "\n").map { line in
            let event = try SimJSON(parsing: String(line))
            let name = event["object"]["rows"][0]["cells"][0].stringValue ?? event["object"].nameCell.stringValue ?? ""
            return "\(event["type"].stringValue ?? "") \(name)"
        }
    }

    @Test("a page says where the next one begins, and how many are left")
    func pages() async throws {
        for name in ["a", "b", "c"] { try make(name) }
        let first = try SimJSON(parsing: try await server.handle(SimRequest.api("GET", path + "?limit=2")).text())
        #expect(first["items"].items.map(\.nameCell) == ["a", "b"])
        #expect(first["metadata"]["remainingItemCount"] == 1)
        try make("b2")
        let token = try #require(first["metadata"]["continue"].stringValue)
        let second = try SimJSON(
            parsing: try await server.handle(SimRequest.api("GET", path + "?limit=2&continue=\(token)")).text())
        #expect(second["items"].items.map(\.nameCell) == ["c"])
        #expect(second["metadata"]["resourceVersion"] == first["metadata"]["resourceVersion"])
        #expect(second["metadata"]["continue"].isNull)
    }

    @Test("a page of a forgotten list is 410 with a token that goes on")
    func expiredPage() async throws {
        for name in ["a", "b", "c"] { try make(name) }
        let first = try SimJSON(parsing: try await server.handle(SimRequest.api("GET", path + "?limit=1")).text())
        let token = try #require(first["metadata"]["continue"].stringValue)
        try make("d")
        server.store.compact()
        let refused = await server.handle(SimRequest.api("GET", path + "?limit=1&continue=\(token)"))
        let status = try SimJSON(parsing: try await refused.text())
        #expect(refused.status == 410)
        let fresh = try #require(status["metadata"]["continue"].stringValue)
        let rest = try SimJSON(
            parsing: try await server.handle(SimRequest.api("GET", path + "?limit=5&continue=\(fresh)")).text())
        #expect(rest["items"].items.map(\.nameCell) == ["b", "c", "d"])
    }

    @Test("a table watch tells its columns once")
    func columnsOnce() async throws {
        let watch = await server.handle(
            SimRequest.api("GET", path + "?watch=true&resourceVersion=\(server.store.revision)", accept: tableAccept))
        try make("a")
        let first = try SimJSON(parsing: try #require(try await watch.nextText()))
        try make("b")
        let second = try SimJSON(parsing: try #require(try await watch.nextText()))
        #expect(first["object"]["columnDefinitions"].items.count == 3)
        #expect(second["object"]["columnDefinitions"].isNull)
        #expect(second["object"]["rows"][0]["cells"] == ["b", 1, "0s"])
    }

    @Test("what leaves the selection arrives as deleted, what enters it as added")
    func selection() async throws {
        try make("a", color: "red")
        let version = server.store.revision
        let watch = await server.handle(
            SimRequest.api("GET", path + "?watch=true&labelSelector=color%3Dred&resourceVersion=\(version)"))
        try server.store.update("configmaps", ObjectKey("demo", "a")) { json in
            var json = json
            json["metadata"]["labels"]["color"] = "blue"
            return json
        }
        try server.store.update("configmaps", ObjectKey("demo", "a")) { json in
            var json = json
            json["metadata"]["labels"]["color"] = "red"
            return json
        }
        #expect(try types(try #require(try await watch.nextText())) == ["DELETED a", "ADDED a"])
    }

    @Test("a watch from a forgotten version is an ERROR event under status 200")
    func forgotten() async throws {
        try make("a")
        server.store.compact()
        let watch = await server.handle(
            SimRequest.api("GET", path + "?watch=true&resourceVersion=2", accept: tableAccept))
        #expect(watch.status == 200)
        let text = try await watch.text()
        #expect(
            text == """
                {"type":"ERROR","object":{"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure",\
                "message":"too old resource version: 2 (\(server.store.revision))","reason":"Expired","code":410}}

                """)
    }

    @Test("a watch list ends its first part with a bookmark, in a table a row that is none")
    func watchList() async throws {
        try make("a")
        let query = "?watch=true&allowWatchBookmarks=true&sendInitialEvents=true&resourceVersionMatch=NotOlderThan"
        let watch = await server.handle(SimRequest.api("GET", path + query, accept: tableAccept))
        #expect(try types(try #require(try await watch.nextText())) == ["ADDED a"])
        let bookmark = try SimJSON(parsing: try #require(try await watch.nextText()))
        #expect(bookmark["type"] == "BOOKMARK")
        let row = bookmark["object"]["rows"][0]
        #expect(row["cells"] == ["", 0, "<unknown>"])
        #expect(row["object"]["metadata"]["annotations"] == ["k8s.io/initial-events-end": "true"])
    }

    @Test("a watch ends at its time limit, with a bookmark before")
    func timeLimit() async throws {
        let clock = ManualClock(now: KubernetesFixtures.now)
        let server = KubernetesFixtures.server(clock: clock)
        let version = server.store.revision
        let query = "?watch=true&allowWatchBookmarks=true&timeoutSeconds=12&resourceVersion=\(version)"
        let watch = await server.handle(SimRequest.api("GET", path + query))
        async let first = watch.nextText()
        await clock.waitForSleepers(1)
        await clock.advance(by: 11)
        let expected = """
            {"type":"BOOKMARK","object":{"kind":"ConfigMap","apiVersion":"v1","metadata":\
            {"resourceVersion":"\(version)"}}}

            """
        #expect(try await first == expected)
        async let second = watch.nextText()
        await clock.advance(by: 2)
        #expect(try await second == nil)
    }

    @Test("the list form of metadata in a watch gives a stream without events")
    func listFormInWatch() async throws {
        try make("a")
        let clock = ManualClock(now: KubernetesFixtures.now)
        let server = KubernetesFixtures.server(clock: clock)
        let watch = await server.handle(
            SimRequest.api(
                "GET", path + "?watch=true&timeoutSeconds=5",
                accept: "application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io"))
        async let text = watch.nextText()
        await clock.waitForSleepers(1)
        await clock.advance(by: 6)
        #expect(try await text == nil)
    }
}
