import Foundation
import Testing

@testable import Simulator

@Suite("What the simulated cluster's own rules refuse", .serialized)
struct KubernetesSimulatorPolicyTests {
    private let server = KubernetesFixtures.server()

    private func same(_ path: String) async throws {
        let recorded = try RecordedWrite(path)
        #expect(try await recorded.answer(of: server) == recorded.body)
    }

    @Test("a deployment with everything wrong at once")
    func deployment() async throws {
        try server.have(namespaces: "demo")
        try await same("errors/422-deployment")
    }

    @Test("a pod that names no amounts where a quota counts them")
    func quota() async throws {
        try server.have(namespaces: "demo")
        try server.have(
            "resourcequotas",
            #"{"metadata":{"name":"quota","namespace":"demo"},"spec":{"hard":{"limits.memory":"8Gi","requests.cpu":"4"}}}"#
        )
        try await same("errors/403-quota")
    }

    @Test("a pod too many")
    func exceeded() async throws {
        try server.have(namespaces: "demo")
        try server.have(
            "resourcequotas", #"{"metadata":{"name":"quota","namespace":"demo"},"spec":{"hard":{"pods":"0"}}}"#)
        let answer = try await server.send(
            "POST", "/api/v1/namespaces/demo/pods",
            body: #"{"metadata":{"name":"p"},"spec":{"containers":[{"name":"a","image":"b:1"}]}}"#)
        #expect(
            answer["message"] == """
                pods "p" is forbidden: exceeded quota: quota, requested: pods=1, used: pods=0, limited: pods=0
                """)
    }

    @Test("a pod that is to move to another node")
    func immutablePod() async throws {
        try server.have(
            "pods",
            """
            {"metadata":{"name":"running-ok","namespace":"odd","uid":"u"},"spec":{"nodeName":"node-3","containers":
            [{"name":"a","image":"b:1"}]},"status":{}}
            """)
        let answer = try await server.send(
            "PATCH", "/api/v1/namespaces/odd/pods/running-ok", type: "application/merge-patch+json",
            body: #"{"spec":{"nodeName":"node-2"}}"#)
        #expect(answer["details"]["causes"][0]["field"] == "spec")
        #expect(
            answer["message"].stringValue?.contains("- \"NodeName\": \"node-3\",\n+ \"NodeName\": \"node-2\",\n")
                == true)
        let image = try await server.send(
            "PATCH", "/api/v1/namespaces/odd/pods/running-ok", type: "application/strategic-merge-patch+json",
            body: #"{"spec":{"containers":[{"name":"a","image":"b:2"}]}}"#)
        #expect(image["spec"]["containers"][0]["image"] == "b:2")
    }

    @Test("a label value that is none")
    func label() async throws {
        try server.store.create("configmaps", KubernetesFixtures.configMap("c"))
        let answer = try await server.send(
            "PATCH", "/api/v1/namespaces/demo/configmaps/c", type: "application/merge-patch+json",
            body: #"{"metadata":{"labels":{"a":"b c"}}}"#)
        #expect(
            answer["message"] == """
                ConfigMap "c" is invalid: metadata.labels: Invalid value: "b c": a valid label must be an empty string \
                or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric \
                character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is \
                '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')
                """)
    }

    @Test("a payment route that its definition does not allow")
    func customResource() async throws {
        try server.have(namespaces: "payments")
        let answer = try await server.send(
            "POST", "/apis/lanternpay.example/v1/namespaces/payments/paymentroutes",
            body: #"{"metadata":{"name":"bad"},"spec":{"method":"cash","weight":500}}"#)
        #expect(
            answer["message"] == """
                PaymentRoute.lanternpay.example "bad" is invalid: [spec.method: Unsupported value: "cash": supported \
                values: "cards", "wallet", "bank", spec.weight: Invalid value: 500: spec.weight in body should be less \
                than or equal to 100]
                """)
    }

    @Test("in production payments take no image without a version")
    func webhook() async throws {
        let living = try await LivingCluster("production")
        let body = #"{"spec":{"template":{"spec":{"containers":[{"name":"refunds","image":"r.example/refunds"}]}}}}"#
        let answer = try await living.api.send(
            "PATCH", "/apis/apps/v1/namespaces/payments/deployments/refunds",
            type: "application/strategic-merge-patch+json", body: body)
        #expect(answer["code"] == 403)
        #expect(
            answer["message"] == """
                admission webhook "images.policy.lanternpay.example" denied the request: image "r.example/refunds" is \
                not pinned to a version: the tag "latest" is not allowed in namespace payments
                """)
    }

    @Test("an operator restarts and scales, but deletes no deployment; without rights nothing is left")
    func rights() async throws {
        let simulation = Simulation()
        let cluster = try #require(await simulation.cluster("sandbox"))
        await cluster.populate()
        let target = "/apis/apps/v1/namespaces/checkout/deployments/basket"
        let scaled = try await cluster.api.send(
            "PATCH", target + "/scale", type: "application/merge-patch+json", as: "operator",
            body: #"{"spec":{"replicas":1}}"#)
        #expect(scaled["spec"]["replicas"] == 1)
        let refused = try await cluster.api.send("DELETE", target, as: "operator")
        #expect(
            refused["message"] == """
                deployments.apps "basket" is forbidden: User "operator" cannot delete resource "deployments" in API \
                group "apps" in the namespace "checkout"
                """)
        let review = try await cluster.api.send(
            "POST", "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews", as: "operator",
            body: """
                {"spec":{"resourceAttributes":{"verb":"create","resource":"pods","subresource":"eviction",
                "namespace":"checkout"}}}
                """)
        #expect(review["status"]["allowed"] == true)
        await simulation.withdrawRights(of: "operator", inCluster: "sandbox")
        let after = try await cluster.api.send("GET", target, as: "operator")
        #expect(after["reason"] == "Forbidden")
    }
}
