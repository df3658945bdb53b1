import Foundation
import HTTP
import HTTPTesting
import Model
import Testing

@testable import Backends

struct KubernetesDiscoveryTests {
    private let bench = ClientBench()

    private func serveAggregated() throws {
        for (path, fixture) in [("/api", "discovery/api-aggregated"), ("/apis", "discovery/apis-aggregated")] {
            bench.transport.answer(
                .get, path, headers: ["ETag": "\"tag\(path)\""], bytes: try KubernetesFixture.bytes(fixture))
        }
    }

    private func temporaryCache(identity: String = "ada") -> DiscoveryCache {
        let folder = FileManager.default.temporaryDirectory.appending(path: "midwatch-\(UUID().uuidString)")
        return DiscoveryCache(folder: folder, server: "https://api.example", identity: identity)
    }

    @Test("the aggregated form takes two questions")
    func aggregated() async throws {
        try serveAggregated()
        let discovery = try await bench.client.discover()
        let index = KindIndex(discovery.kinds)
        #expect(Set(bench.asked) == ["/api", "/apis"])
        #expect(index.resolve("po") == .pods)
        #expect(index.resolve("hpa")?.version == "v2")
        #expect(index.resolve("events")?.group == "")
        #expect(index.resolve("node")?.isNamespaced == false)
        let widgets = try #require(index.resolve("wd"))
        #expect(widgets.apiVersion == "lab.example.com/v1")
        #expect(widgets.categories == ["all", "lab"])
        #expect(discovery.kinds.filter { $0.plural == "widgets" }.count == 1)
        #expect(discovery.kinds.contains { $0.plural.contains("/") } == false)
        #expect(discovery.notices == [])
    }

    @Test("an old server is asked group by group, and a group that fails is left out and named")
    func oldForm() async throws {
        let groups = #"""
            {"kind":"APIGroupList","groups":[
              {"name":"apps","versions":[{"version":"v1"}],"preferredVersion":{"version":"v1"}},
              {"name":"batch","versions":[{"version":"v1"},{"version":"v1beta1"}],"preferredVersion":{"version":"v1"}},
              {"name":"metrics.k8s.io","versions":[{"version":"v1beta1"}],"preferredVersion":{"version":"v1beta1"}}]}
            """#
        let jobs = #"{"resources":[{"name":"jobs","namespaced":true,"kind":"Job","verbs":["list"]}]}"#
        let both = #"""
            {"resources":[{"name":"jobs","namespaced":true,"kind":"Job","verbs":["list"]},
              {"name":"cronjobs","namespaced":true,"kind":"CronJob","verbs":["list"],"shortNames":["cj"]},
              {"name":"cronjobs/status","namespaced":true,"kind":"CronJob","verbs":["get"]}]}
            """#
        bench.transport.answer(.get, "/api", bytes: try KubernetesFixture.bytes("discovery/api"))
        bench.transport.answer(.get, "/api/v1", bytes: try KubernetesFixture.bytes("discovery/api-v1"))
        bench.transport.answer(.get, "/apis", groups)
        bench.transport.answer(.get, "/apis/apps/v1", bytes: try KubernetesFixture.bytes("discovery/apis-apps-v1"))
        bench.transport.answer(.get, "/apis/batch/v1", jobs)
        bench.transport.answer(.get, "/apis/batch/v1beta1", both)
        bench.transport.answer(.get, "/apis/metrics.k8s.io/v1beta1", status: 503, "service unavailable")
        let discovery = try await bench.client.discover()
        let index = KindIndex(discovery.kinds)
        #expect(index.resolve("deploy") == .deployments)
        #expect(index.resolve("jobs")?.version == "v1")
        #expect(index.resolve("cj")?.version == "v1beta1")
        #expect(index.resolve("po") == .pods)
        #expect(discovery.kinds.contains { $0.plural.contains("/") } == false)
        #expect(
            discovery.notices == [
                "metrics.k8s.io/v1beta1: /apis/metrics.k8s.io/v1beta1: service unavailable (503)"
            ])
    }

    @Test("a group that the server calls stale is shown and named")
    func stale() async throws {
        bench.transport.answer(.get, "/api", #"{"kind":"APIGroupDiscoveryList","items":[]}"#)
        bench.transport.answer(
            .get, "/apis",
            #"{"kind":"APIGroupDiscoveryList","items":[{"metadata":{"name":"metrics.k8s.io"},"versions":[{"version":"v1beta1","freshness":"Stale","resources":[{"resource":"nodes","responseKind":{"kind":"NodeMetrics"},"scope":"Cluster","verbs":["list"]}]}]}]}"#
        )
        let discovery = try await bench.client.discover()
        #expect(discovery.kinds.map(\.qualifiedName) == ["nodes.metrics.k8s.io"])
        #expect(discovery.notices == ["metrics.k8s.io/v1beta1 does not answer: its kinds may be out of date"])
    }

    @Test("what was found is there at the next start, and is asked for by its tag")
    func cached() async throws {
        try serveAggregated()
        let cache = temporaryCache()
        let found = try await bench.client.discover(cache: cache)
        #expect(bench.client.cachedKinds(cache) == found)

        let later = ClientBench()
        later.transport.answer(.get, "/api", status: 304)
        later.transport.answer(.get, "/apis", status: 304)
        #expect(try await later.client.discover(cache: cache) == found)
        #expect(Set(later.transport.requests.map { $0.headers["If-None-Match"] }) == ["\"tag/api\"", "\"tag/apis\""])
    }

    @Test("the file is for its owner only, and for one identity only")
    func privacy() async throws {
        try serveAggregated()
        let folder = FileManager.default.temporaryDirectory.appending(path: "midwatch-\(UUID().uuidString)")
        let cache = DiscoveryCache(folder: folder, server: "https://api.example", identity: "ada")
        _ = try await bench.client.discover(cache: cache)
        let file = try #require(try FileManager.default.contentsOfDirectory(atPath: folder.path).first)
        let attributes = try FileManager.default.attributesOfItem(atPath: folder.appending(path: file).path)
        #expect(attributes[.posixPermissions] as? Int == 0o600)
        let other = DiscoveryCache(folder: folder, server: "https://api.example", identity: "bob")
        #expect(bench.client.cachedKinds(other) == nil)
    }

    @Test("a web page instead of discovery is called one")
    func webPage() async throws {
        bench.transport.answer(.get, "/api", headers: ["Content-Type": "text/html"], "<html>")
        bench.transport.answer(.get, "/apis", headers: ["Content-Type": "text/html"], "<html>")
        let error = await #expect(throws: KubernetesError.self) { try await bench.client.discover() }
        #expect(
            error?.message
                == "/api: the server's answer cannot be read: it is a web page: a proxy or a login page answered in the API server's place"
        )
    }

    @Test("the version comes with its round trip")
    func version() async throws {
        bench.transport.answer(.get, "/version", bytes: try KubernetesFixture.bytes("discovery/version"))
        let answer = try await bench.client.version()
        #expect(answer.version == "v1.36.2")
        #expect(answer.roundTrip == 0)
    }
}
