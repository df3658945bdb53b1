import Foundation
import Testing

@testable import Simulator

@Suite("What the simulated controllers do after a write", .serialized)
struct KubernetesSimulatorControllerTests {
    private func patch(
        _ living: LivingCluster, _ target: String, _ body: String, type: String = "application/merge-patch+json",
        as user: String = "admin"
    ) async throws -> SimJSON {
        try await living.api.send("PATCH", target, type: type, as: user, body: body)
    }

    private let basket = "/apis/apps/v1/namespaces/checkout/deployments/basket"

    private func image(_ tag: String) -> String {
        """
        {"spec":{"template":{"spec":{"containers":[{"name":"basket","image":"registry.lanternpay.example/b:\(tag)"}]}}}}
        """
    }

    @Test("a roll-out makes a revision, an undone one takes up its old replica set under a new number")
    func undo() async throws {
        let living = try await LivingCluster()
        let first = living.object("deployments.apps", "checkout", "basket")["spec"]["template"]
        _ = try await patch(living, basket, image("2"), type: "application/strategic-merge-patch+json")
        await living.pass(20)
        let rolled = living.object("deployments.apps", "checkout", "basket")
        #expect(rolled["metadata"]["annotations"]["deployment.kubernetes.io/revision"] == "2")
        #expect(rolled.condition("Progressing")["reason"] == "NewReplicaSetAvailable")
        #expect(rolled["status"]["updatedReplicas"] == 2)
        _ = try await patch(
            living, basket, #"[{"op":"replace","path":"/spec/template","value":\#(first.text)}]"#,
            type: "application/json-patch+json")
        await living.pass(20)
        let undone = living.object("deployments.apps", "checkout", "basket")
        #expect(undone["metadata"]["annotations"]["deployment.kubernetes.io/revision"] == "3")
        #expect(
            living.store.all("replicasets.apps", namespace: "checkout").filter { $0.key.name.hasPrefix("basket-") }
                .count == 2)
    }

    @Test("a paused deployment rolls nothing out until it is resumed, but follows its size")
    func pause() async throws {
        let living = try await LivingCluster()
        _ = try await patch(living, basket, #"{"spec":{"paused":true}}"#)
        _ = try await patch(living, basket, image("2"), type: "application/strategic-merge-patch+json")
        _ = try await patch(living, basket + "/scale", #"{"spec":{"replicas":3}}"#)
        await living.pass(20)
        let paused = living.object("deployments.apps", "checkout", "basket")
        #expect(paused.condition("Progressing")["reason"] == "DeploymentPaused")
        #expect(paused["status"]["updatedReplicas"].isNull)
        #expect(paused["status"]["readyReplicas"] == 3)
        _ = try await patch(living, basket, #"{"spec":{"paused":null}}"#)
        await living.pass(30)
        #expect(living.object("deployments.apps", "checkout", "basket")["status"]["updatedReplicas"] == 3)
    }

    @Test("a stateful set is rolled from its last pod down, and notes its revisions")
    func statefulSet() async throws {
        let living = try await LivingCluster()
        let target = "/apis/apps/v1/namespaces/ledger/statefulsets/event-log"
        let body = #"{"spec":{"template":{"metadata":{"annotations":{"restarted":"now"}}}}}"#
        _ = try await patch(living, target, body)
        await living.pass(4)
        let first = living.pods(of: "event-log", in: "ledger").map { $0.json["metadata"]["annotations"]["restarted"] }
        #expect(first.first == .null)
        await living.pass(40)
        let all = living.pods(of: "event-log", in: "ledger").map { $0.json["metadata"]["annotations"]["restarted"] }
        #expect(all == ["now", "now", "now"])
        let revisions = living.store.all("controllerrevisions.apps", namespace: "ledger")
            .filter { $0.key.name.hasPrefix("event-log-") }.map { $0.json["revision"] }
        #expect(Set(revisions.compactMap(\.intValue)) == [1, 2])
    }

    @Test("a foreground deletion ends with the last pod, an orphaning one leaves the pods alone")
    func propagation() async throws {
        let living = try await LivingCluster()
        _ = try await living.api.send("DELETE", basket + "?propagationPolicy=Foreground")
        await living.pass(1)
        #expect(
            living.object("deployments.apps", "checkout", "basket")["metadata"]["finalizers"] == ["foregroundDeletion"])
        await living.pass(10)
        #expect(living.object("deployments.apps", "checkout", "basket").isNull)
        #expect(living.pods(of: "basket", in: "checkout").isEmpty)
        _ = try await living.api.send(
            "DELETE", "/apis/apps/v1/namespaces/checkout/deployments/pricing?propagationPolicy=Orphan")
        await living.pass(10)
        #expect(living.object("deployments.apps", "checkout", "pricing").isNull)
        #expect(living.pods(of: "pricing", in: "checkout").count == 2)
        let sets = living.store.all("replicasets.apps", namespace: "checkout").filter {
            $0.key.name.hasPrefix("pricing-")
        }
        #expect(sets.map { $0.json["metadata"]["ownerReferences"] } == [.null])
    }

    @Test("what a finalizer holds stays until the finalizer is taken away")
    func finalizer() async throws {
        let living = try await LivingCluster()
        let route = "/apis/lanternpay.example/v1/namespaces/payments/paymentroutes/instant"
        let marked = try await living.api.send("DELETE", route)
        #expect(!marked["metadata"]["deletionTimestamp"].isNull)
        await living.pass(5)
        #expect(!living.object("paymentroutes.lanternpay.example", "payments", "instant").isNull)
        _ = try await patch(living, route, #"{"metadata":{"finalizers":null}}"#)
        #expect(living.object("paymentroutes.lanternpay.example", "payments", "instant").isNull)
    }

    @Test("a pod that takes no notice of its end takes its whole grace, less when it is asked again")
    func slowEnd() async throws {
        let living = try await LivingCluster()
        let pod = try #require(living.pods(of: "stream-enricher", in: "data").first)
        let target = "/api/v1/namespaces/data/pods/\(pod.key.name)"
        _ = try await living.api.send("DELETE", target)
        await living.pass(20)
        #expect(living.store.get("pods", pod.key)?.isTerminating == true)
        _ = try await living.api.send("DELETE", target + "?gracePeriodSeconds=2")
        await living.pass(3)
        #expect(living.store.get("pods", pod.key) == nil)
    }

    @Test("budgets follow their pods: one eviction is granted, the next waits until the first is made good")
    func budgets() async throws {
        let living = try await LivingCluster("production")
        let pods = living.pods(of: "refunds", in: "payments")
        let body =
            #"{"metadata":{"name":"r"},"spec":{"maxUnavailable":1,"selector":{"matchLabels":{"app":"refunds"}}}}"#
        _ = try await living.api.send(
            "POST", "/apis/policy/v1/namespaces/payments/poddisruptionbudgets", body: body)
        await living.pass(0.1)
        let status = living.object("poddisruptionbudgets.policy", "payments", "r")["status"]
        #expect(status["disruptionsAllowed"] == 1)
        #expect(status["desiredHealthy"] == 2)
        func evict(_ pod: StoredObject) async throws -> SimJSON {
            try await living.api.send(
                "POST", "/api/v1/namespaces/payments/pods/\(pod.key.name)/eviction",
                body: #"{"metadata":{"name":"\#(pod.key.name)"}}"#)
        }
        #expect(try await evict(pods[0])["status"] == "Success")
        #expect(try await evict(pods[1])["reason"] == "TooManyRequests")
        await living.pass(20)
        #expect(try await evict(pods[1])["status"] == "Success")
    }

    @Test("a budget that spares no pod blocks every eviction")
    func blockingBudget() async throws {
        let living = try await LivingCluster("production")
        let refusal = try await living.api.send(
            "POST", "/api/v1/namespaces/ledger/pods/ledger-db-0/eviction", body: #"{"metadata":{"name":"ledger-db-0"}}"#
        )
        #expect(
            refusal["details"]["causes"][0]["message"]
                == "The disruption budget ledger-db needs 3 healthy pods and has 3 currently")
    }

    @Test("an autoscaler brings its deployment back within its bounds")
    func autoscaler() async throws {
        let living = try await LivingCluster()
        let target = "/apis/apps/v1/namespaces/checkout/deployments/checkout-web/scale"
        _ = try await patch(living, target, #"{"spec":{"replicas":9}}"#)
        await living.pass(16)
        #expect(living.object("deployments.apps", "checkout", "checkout-web")["spec"]["replicas"] == 6)
        let autoscaler = living.object("horizontalpodautoscalers.autoscaling", "checkout", "checkout-web")
        #expect(autoscaler.condition("ScalingLimited")["reason"] == "TooManyReplicas")
        _ = try await patch(living, target, #"{"spec":{"replicas":1}}"#)
        await living.pass(16)
        #expect(living.object("deployments.apps", "checkout", "checkout-web")["spec"]["replicas"] == 2)
    }

    @Test("a cordoned node gets no new pods")
    func cordon() async throws {
        let living = try await LivingCluster()
        for number in 2...5 {
            _ = try await patch(
                living, "/api/v1/nodes/sbx-worker-0\(number)", #"{"spec":{"unschedulable":true}}"#,
                type: "application/strategic-merge-patch+json")
        }
        let before = living.pods(of: "basket", in: "checkout")
        _ = try await living.api.send("DELETE", "/api/v1/namespaces/checkout/pods/\(before[0].key.name)")
        await living.pass(15)
        let nodes = living.pods(of: "basket", in: "checkout")
            .filter { pod in !before.contains { $0.uid == pod.uid } }.map { $0.json["spec"]["nodeName"] }
        #expect(nodes == ["sbx-worker-01"])
    }

    @Test("a container put into a running pod starts, and stays out of the pod's readiness")
    func ephemeral() async throws {
        let living = try await LivingCluster()
        let pod = try #require(living.pods(of: "basket", in: "checkout").first)
        let target = "/api/v1/namespaces/checkout/pods/\(pod.key.name)/ephemeralcontainers"
        let body =
            #"{"spec":{"ephemeralContainers":[{"name":"debug","image":"busybox:1.36","stdin":true,"tty":true}]}}"#
        let answer = try await patch(living, target, body, type: "application/strategic-merge-patch+json")
        #expect(answer["spec"]["ephemeralContainers"][0]["terminationMessagePath"] == "/dev/termination-log")
        await living.pass(5)
        let status = living.store.get("pods", pod.key)?.json["status"] ?? .null
        #expect(!status["ephemeralContainerStatuses"][0]["state"]["running"].isNull)
        #expect(status["containerStatuses"].items.count == 1)
        let again = try await patch(
            living, target, #"{"spec":{"ephemeralContainers":[{"name":"debug","image":"other:1"}]}}"#,
            type: "application/strategic-merge-patch+json")
        #expect(again["reason"] == "Invalid")
    }

    @Test("a replica set that a quota stops says so once in ten seconds, not at every turn")
    func quota() async throws {
        let living = try await LivingCluster()
        let body = """
            {"metadata":{"name":"many"},"spec":{"replicas":400,"selector":{"matchLabels":{"a":"many"}},"template":
            {"metadata":{"labels":{"a":"many"}},"spec":{"containers":[{"name":"m","image":"x:1"}]}}}}
            """
        _ = try await living.api.send("POST", "/apis/apps/v1/namespaces/payments/deployments", body: body)
        await living.pass(5)
        #expect(living.object("resourcequotas", "payments", "team-quota")["status"]["used"]["pods"] == "200")
        let events = living.store.all("events", namespace: "payments").filter { $0.json["reason"] == "FailedCreate" }
        #expect(events.count == 1)
        let deployment = living.object("deployments.apps", "payments", "many")
        #expect(deployment.condition("ReplicaFailure")["reason"] == "FailedCreate")
    }

    @Test("a definition that somebody brings is served, and takes its objects along when it goes")
    func definition() async throws {
        let living = try await LivingCluster()
        let body = """
            {"metadata":{"name":"lamps.lanternpay.example"},"spec":{"group":"lanternpay.example","scope":"Namespaced",
            "names":{"plural":"lamps","kind":"Lamp"},"versions":[{"name":"v1","served":true,"storage":true,
            "schema":{"openAPIV3Schema":{"type":"object"}}}]}}
            """
        let definitions = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions"
        _ = try await living.api.send("POST", definitions, body: body)
        await living.pass(0.1)
        let lamps = "/apis/lanternpay.example/v1/namespaces/payments/lamps"
        let made = try await living.api.send("POST", lamps, body: #"{"metadata":{"name":"a"},"spec":{"lit":true}}"#)
        #expect(made["kind"] == "Lamp")
        #expect(made["metadata"]["generation"] == 1)
        _ = try await living.api.send("DELETE", definitions + "/lamps.lanternpay.example")
        await living.pass(0.1)
        #expect(living.store.count("lamps.lanternpay.example") == 0)
    }

    @Test("the company's own workloads say everything that a server would add")
    func seededDefaults() async throws {
        let living = try await LivingCluster()
        for resource in APIResource.builtIn where ["apps", "batch"].contains(resource.group) {
            let odd = living.store.all(resource.storage).filter {
                ObjectDefaults.completed($0.json, resource) != $0.json
            }
            #expect(odd.map(\.key.name) == [])
        }
    }

    @Test("an image whose name is none is said to be so by the kubelet, not by the API server")
    func badImageName() async throws {
        let living = try await LivingCluster()
        let body = #"{"metadata":{"name":"bad"},"spec":{"containers":[{"name":"a","image":"no:such:image"}]}}"#
        let made = try await living.api.send("POST", "/api/v1/namespaces/checkout/pods", body: body)
        #expect(made["kind"] == "Pod")
        await living.pass(3)
        let waiting = living.object("pods", "checkout", "bad")["status"]["containerStatuses"][0]["state"]["waiting"]
        #expect(waiting["reason"] == "InvalidImageName")
    }
}
