import Foundation
import Testing

@Suite(
    "kubectl changes the simulated clusters", .serialized, .enabled(if: Kubectl.program != nil),
    .timeLimit(.minutes(5)))
struct KubectlWriteTests {
    private let kubectl = Kubectl.writing

    @Test("set image, status, history, undo")
    func rollout() async throws {
        let target = "deployment/push"
        let before = try await kubectl(
            "get", target, "-n", "notifications", "-o", "jsonpath={.spec.template.spec.containers[0].image}")
        let set = try await kubectl(
            "set", "image", target, "push=registry.lanternpay.example/x:9", "-n", "notifications")
        #expect(set.output == "deployment.apps/push image updated\n")
        let status = try await kubectl("rollout", "status", target, "-n", "notifications", seconds: 120)
        #expect(status.output.contains("deployment \"push\" successfully rolled out"))
        let history = try await kubectl("rollout", "history", target, "-n", "notifications")
        #expect(history.lines.dropFirst(2).map { $0.first } == ["1", "2"])
        let undo = try await kubectl("rollout", "undo", target, "-n", "notifications")
        #expect(undo.output == "deployment.apps/push rolled back\n")
        _ = try await kubectl("rollout", "status", target, "-n", "notifications", seconds: 120)
        let again = try await kubectl("rollout", "history", target, "-n", "notifications")
        #expect(again.lines.dropFirst(2).map { $0.first } == ["2", "3"])
        let after = try await kubectl(
            "get", target, "-n", "notifications", "-o", "jsonpath={.spec.template.spec.containers[0].image}")
        #expect(after.output == before.output)
    }

    @Test("daemon sets have a history that can be undone")
    func daemonSet() async throws {
        let target = "daemonset/node-exporter"
        _ = try await kubectl("rollout", "restart", target, "-n", "monitoring")
        let status = try await kubectl("rollout", "status", target, "-n", "monitoring", seconds: 240)
        #expect(status.output.contains("daemon set \"node-exporter\" successfully rolled out"), "\(status)")
        let undo = try await kubectl("rollout", "undo", target, "-n", "monitoring")
        #expect(undo.output == "daemonset.apps/node-exporter rolled back\n", "\(undo)")
        let history = try await kubectl("rollout", "history", target, "-n", "monitoring")
        #expect(history.lines.dropFirst(2).map { $0.first } == ["2", "3"], "\(history)")
    }

    @Test("pause and resume")
    func pause() async throws {
        let pause = try await kubectl("rollout", "pause", "deployment/fraud-rules", "-n", "fraud")
        #expect(pause.output == "deployment.apps/fraud-rules paused\n")
        let again = try await kubectl("rollout", "pause", "deployment/fraud-rules", "-n", "fraud")
        #expect(again.problem == "error: deployments.apps \"fraud-rules\" is already paused\n")
        let resume = try await kubectl("rollout", "resume", "deployment/fraud-rules", "-n", "fraud")
        #expect(resume.output == "deployment.apps/fraud-rules resumed\n")
    }

    @Test("scale, with a precondition that fails, and autoscale")
    func scale() async throws {
        let scaled = try await kubectl("scale", "deployment/mailer", "--replicas=3", "-n", "notifications")
        #expect(scaled.output == "deployment.apps/mailer scaled\n", "\(scaled)")
        let refused = try await kubectl(
            "scale", "deployment/mailer", "--current-replicas=7", "--replicas=1", "-n", "notifications")
        #expect(refused.problem.contains("Expected replicas to be 7, was 3"))
        let negative = try await kubectl(
            "patch", "deployment/mailer", "--subresource=scale", "--type=merge", "-p", #"{"spec":{"replicas":-1}}"#,
            "-n", "notifications")
        #expect(negative.problem.contains("spec.replicas: Invalid value: -1: must be greater than or equal to 0"))
        let auto = try await kubectl("autoscale", "deployment/mailer", "--min=2", "--max=5", "-n", "notifications")
        #expect(auto.output == "horizontalpodautoscaler.autoscaling/mailer autoscaled\n", "\(auto)")
    }

