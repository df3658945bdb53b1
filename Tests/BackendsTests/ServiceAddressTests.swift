import HTTPTesting
import Testing

@testable import Backends

struct ServiceAddressTests {
    private let endpoint = ServiceEndpoint(base: "https://ci.example", transport: FakeTransport())

    @Test("dots that would lead to another resource are encoded, others are not")
    func dots() {
        let address = ServiceAddress(endpoint, "job", "..", ".", "a.b", "...").url
        #expect(address == "https://ci.example/job/%2E%2E/%2E/a.b/...")
    }

    @Test("namespaces that nobody asked about are told")
    func unasked() {
        let choice = NamespaceChoice(names: ["a", "b"], left: 3, unasked: 40)
        #expect(
            choice.notice(for: .pods)
                == "showing a, b only and not 3 more (40 others were not asked about: name them in the configuration): "
                + "listing pods in all namespaces is forbidden")
    }
}
