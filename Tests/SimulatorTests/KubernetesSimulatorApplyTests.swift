import Foundation
import Testing

@testable import Simulator

@Suite("Applied configurations and who owns which field, as the recorded real server keeps them")
struct KubernetesSimulatorApplyTests {
    private let server = KubernetesFixtures.server()

    /// The recorded answer and the simulated one, with their owners but without times and versions.
    private func answers(_ path: String) async throws -> (SimJSON, SimJSON) {
        let recorded = try RecordedWrite(path)
        let answer = try SimJSON(parsing: try await recorded.answer(of: server))
        return (answer.comparableWithOwners, try recorded.json.comparableWithOwners)
    }

    private func same(_ path: String) async throws {
        let recorded = try RecordedWrite(path)
        #expect(try await recorded.answer(of: server) == recorded.body)
    }

    @Test("applied, tried again, refused to another manager, and forced")
    func configMap() async throws {
        try server.have(namespaces: "scratch")
        let created = try await answers("apply/create-201")
        #expect(created.0 == created.1)
        let tried = try await answers("apply/dry-run-200")
        #expect(tried.0 == tried.1)
        try await same("apply/conflict-409")
        let forced = try await answers("apply/force-200")
        #expect(forced.0 == forced.1)
    }

    @Test("a manager must be named")
    func noManager() async throws { try await same("apply/no-manager-400") }

    @Test("conflicts name every field and the writer that is no applier")
    func deploymentConflict() async throws {
        try server.have(namespaces: "demo")
        let body = """
            {"metadata":{"name":"web"},"spec":{"replicas":3,"selector":{"matchLabels":{"a":"b"}},"template":{"metadata":
            {"labels":{"a":"b"}},"spec":{"containers":[{"name":"nginx","image":"nginx:1"}]}}}}
            """
        _ = await server.handle(
            SimRequest.api(
                "POST", "/apis/apps/v1/namespaces/demo/deployments?fieldManager=lab-populate", body: body))
        try await same("apply/deployment-conflict-dry-run-409")
    }

    @Test("a field that the kind does not have")
    func unknownField() async throws { try await same("apply/unknown-field") }

    @Test("what a manager does not name any more goes, unless another owns it too")
    func removal() async throws {
        try server.have(namespaces: "demo")
        let path = "/api/v1/namespaces/demo/configmaps/c"
        func apply(_ manager: String, _ data: String) async throws -> SimJSON {
            try await server.send(
                "PATCH", "\(path)?fieldManager=\(manager)", type: "application/apply-patch+yaml",
                body: "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\ndata: \(data)\n")
        }
        _ = try await apply("alice", "{a: '1', b: '2', c: '3'}")
        _ = try await apply("bob", "{b: '2'}")
        let after = try await apply("alice", "{a: '1'}")
        #expect(after["data"] == ["a": "1", "b": "2"])
    }

    @Test("a container that is not applied any more goes, the defaults of the others stay")
    func listItems() async throws {
        try server.have(namespaces: "demo")
        func apply(_ containers: String) async throws -> SimJSON {
            try await server.send(
                "PATCH", "/apis/apps/v1/namespaces/demo/deployments/d?fieldManager=alice",
                type: "application/apply-patch+yaml",
                body: """
                    apiVersion: apps/v1
                    kind: Deployment
                    metadata: {name: d}
                    spec:
                      selector: {matchLabels: {a: b}}
                      template:
                        metadata: {labels: {a: b}}
                        spec: {containers: [\(containers)]}
                    """)
        }
        _ = try await apply("{name: x, image: 'i:1', ports: [{containerPort: 80}]}, {name: y, image: 'j:1'}")
        let after = try await apply("{name: x, image: 'i:2'}")
        let containers = after.at("spec", "template", "spec", "containers")
        #expect(containers.items.map { $0["name"] } == ["x"])
        #expect(containers[0]["image"] == "i:2")
        #expect(containers[0]["ports"].isNull)
        #expect(containers[0]["imagePullPolicy"] == "IfNotPresent")
    }

    @Test("a created deployment's fields belong to whoever made it, as recorded")
    func ownersOfCreated() async throws {
        try server.have(namespaces: "scratch")
        let made = try await answers("writes/deployment-create")
        #expect(made.0["metadata"]["managedFields"] == made.1["metadata"]["managedFields"])
    }

    @Test("a created job's fields belong to whoever made it, as recorded")
    func ownersOfJob() async throws {
        try server.have(namespaces: "batch")
        let made = try await answers("writes/cronjob-trigger")
        #expect(made.0["metadata"]["managedFields"] == made.1["metadata"]["managedFields"])
    }

