import Testing

@testable import Simulator

@Suite("Discovery of the simulated API server")
struct KubernetesSimulatorDiscoveryTests {
    private static let aggregated = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList"

    /// The resource of that name out of an aggregated answer, without the subresources that are not served here.
    private func entry(_ list: SimJSON, _ group: String, _ resource: String, keeping names: Set<String>) -> SimJSON {
        let found = list["items"].items.first { ($0["metadata"]["name"].stringValue ?? "") == group }
        var entry =
            found?["versions"][0]["resources"].items.first { $0["resource"].stringValue == resource } ?? .null
        let kept = entry["subresources"].items.filter { names.contains($0["subresource"].stringValue ?? "") }
        entry["subresources"] = kept.isEmpty ? .null : .array(kept)
        return entry
    }

    @Test("each resource is described as a real server describes it", arguments: ["api", "apis"])
    func aggregatedForm(root: String) async throws {
        let recorded = try KubernetesFixtures.json("kubernetes/discovery/\(root)-aggregated/body")
        let response = await KubernetesFixtures.server().handle(
            SimRequest.api("GET", "/\(root)", accept: Self.aggregated + ",application/json"))
        let own = try SimJSON(parsing: try await response.text())
        for resource in APIResource.builtIn where resource.group.isEmpty == (root == "api") {
            let names = Set(resource.subresources.map(\.name))
            let mine = entry(own, resource.group, resource.plural, keeping: names)
            #expect(mine == entry(recorded, resource.group, resource.plural, keeping: names), "\(resource.plural)")
        }
    }

    @Test("the aggregated form is not sent twice to who has it")
    func notModified() async throws {
        let server = KubernetesFixtures.server()
        let first = await server.handle(SimRequest.api("GET", "/apis", accept: Self.aggregated))
        let tag = try #require(first.headers.first { $0.name == "Etag" }?.value)
        let second = await server.handle(
            SimRequest.api("GET", "/apis", accept: Self.aggregated, headers: ["if-none-match": tag]))
        #expect(second.status == 304)
    }

    @Test("the old form lists resources and subresources")
    func oldForm() async throws {
        let response = await KubernetesFixtures.server().handle(SimRequest.api("GET", "/apis/lanternpay.example/v1"))
        #expect(
            try await response.text() == """
                {"kind":"APIResourceList","apiVersion":"v1","groupVersion":"lanternpay.example/v1","resources":[\
                {"name":"paymentroutes","singularName":"paymentroute","namespaced":true,"kind":"PaymentRoute",\
                "verbs":["delete","deletecollection","get","list","patch","create","update","watch"],\
                "shortNames":["pr"],"categories":["all","lanternpay"]},\
                {"name":"paymentroutes/status","singularName":"","namespaced":true,"kind":"PaymentRoute",\
                "verbs":["get","patch","update"]}]}
                """)
    }
}
