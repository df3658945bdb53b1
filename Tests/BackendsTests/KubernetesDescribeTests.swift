import JSON
import Model
import Testing

@testable import Backends

struct KubernetesDescribeTests {
    private func document(_ fixture: String, kind: ResourceKind = .pods) throws -> ObjectDocument {
        let object = try KubernetesFixture.json(fixture)
        let namespace = object.text("metadata", "namespace")
        let reference = ObjectReference(
            environment: "lab", kind: kind, namespace: namespace.isEmpty ? nil : namespace,
            name: object.text("metadata", "name"))
        return ObjectDescription.document(object, reference: reference)
    }

    private func document(json: String) throws -> ObjectDocument {
        let reference = ObjectReference(environment: "lab", kind: .pods, namespace: "shop", name: "x")
        return ObjectDescription.document(try JSONValue.parse(json), reference: reference)
    }

    /// "name: value", indented by depth, with a sign for the tone.
    private func section(_ title: String, of document: ObjectDocument) -> [String] {
        let signs: [Tone: String] = [.good: " +", .warning: " !", .critical: " !!", .progressing: " ~", .muted: " ."]
        return document.sections.first { $0.title == title }?.facts.map {
            String(repeating: "  ", count: $0.depth) + "\($0.name): \($0.value)" + (signs[$0.tone] ?? "")
        } ?? []
    }

