import HTTPTesting
import Model
import Testing

@testable import Backends

struct KubernetesAccessTests {
    private let bench = ClientBench()
    private let reviews = "/apis/authorization.k8s.io/v1"

    @Test("an allowed verb comes with the rule that allows it")
    func allowed() async throws {
        bench.transport.answer(
            .post, "\(reviews)/selfsubjectaccessreviews", status: 201,
            bytes: try KubernetesFixture.bytes("access/ssar-allowed-viewer"))
        let answer = try await bench.client.accessReview(verb: "list", kind: .pods, namespace: "demo")
        #expect(answer.isAllowed)
        #expect(
            answer.reason
                == #"RBAC: allowed by ClusterRoleBinding "lab-viewers" of ClusterRole "view" to User "viewer""#)
        #expect(
            bench.transport.requests[0].body.map { String(decoding: $0, as: UTF8.self) }
                == #"{"apiVersion":"authorization.k8s.io/v1","kind":"SelfSubjectAccessReview","spec":{"resourceAttributes":{"verb":"list","group":"","version":"v1","resource":"pods","subresource":"","namespace":"demo","name":""}}}"#
        )
    }

    @Test("a denied verb is denied")
    func denied() async throws {
        bench.transport.answer(
            .post, "\(reviews)/selfsubjectaccessreviews", status: 201,
            bytes: try KubernetesFixture.bytes("access/ssar-denied-viewer"))
        #expect(try await bench.client.accessReview(verb: "delete", kind: .pods).isAllowed == false)
    }

    @Test("a rules review answers many questions at once")
    func rules() async throws {
        bench.transport.answer(
            .post, "\(reviews)/selfsubjectrulesreviews", status: 201,
            bytes: try KubernetesFixture.bytes("access/ssrr-viewer"))
        let rules = try await bench.client.rules(namespace: "demo")
        #expect(rules.isIncomplete == false)
        #expect(rules.allows("list", .pods))
        #expect(rules.allows("get", .pods, subresource: "log"))
        #expect(rules.allows("watch", .deployments))
        #expect(rules.allows("delete", .pods) == false)
        #expect(rules.allows("create", .pods, subresource: "exec") == false)
    }

    @Test("a rule for everything allows everything, one with names only those")
    func wildcards() {
        let all = AccessRules(rules: [.init(verbs: ["*"], groups: ["*"], resources: ["*"])])
        #expect(all.allows("delete", .deployments, name: "web"))
        let named = AccessRules(rules: [
            .init(verbs: ["get"], groups: ["apps"], resources: ["deployments"], names: ["web"])
        ])
        #expect(named.allows("get", .deployments, name: "web"))
        #expect(named.allows("get", .deployments, name: "api") == false)
        #expect(named.allows("get", .deployments) == false)
    }

    @Test("the server says who one is")
    func whoAmI() async throws {
        bench.transport.answer(
            .post, "/apis/authentication.k8s.io/v1/selfsubjectreviews", status: 201,
            bytes: try KubernetesFixture.bytes("access/whoami-viewer"))
        let answer = try await bench.client.whoAmI()
        #expect(answer.name == "viewer")
        #expect(answer.groups == ["viewers", "system:authenticated"])
    }
}