    @Test("unknown fields are told of, or refused, as the client asks")
    func unknownFields() async throws {
        try server.have(namespaces: "demo")
        let recorded = try RecordedWrite("errors/201-warn-unknown-field")
        let response = await server.handle(recorded.request)
        #expect(
            response.headers.filter { $0.name == "Warning" }.map(\.value) == [
                #"299 - "unknown field \"metadata.nope\"""#, #"299 - "unknown field \"extra\"""#,
            ])
        #expect(
            try SimJSON(parsing: await response.text()).comparableWithOwners
                == (try recorded.json.comparableWithOwners))
        try await same("errors/400-strict-unknown-field")
    }

    @Test("a secret's value that is no Base64")
    func badBase64() async throws {
        try server.have(namespaces: "demo")
        let answer = try await server.send(
            "POST", "/api/v1/namespaces/demo/secrets", body: #"{"metadata":{"name":"s"},"data":{"a":"not base64"}}"#)
        #expect(
            answer["message"]
                == #"Secret in version "v1" cannot be handled as a Secret: illegal base64 data at input byte 3"#)
    }

    @Test("a value of the wrong type")
    func wrongType() async throws {
        try server.have("deployments.apps", #"{"metadata":{"name":"d","namespace":"demo","uid":"u"},"spec":{}}"#)
        let answer = try await server.send(
            "PATCH", "/apis/apps/v1/namespaces/demo/deployments/d", type: "application/merge-patch+json",
            body: #"{"spec":{"replicas":"three"}}"#)
        #expect(
            answer["message"] == """
                Deployment in version "v1" cannot be handled as a Deployment: json: cannot unmarshal string into Go \
                struct field DeploymentSpec.spec.replicas of type int32
                """)
    }
}

@Suite("Strategic merge patches")
struct StrategicMergeTests {
    private func merged(_ patch: String, into target: String, _ structure: String = "Deployment") throws -> SimJSON {
        try StrategicMerge().merged(
            SimJSON(parsing: patch), into: SimJSON(parsing: target), structure: structure)
    }

    private let two =
        #"{"spec":{"template":{"spec":{"containers":[{"name":"a","image":"1"},{"name":"b","image":"1"}]}}}}"#

    @Test("containers are merged by name, environment by name, in the order that is asked for")
    func containers() throws {
        let after = try merged(
            """
            {"spec":{"template":{"spec":{"$setElementOrder/containers":[{"name":"c"},{"name":"a"}],"containers":[
            {"name":"a","env":[{"name":"X","value":"1"}]},{"name":"c","image":"3"},{"name":"b","$patch":"delete"}]}}}}
            """, into: two)
        #expect(
            after.at("spec", "template", "spec", "containers") == [
                ["name": "c", "image": "3"], ["name": "a", "image": "1", "env": [["name": "X", "value": "1"]]],
            ])
    }

    @Test("a list is replaced whole where the patch says so")
    func replace() throws {
        let after = try merged(
            #"{"spec":{"template":{"spec":{"containers":[{"$patch":"replace"},{"name":"z","image":"9"}]}}}}"#, into: two
        )
        #expect(after.at("spec", "template", "spec", "containers") == [["name": "z", "image": "9"]])
    }

    @Test("finalizers are a set that grows and loses members by name")
    func primitives() throws {
        let after = try merged(
            #"{"metadata":{"finalizers":["c"],"$deleteFromPrimitiveList/finalizers":["a"]}}"#,
            into: #"{"metadata":{"finalizers":["a","b"]}}"#)
        #expect(after["metadata"]["finalizers"] == ["b", "c"])
    }

    @Test("of a strategy only what is kept stays")
    func retainKeys() throws {
        let after = try merged(
            #"{"spec":{"strategy":{"$retainKeys":["type"],"type":"Recreate"}}}"#,
            into: #"{"spec":{"strategy":{"type":"RollingUpdate","rollingUpdate":{"maxSurge":1}}}}"#)
        #expect(after["spec"]["strategy"] == ["type": "Recreate"])
    }

    @Test("an item without its key is refused")
    func noKey() {
        #expect(
            throws: StrategicMerge.Refusal(message: #"map: {"image":"1"} does not contain declared merge key: name"#)
        ) {
            try merged(#"{"spec":{"template":{"spec":{"containers":[{"image":"1"}]}}}}"#, into: two)
        }
    }
}

@Suite("Who owns the fields of objects in which nobody noted it")
struct OwnerTextTests {
    @Test("a whole pod names the controller that made it and the kubelet that writes its status")
    func pod() async throws {
        let living = try await LivingCluster()
        let pod = try #require(living.pods(of: "basket", in: "checkout").first)
        let shown = try await living.api.send("GET", "/api/v1/namespaces/checkout/pods/\(pod.key.name)")
        let owners = shown["metadata"]["managedFields"]
        #expect(owners.items.map { $0["manager"] } == ["kube-controller-manager", "kubelet"])
        #expect(owners[0]["time"] == shown["metadata"]["creationTimestamp"])
        #expect(!owners[0].at("fieldsV1", "f:spec", "f:containers", #"k:{"name":"basket"}"#, "f:image").isNull)
        let address = shown["status"]["podIP"].stringValue ?? ""
        #expect(!owners[1].at("fieldsV1", "f:status", "f:podIPs", #"k:{"ip":"\#(address)"}"#).isNull)
        #expect(owners[1]["subresource"] == "status")
    }

    @Test("a write is noted beside whoever wrote before")
    func write() async throws {
        let living = try await LivingCluster()
        let target = "/apis/apps/v1/namespaces/checkout/deployments/basket"
        let after = try await living.api.send(
            "PATCH", target, type: "application/merge-patch+json", body: #"{"metadata":{"labels":{"x":"y"}}}"#)
        let owners = after["metadata"]["managedFields"]
        #expect(owners.items.map { $0["manager"] } == ["jenkins-deploy", "kube-controller-manager", "lab-recorder"])
        #expect(owners[2]["fieldsV1"] == ["f:metadata": ["f:labels": ["f:x": .emptyObject]]])
    }
}