    @Test("a pod in a crash loop says so, with its containers one by one")
    func crashLoop() throws {
        let document = try document("pods/get-json")
        #expect(
            document.sections.map(\.title) == [
                "Pod", "Container app", "Container sidecar", "Volumes", "Tolerations", "Conditions", "Labels",
                "Annotations",
            ])
        #expect(
            section("Pod", of: document) == [
                "Name: crashloop", "Namespace: odd", "Created: 2026-11-22T13:15:11Z", "Status: CrashLoopBackOff !!",
                "Ready: 1/2 !", "Restarts: 17 !", "Node: node-2", "Started: 2026-11-22T13:15:08Z",
                "Pod IP: 10.244.254.141", "Host IP: 127.0.0.1", "Service account: default",
                "Quality of service: Burstable", "Restart policy: Always", "Scheduler: default-scheduler",
                "Grace period: 30",
            ])
        #expect(
            section("Container app", of: document) == [
                "State: Waiting: CrashLoopBackOff !!",
                "  Message: back-off 5m0s restarting failed container=app pod=crashloop_odd(504c2646-5495-4194-8839-8dfc608e3a4a)",
                "Last state: Terminated: Error !", "  Exit code: 1", "  Started: 2026-11-22T13:13:00Z",
                "  Finished: 2026-11-22T13:13:03Z", "Ready: no !", "Restarts: 17 !", "Image: acme/api:bad",
                "Requests: cpu=10m, memory=16Mi", "Limits: memory=256Mi", "Environment: ", "  LOG_LEVEL: info",
                "  POD_NAME: field metadata.name", "  DB_URL: postgres://db.data.svc:5432/shop", "Mounts: ",
                "  /var/run/secrets/kubernetes.io/serviceaccount: from kube-api-access-8tr6v, read only",
            ])
        #expect(document.containers.map(\.name) == ["app", "sidecar"])
        #expect(document.containers.map(\.tone) == [.critical, .good])
        #expect(document.labels["app"] == "crashloop")
        #expect(
            document.links.map { "\($0.relation) \($0.name)" } == [
                "node node-2", "service account default", "config map kube-root-ca.crt",
                "config map openshift-service-ca.crt",
            ])
    }

    @Test("restart counts beyond all sense are no trap")
    func hugeRestarts() throws {
        let status = #"{"name":"a","restartCount":9223372036854775807,"ready":true}"#
        let pod = try document(
            json: #"{"kind":"Pod","spec":{"containers":[]},"status":{"containerStatuses":[\#(status),\#(status)]}}"#)
        #expect(pod.sections.isEmpty == false)
    }

    @Test("a deployment says how many of its replicas are ready, and shows its template")
    func deployment() throws {
        let document = try document("objects/deployment-json", kind: .deployments)
        #expect(
            section("Deployment", of: document) == [
                "Name: web", "Namespace: demo", "Created: 2026-11-22T13:15:06Z", "Replicas: 3 of 3 ready, 3 updated +",
                "Revision: 1", "Strategy: RollingUpdate (maxSurge=25%, maxUnavailable=25%)",
                "Selector: app.kubernetes.io/name=web", "Images: nginx:1.29", "Progress deadline: 600",
                "Observed generation: 1",
            ])
        #expect(
            section("Conditions", of: document) == [
                "Available: True · MinimumReplicasAvailable · Deployment has minimum availability. +",
                #"Progressing: True · NewReplicaSetAvailable · ReplicaSet "web-864d6467d" has successfully progressed. +"#,
            ])
    }

    @Test("a node has conditions in their tones, and its resources")
    func node() throws {
        let document = try document("objects/node-json", kind: .nodes)
        #expect(
            section("Node", of: document) == [
                "Name: node-1", "Created: 2026-11-22T13:15:06Z", "Status: Ready +", "Roles: worker", "Kubelet: v1.36.2",
                "Runtime: containerd://2.1.4", "System: Debian GNU/Linux 12 (bookworm)", "Kernel: 6.1.0-lab",
                "Architecture: amd64", "Pod network: 10.244.0.0/24",
            ])
        #expect(
            section("Conditions", of: document) == [
                "MemoryPressure: False · KubeletHasSufficientMemory · kubelet has sufficient memory available .",
                "DiskPressure: False · KubeletHasNoDiskPressure · kubelet has no disk pressure .",
                "PIDPressure: False · KubeletHasSufficientPID · kubelet has sufficient PID available .",
                "Ready: True · KubeletReady · kubelet is posting ready status +",
            ])
        #expect(
            section("Resources", of: document) == [
                "cpu: 64, 64 for pods", "ephemeral-storage: 1000Gi, 1000Gi for pods", "hugepages-2Mi: 0, 0 for pods",
                "memory: 263856736Ki, 263856736Ki for pods", "pods: 4k, 4k for pods",
            ])
    }

    @Test("a service has its ports, an ingress its rules")
    func network() throws {
        let service = try document("objects/service-json")
        #expect(
            section("Service", of: service) == [
                "Name: web", "Namespace: demo", "Created: 2026-11-22T13:15:07Z", "Type: ClusterIP",
                "Cluster IP: 10.96.42.172", "Session affinity: None", "Selector: app.kubernetes.io/name=web",
            ])
        #expect(section("Ports", of: service) == ["http: 80/TCP to http"])
        let ingress = try document("objects/ingress-json")
        #expect(
            section("Rules", of: ingress) == [
                "www.example.com: ", "  /: service web:80", "api.example.com: ", "  /: service api:80",
            ])
        #expect(ingress.links.map { "\($0.relation) \($0.name)" } == ["service web", "service api", "secret web-tls"])
    }

    @Test("a secret shows sizes only")
    func secret() throws {
        let document = try document("objects/secret-json")
        #expect(
            section("Data", of: document) == [
                "multi-line: 34 bytes, hidden .", "password: 16 bytes, hidden .", "token: 8 bytes, hidden .",
            ])
        #expect(document.yaml.contains("czNjcjN0LXDDpHNzd29yZA==") == false)
    }

    @Test("a config map shows its texts line by line")
    func configMap() throws {
        let document = try document("objects/configmap-json")
        #expect(
            section("Data", of: document) == [
                "LOG_LEVEL: debug", "app.yaml: 54 bytes", "  : server:", "  :   port: 8080", "  :   name: héllo",
                "  : features:", "  : - a", "  : - b", "multi: 22 bytes", "  : line 1", "  : line 2", "  : \ttabbed",
                "blob.bin: 9 bytes, binary",
            ])
    }

    @Test("a job says whether it is done and how long it took")
    func job() throws {
        let document = try document("objects/job-json")
        #expect(
            section("Job", of: document) == [
                "Name: done", "Namespace: batch", "Created: 2026-11-22T13:15:09Z", "Status: Complete +",
                "Pods: 3 succeeded", "Completions: 3", "Parallelism: 3", "Completion mode: NonIndexed",
                "Tries at most: 6", "Started: 2026-11-22T13:15:09Z", "Completed: 2026-11-22T13:15:14Z", "Duration: 5s",
                "Selector: batch.kubernetes.io/controller-uid=5302faee-afd3-4466-b5fa-73732078494d",
                "Images: busybox:1.36",
            ])
    }

    @Test("an autoscaler has each measure against its target")
    func autoscaler() throws {
        let document = try document("objects/hpa-json")
        #expect(
            section("HorizontalPodAutoscaler", of: document) == [
                "Name: web", "Namespace: demo", "Created: 2026-11-22T13:15:08Z", "Scales: Deployment web",
                "At least: 3", "At most: 10", "Replicas now: 3", "Replicas wanted: 0",
            ])
        #expect(section("Measures", of: document) == ["cpu: unknown of 80%", "memory: unknown of 200Mi"])
    }

    @Test("a kind that nobody knows is shown as it is")
    func generic() throws {
        let document = try document("objects/widget-json")
        #expect(document.sections.map(\.title) == ["Widget", "Spec", "Status"])
        #expect(
            section("Spec", of: document) == [
                "cost: 1.5", "due: 2026-11-21T13:15:11Z", "enabled: false", "free: ",
                "  any: thing, 1, 2.5, null, true", "parts: ", "  -: a", "    n: 1", "  -: b", "port: http",
                "replicas: 1", "size: medium",
            ])
    }

    @Test("a custom kind that bears a built-in name is not taken for it")
    func sameName() throws {
        let document = try document(
            json: #"{"apiVersion":"acme.example/v1","kind":"Service","metadata":{"name":"x"},"spec":{"tier":"gold"}}"#)
        #expect(section("Spec", of: document) == ["tier: gold"])
    }

    @Test(
        "a pod's status is worked out as kubectl does",
        arguments: [
            (#"{"status":{"phase":"Pending"}}"#, "Pending"),
            (#"{"status":{"phase":"Failed","reason":"Evicted"}}"#, "Evicted"),
            (#"{"metadata":{"deletionTimestamp":"2026-01-01T00:00:00Z"},"status":{"phase":"Running"}}"#, "Terminating"),
            (
                #"{"spec":{"initContainers":[{"name":"a"},{"name":"b"}]},"status":{"phase":"Pending","initContainerStatuses":[{"name":"a","state":{"terminated":{"exitCode":0}}},{"name":"b","state":{"running":{}}}]}}"#,
                "Init:1/2"
            ),
            (
                #"{"status":{"phase":"Pending","initContainerStatuses":[{"name":"a","state":{"terminated":{"exitCode":3}}}]}}"#,
                "Init:ExitCode:3"
            ),
            (
                #"{"status":{"phase":"Running","containerStatuses":[{"state":{"terminated":{"exitCode":137,"signal":9}}}]}}"#,
                "Signal:9"
            ),
            (
                #"{"status":{"phase":"Running","conditions":[{"type":"Ready","status":"False"}],"containerStatuses":[{"ready":true,"state":{"running":{}}},{"state":{"terminated":{"exitCode":0,"reason":"Completed"}}}]}}"#,
                "NotReady"
            ),
        ])
    func podStatus(json: String, status: String) throws {
        #expect(PodStatusText.of(try JSONValue.parse(json)) == status)
    }

    @Test("events are newest first, counted, from either of the two APIs")
    func events() throws {
        let list = try KubernetesFixture.json("events/of-one-pod").list("items").map(ObjectEvent.read)
        let events = ObjectEvent.inOrder(list)
        let first = try #require(events.first { $0.reason == "BackOff" })
        #expect(first.count == 241)
        #expect(first.isWarning)
        #expect(first.source == "kubelet, node-2")
        #expect(first.firstSeen.rfc3339 == "2026-11-22T12:55:07Z")
        let new = ObjectEvent.read(
            try JSONValue.parse(
                #"{"eventTime":"2026-11-22T13:00:00.5Z","series":{"count":7,"lastObservedTime":"2026-11-22T13:05:00Z"},"note":"hello","reportingComponent":"acme"}"#
            ))
        #expect(new.count == 7)
        #expect(new.message == "hello")
        #expect(new.lastSeen.rfc3339 == "2026-11-22T13:05:00Z")
    }
}
