import Foundation
import Testing

@Suite(
    "kubectl works against the simulated clusters", .enabled(if: Kubectl.program != nil), .timeLimit(.minutes(3)))
struct KubectlTests {
    private let kubectl = Kubectl.shared

    @Test(
        "get prints every format",
        arguments: [
            ("wide", "basket-"), ("name", "pod/basket-"), ("json", #""kind": "Pod""#), ("yaml", "kind: Pod"),
            ("jsonpath={.items[*].metadata.labels.app}", "basket basket"),
            ("custom-columns=N:.spec.nodeName", "sbx-worker-"), ("go-template={{len .items}}", "2"),
        ])
    func formats(format: String, part: String) async throws {
        let answer = try await kubectl("get", "pods", "-n", "checkout", "-l", "app=basket", "-o", format)
        #expect(answer.status == 0, "\(answer.problem)")
        #expect(answer.output.contains(part))
    }

    @Test("get prints the server's columns, for custom resources too")
    func customResource() async throws {
        let answer = try await kubectl("get", "pr", "cards-eu", "-n", "payments")
        #expect(answer.lines.first == ["NAME", "METHOD", "WEIGHT", "PHASE", "SINCE", "AGE"])
        #expect(answer.lines.last?.prefix(4) == ["cards-eu", "cards", "70", "Active"])
    }

    @Test("pages give the same as one answer")
    func pages() async throws {
        let whole = try await kubectl("get", "configmaps", "-A", "-o", "name", "--chunk-size=0")
        let paged = try await kubectl("get", "configmaps", "-A", "-o", "name", "--chunk-size=7")
        #expect(whole.lines.count > 50)
        #expect(Set(whole.lines) == Set(paged.lines))
    }

    @Test("selectors select")
    func selectors() async throws {
        let answer = try await kubectl(
            "get", "pods", "-A", "-l", "team in (checkout),app!=basket", "--field-selector", "status.phase!=Running",
            "--no-headers")
        #expect(answer.lines.map { $0[0] } == ["checkout"])
        #expect(answer.lines.map { $0[3] }.allSatisfy { ["ErrImagePull", "ImagePullBackOff"].contains($0) })
    }

    @Test("get -w follows a deletion and the pod that comes instead")
    func watch() async throws {
        let pods = try await kubectl("get", "pods", "-n", "merchants", "-l", "app=onboarding", "-o", "name")
        let name = try #require(pods.lines.first?.first)
        async let watched = kubectl(
            "get", "pods", "-n", "merchants", "-l", "app=onboarding", "-w", "--output-watch-events", seconds: 12)
        _ = try await kubectl("delete", name, "-n", "merchants")
        let events = try await watched.lines
        let short = name.replacing("pod/", with: "")
        #expect(events.contains { $0.first == "DELETED" && $0.dropFirst().first == short })
        #expect(events.contains { $0.count > 3 && $0[0] == "MODIFIED" && $0[1] != short && $0[3] == "Running" })
    }

    @Test(
        "describe knows each kind",
        arguments: [
            ("deployment/payments-api", "NewReplicaSet:"), ("service/payments-api", "Endpoints:"),
            ("statefulset/payments-db", "1 Running / 0 Waiting"), ("ingress/payments-api", "payments-api:8080"),
            ("cronjob/settlement", "*/15 * * * *"),
            ("persistentvolumeclaim/data-payments-db-0", "Bound"), ("configmap/payments-api-config", "mode:"),
            ("resourcequota/team-quota", "requests.cpu"),
        ])
    func describe(object: String, part: String) async throws {
        let answer = try await kubectl("describe", object, "-n", "payments")
        #expect(answer.status == 0, "\(answer.problem)")
        #expect(answer.output.contains(part), "\(answer.output)")
    }

    @Test("describe shows a crash loop and its events")
    func describeCrashLoop() async throws {
        let answer = try await kubectl("describe", "pod", "-n", "notifications", "-l", "app=sms-bridge")
        #expect(answer.output.contains("Exit Code:    1"))
        let node = try await kubectl("describe", "node", "sbx-worker-01")
        #expect(node.output.contains("Non-terminated Pods:"))
        #expect(node.output.contains("kubelet is posting ready status"))
    }

    @Test("logs of now, of before, with times, and from a moment on")
    func logs() async throws {
        let tail = try await kubectl(
            "logs", "deploy/payments-api", "-n", "payments", "--tail=3", "--timestamps", "-c", "payments-api")
        #expect(tail.output.split(separator: "\n").allSatisfy { $0.wholeMatch(of: /20\d\d-.*/) != nil })
        let before = try await kubectl("logs", "deploy/sms-bridge", "-n", "notifications", "--previous", "--tail=2")
        #expect(before.output.contains("exiting with code 1"))
        let followed = try await kubectl(
            "logs", "-f", "deploy/gateway", "-n", "platform", "--since=1s", "-c", "gateway", seconds: 6)
        #expect(followed.status == 124)
        #expect(!followed.output.isEmpty)
    }

    @Test("a missing image cannot be logged, in the kubelet's words")
    func logsRefused() async throws {
        let answer = try await kubectl("logs", "deploy/checkout-preview", "-n", "checkout")
        #expect(answer.problem.contains("is waiting to start: trying and failing to pull image"))
    }

    @Test("a roll-out is restarted, followed to its end, and leaves events")
    func rollout() async throws {
        let restart = try await kubectl("rollout", "restart", "deployment/templates", "-n", "notifications")
        #expect(restart.output == "deployment.apps/templates restarted\n")
        let status = try await kubectl("rollout", "status", "deployment/templates", "-n", "notifications")
        #expect(status.output.contains("deployment \"templates\" successfully rolled out"))
        let events = try await kubectl("events", "-n", "notifications", "--for", "deployment/templates")
        #expect(events.output.contains("ScalingReplicaSet"))
        let all = try await kubectl("get", "events", "-n", "notifications", "--sort-by=.lastTimestamp")
        #expect(all.output.contains("SuccessfulCreate"))
    }

    @Test("top shows nodes, pods and containers")
    func top() async throws {
        let nodes = try await kubectl("top", "nodes")
        #expect(nodes.lines.count == 7)
        let containers = try await kubectl("top", "pods", "-n", "payments", "--containers")
        #expect(containers.lines.contains { $0.count == 4 && $0[1] == "envoy" && $0[3].hasSuffix("Mi") })
    }

    @Test("rights are told and kept")
    func rights() async throws {
        let list = try await kubectl("auth", "can-i", "--list", "-n", "payments", context: "sandbox-payments-only")
        #expect(list.lines.contains { $0.first == "pods" && $0.last == "watch]" })
        let may = try await kubectl("auth", "can-i", "delete", "pods", context: "sandbox-viewer")
        #expect(may.output == "no\n")
        let refused = try await kubectl("get", "pods", "-A", context: "sandbox-nobody")
        #expect(
            refused.problem == """
                Error from server (Forbidden): pods is forbidden: User "nobody" cannot list resource "pods" in API \
                group "" at the cluster scope

                """)
    }

    @Test("resources and version are told")
    func discovery() async throws {
        let resources = try await kubectl("api-resources", "--no-headers")
        #expect(resources.lines.contains(["paymentroutes", "pr", "lanternpay.example/v1", "true", "PaymentRoute"]))
        #expect(resources.lines.contains(["pods", "po", "v1", "true", "Pod"]))
        let version = try await kubectl("version")
        #expect(version.output.contains("Server Version: v1.32.1"))
        let health = try await kubectl("get", "--raw", "/readyz?verbose")
        #expect(health.output.hasSuffix("readyz check passed\n"))
    }
}
