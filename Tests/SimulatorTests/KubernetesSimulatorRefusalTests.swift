import Foundation
import Testing

@testable import Simulator

@Suite("What the simulated API server refuses, and in which words")
struct KubernetesSimulatorRefusalTests {
    private func body(_ request: SimRequest, _ status: Int) async throws -> String {
        let response = await KubernetesFixtures.server().handle(request)
        #expect(response.status == status)
        return try await response.text()
    }

    private func recorded(_ path: String) throws -> String {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        return try String(contentsOf: folder.appending(path: "Fixtures/kubernetes/\(path)/body"), encoding: .utf8)
    }

    @Test("an object that is not there")
    func notFound() async throws {
        let request = SimRequest.api("GET", "/api/v1/namespaces/odd/pods/nope")
        #expect(try await body(request, 404) == recorded("errors/404-pod"))
    }

    @Test("a list without the right to it")
    func forbidden() async throws {
        let request = SimRequest.api("GET", "/api/v1/pods", as: "nobody")
        #expect(try await body(request, 403) == recorded("errors/403-nobody-allns"))
    }

    @Test("a token nobody has")
    func unauthorized() async throws {
        let request = SimRequest.api("GET", "/api/v1/namespaces", as: "stranger")
        #expect(try await body(request, 401) == recorded("errors/401-bad-token"))
    }

    @Test("a group that is not served is plain text, no Status")
    func noGroup() async throws {
        let request = SimRequest.api("GET", "/apis/nope.example.com/v1/things")
        #expect(try await body(request, 404) == recorded("errors/404-group-table"))
    }

    @Test("a watch list without the match it needs")
    func watchListWithoutMatch() async throws {
        let request = SimRequest.api("GET", "/api/v1/namespaces/demo/pods?watch=true&sendInitialEvents=true")
        #expect(
            try await body(request, 422) == """
                {"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","message":"ListOptions.meta.k8s.io \
                \\"\\" is invalid: resourceVersionMatch: Forbidden: sendInitialEvents requires setting \
                resourceVersionMatch to NotOlderThan","reason":"Invalid","details":{"group":"meta.k8s.io",\
                "kind":"ListOptions","causes":[{"reason":"FieldValueForbidden","message":"Forbidden: sendInitialEvents \
                requires setting resourceVersionMatch to NotOlderThan","field":"resourceVersionMatch"}]},"code":422}

                """)
    }

    @Test("a label selector that does not end")
    func badSelector() async throws {
        let request = SimRequest.api("GET", "/api/v1/pods?labelSelector=a%20in%20%28")
        #expect(
            try await body(request, 400) == """
                {"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","message":"unable to parse \
                requirement: found '', expected: ',', ')' or identifier","reason":"BadRequest","code":400}

                """)
    }

    @Test("a field that pods cannot be selected by")
    func badField() async throws {
        let request = SimRequest.api("GET", "/api/v1/pods?fieldSelector=spec.containers%3Dx")
        #expect(
            try await body(request, 400) == """
                {"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","message":"field label not \
                supported: spec.containers","reason":"BadRequest","code":400}

                """)
    }

    @Test("a deletion that was meant for another object of the name")
    func precondition() async throws {
        let server = KubernetesFixtures.server()
        let made = try server.store.create("configmaps", KubernetesFixtures.configMap("app-config"))
        let response = await server.handle(
            SimRequest.api(
                "DELETE", "/api/v1/namespaces/demo/configmaps/app-config",
                body: #"{"preconditions":{"uid":"00000000-0000-0000-0000-000000000000"}}"#))
        #expect(response.status == 409)
        #expect(
            try await response.text() == """
                {"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","message":"Operation cannot be \
                fulfilled on ConfigMap \\"app-config\\": the UID in the precondition \
                (00000000-0000-0000-0000-000000000000) does not match the UID in record (\(made.uid)). The object \
                might have been deleted and then recreated","reason":"Conflict","details":{"name":"app-config",\
                "kind":"ConfigMap"},"code":409}

                """)
    }
}