    @Test("label, annotate and every type of patch")
    func patches() async throws {
        let label = try await kubectl("label", "deployment/registry", "tier=store", "-n", "ci")
        #expect(label.output == "deployment.apps/registry labeled\n")
        let taken = try await kubectl("label", "deployment/registry", "tier=other", "-n", "ci")
        #expect(taken.problem.contains("'tier' already has a value (store), and --overwrite is false"))
        let note = try await kubectl("annotate", "deployment/registry", "note=hello", "-n", "ci")
        #expect(note.output == "deployment.apps/registry annotated\n")
        let strategic = try await kubectl(
            "patch", "deployment/registry", "-n", "ci", "-p",
            #"{"spec":{"template":{"spec":{"containers":[{"name":"registry","env":[{"name":"X","value":"1"}]}]}}}}"#)
        #expect(strategic.output == "deployment.apps/registry patched\n")
        let merge = try await kubectl(
            "patch", "deployment/registry", "-n", "ci", "--type=merge", "-p", #"{"metadata":{"labels":{"tier":null}}}"#)
        #expect(merge.output == "deployment.apps/registry patched\n")
        let json = try await kubectl(
            "patch", "deployment/registry", "-n", "ci", "--type=json", "-p",
            #"[{"op":"test","path":"/metadata/name","value":"other"}]"#)
        #expect(json.problem.contains("the server rejected our request due to an error in our request"))
        let env = try await kubectl(
            "get", "deployment/registry", "-n", "ci", "-o", "jsonpath={.spec.template.spec.containers[0].env[*].name}")
        #expect(Set(env.output.split(separator: " ")) == ["LOG_LEVEL", "POD_NAME", "CONFIG", "X"])
    }

    private func manifest(_ name: String, image: String, replicas: Int = 1) -> String {
        """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: \(name), namespace: data}
        spec:
          replicas: \(replicas)
          selector: {matchLabels: {app: \(name)}}
          template:
            metadata: {labels: {app: \(name)}}
            spec: {containers: [{name: main, image: "\(image)", ports: [{containerPort: 80}]}]}

        """
    }

    @Test("apply, diff and a dry run from a file")
    func apply() async throws {
        let file = try await kubectl.file("client.yaml", manifest("client", image: "x.example/a:1"))
        #expect(try await kubectl("apply", "-f", file).output == "deployment.apps/client created\n")
        #expect(try await kubectl("apply", "-f", file).output == "deployment.apps/client unchanged\n")
        #expect(try await kubectl("diff", "-f", file).status == 0)
        _ = try await kubectl.file("client.yaml", manifest("client", image: "x.example/a:2"))
        let difference = try await kubectl("diff", "-f", file)
        #expect(difference.status == 1)
        #expect(difference.output.contains("-      - image: x.example/a:1\n+      - image: x.example/a:2\n"))
        let tried = try await kubectl("apply", "-f", file, "--dry-run=server")
        #expect(tried.output == "deployment.apps/client configured (server dry run)\n")
        #expect(try await kubectl("apply", "-f", file).output == "deployment.apps/client configured\n")
        let replaced = try await kubectl("replace", "-f", file)
        #expect(replaced.output == "deployment.apps/client replaced\n", "\(replaced)")
        #expect(try await kubectl("delete", "-f", file).output == "deployment.apps \"client\" deleted\n")
    }

    @Test("apply on the server: conflicts are told, and forced")
    func serverSide() async throws {
        let file = try await kubectl.file("server.yaml", manifest("server", image: "x.example/a:1"))
        let made = try await kubectl("apply", "--server-side", "-f", file)
        #expect(made.output == "deployment.apps/server serverside-applied\n", "\(made)")
        _ = try await kubectl("scale", "deployment/server", "--replicas=2", "-n", "data")
        let conflict = try await kubectl("apply", "--server-side", "-f", file)
        #expect(
            conflict.problem.contains(
                #"Apply failed with 1 conflict: conflict with "kubectl" with subresource "scale" using apps/v1: .spec.replicas"#
            ), "\(conflict)")
        let forced = try await kubectl("apply", "--server-side", "--force-conflicts", "-f", file)
        #expect(forced.output == "deployment.apps/server serverside-applied\n")
        let managers = try await kubectl(
            "get", "deployment/server", "-n", "data", "--show-managed-fields", "-o",
            "jsonpath={.metadata.managedFields[*].manager}")
        #expect(managers.output.split(separator: " ").first == "kubectl")
    }

    @Test("a misspelt field is refused")
    func strict() async throws {
        let text = manifest("misspelt", image: "x.example/a:1").replacing("replicas:", with: "replicsa:")
        let file = try await kubectl.file("misspelt.yaml", text)
        let answer = try await kubectl("apply", "-f", file)
        #expect(answer.problem.contains(#"strict decoding error: unknown field "spec.replicsa""#), "\(answer)")
    }

    @Test("edit with an editor of one's own")
    func edit() async throws {
        let editor = try await kubectl.file(
            "editor.sh", "#!/bin/sh\nsed -i 's/replicas: 1$/replicas: 2/' \"$1\"\n", isProgram: true)
        let edited = try await kubectl(
            "edit", "deployment/reports-api", "-n", "data", variables: ["KUBE_EDITOR": editor])
        #expect(edited.output == "deployment.apps/reports-api edited\n", "\(edited)")
        let count = try await kubectl("get", "deployment/reports-api", "-n", "data", "-o", "jsonpath={.spec.replicas}")
        #expect(count.output == "2")
    }

    @Test("create of every sort, from the command line")
    func create() async throws {
        let map = try await kubectl("create", "configmap", "made", "--from-literal=a=b", "-n", "data")
        #expect(map.output == "configmap/made created\n")
        let secret = try await kubectl("create", "secret", "generic", "made", "--from-literal=a=b", "-n", "data")
        #expect(secret.output == "secret/made created\n")
        let namespace = try await kubectl("create", "namespace", "brief")
        #expect(namespace.output == "namespace/brief created\n")
        let again = try await kubectl("create", "namespace", "brief")
        #expect(again.problem == "Error from server (AlreadyExists): namespaces \"brief\" already exists\n")
        let job = try await kubectl("create", "job", "now", "--from=cronjob/settlement", "-n", "payments")
        #expect(job.output == "job.batch/now created\n")
        let done = try await kubectl(
            "wait", "--for=condition=complete", "job/now", "-n", "payments", "--timeout=200s", seconds: 210)
        #expect(done.output == "job.batch/now condition met\n", "\(done)")
        let gone = try await kubectl("delete", "namespace", "brief")
        #expect(gone.output == "namespace \"brief\" deleted\n")
    }

    @Test("delete in every mode")
    func delete() async throws {
        let made = try await kubectl("create", "deployment", "left", "--image=x.example/a:1", "-n", "merchants")
        #expect(made.output == "deployment.apps/left created\n")
        _ = try await kubectl("rollout", "status", "deployment/left", "-n", "merchants")
        let orphaned = try await kubectl("delete", "deployment/left", "--cascade=orphan", "-n", "merchants")
        #expect(orphaned.output == "deployment.apps \"left\" deleted\n")
        let sets = try await kubectl("get", "rs,pods", "-l", "app=left", "-o", "name", "-n", "merchants")
        #expect(sets.lines.count == 2)
        let last = try await kubectl(
            "delete", "rs", "-l", "app=left", "--cascade=foreground", "-n", "merchants", seconds: 120)
        #expect(last.status == 0, "\(last)")
        let pods = try await kubectl("get", "pods", "-l", "app=left", "-o", "name", "-n", "merchants")
        #expect(pods.output.isEmpty)
        let now = try await kubectl("delete", "pod", "-l", "app=onboarding", "--now", "-n", "merchants")
        #expect(now.output.contains("deleted"))
        let force = try await kubectl(
            "delete", "pod", "-l", "app=statements", "--force", "--grace-period=0", "-n", "merchants")
        #expect(force.output.contains("force deleted"))
    }

    @Test("cordon, drain within the budgets, uncordon")
    func drain() async throws {
        let cordoned = try await kubectl("cordon", "prod-worker-05", context: "production")
        #expect(cordoned.output == "node/prod-worker-05 cordoned\n")
        let tried = try await kubectl(
            "drain", "prod-worker-05", "--ignore-daemonsets", "--dry-run=server", context: "production")
        #expect(tried.output.contains("node/prod-worker-05 drained (server dry run)"), "\(tried)")
        let drained = try await kubectl(
            "drain", "prod-worker-05", "--ignore-daemonsets", "--force", "--pod-selector=app notin (ledger-db)",
            "--timeout=100s", context: "production", seconds: 110)
        #expect(drained.output.contains("node/prod-worker-05 drained"), "\(drained)")
        let uncordoned = try await kubectl("uncordon", "prod-worker-05", context: "production")
        #expect(uncordoned.output == "node/prod-worker-05 uncordoned\n")
    }

    @Test("a drain that a budget blocks says so and gives up in time")
    func blockedDrain() async throws {
        let node = try await kubectl(
            "get", "pod", "ledger-db-0", "-n", "ledger", "-o", "jsonpath={.spec.nodeName}", context: "production")
        let drained = try await kubectl(
            "drain", node.output, "--ignore-daemonsets", "--force", "--pod-selector=app=ledger-db", "--timeout=3s",
            context: "production")
        #expect(drained.status == 1)
        #expect(
            drained.problem.contains("Cannot evict pod as it would violate the pod's disruption budget."), "\(drained)")
        _ = try await kubectl("uncordon", node.output, context: "production")
    }

    @Test("suspend a cron job, and whoever may not is refused")
    func refusals() async throws {
        let suspended = try await kubectl(
            "patch", "cronjob/digest", "-n", "notifications", "-p", #"{"spec":{"suspend":true}}"#)
        #expect(suspended.output == "cronjob.batch/digest patched\n")
        let refused = try await kubectl(
            "scale", "deployment/push", "--replicas=9", "-n", "notifications", context: "sandbox-viewer")
        #expect(
            refused.problem.contains(#"User "viewer" cannot patch resource "deployments/scale" in API group "apps""#),
            "\(refused)")
        let may = try await kubectl(
            "auth", "can-i", "patch", "deployments/scale", "-n", "notifications", context: "sandbox-operator")
        #expect(may.output == "yes\n")
    }

    @Test("explain knows the fields")
    func explain() async throws {
        let answer = try await kubectl("explain", "deployment.spec.strategy")
        #expect(answer.output.contains("rollingUpdate"), "\(answer)")
    }
}
