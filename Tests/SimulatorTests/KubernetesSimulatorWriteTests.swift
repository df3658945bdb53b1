import Foundation
import Testing

@testable import Simulator

@Suite("Writes to the simulated API server, answered as the recorded real one answered them")
struct KubernetesSimulatorWriteTests {
    private let server = KubernetesFixtures.server()

    private func same(_ path: String) async throws {
        let recorded = try RecordedWrite(path)
        #expect(try await recorded.answer(of: server) == recorded.body)
    }

    @Test("a body that breaks off")
    func badJSON() async throws {
        try server.have(namespaces: "demo")
        try await same("errors/400-bad-json")
    }

    @Test("a body in a form that nobody knows")
    func mediaType() async throws {
        try server.have(namespaces: "demo")
        try await same("errors/415-media-type")
    }

    @Test("a namespace that is not there")
    func noNamespace() async throws { try await same("errors/404-namespace-create") }

    @Test("a namespace on its way out takes nothing in")
    func terminatingNamespace() async throws {
        try server.have(
            "namespaces",
            #"{"metadata":{"name":"doomed-ns","deletionTimestamp":"2026-11-22T13:17:38Z"},"status":{}}"#)
        try await same("writes/namespace-terminating-create-403")
    }

    @Test("an object that is there already")
    func alreadyExists() async throws {
        try server.have(namespaces: "demo")
        try server.store.create("configmaps", KubernetesFixtures.configMap("app-config"))
        try await same("errors/409-already-exists")
    }

    @Test("a replacing object of another name")
    func nameMismatch() async throws {
        try server.store.create("configmaps", KubernetesFixtures.configMap("app-config"))
        try await same("errors/400-name-mismatch")
    }

    @Test("a replacing object, and a patch, of an older version")
    func conflicts() async throws {
        try server.have(
            "configmaps",
            #"{"metadata":{"name":"app-config","namespace":"shop","uid":"10732c92-39dd-414f-bf52-985f73616229"}}"#)
        try await same("errors/409-conflict-put")
        try await same("errors/409-conflict-patch-rv")
    }

    @Test("a deployment comes into being with its defaults")
    func createDeployment() async throws {
        try server.have(namespaces: "scratch")
        let recorded = try RecordedWrite("writes/deployment-create")
        let response = await server.handle(recorded.request)
        #expect(response.status == 201)
        let made = try SimJSON(parsing: try await response.text())
        #expect(made.comparable == (try recorded.json.comparable))
    }

    @Test("a job gets the labels of its own uid")
    func createJob() async throws {
        try server.have(namespaces: "batch")
        let recorded = try RecordedWrite("writes/cronjob-trigger")
        let made = try SimJSON(parsing: try await recorded.answer(of: server))
        let uid = made["metadata"]["uid"]
        #expect(made["spec"]["selector"]["matchLabels"] == ["batch.kubernetes.io/controller-uid": uid])
        #expect(made["spec"]["template"]["metadata"]["labels"]["controller-uid"] == uid)
        #expect(made["metadata"]["labels"]["job-name"] == "nightly-manual-1795353451")
        #expect(made["spec"]["podReplacementPolicy"] == "TerminatingOrFailed")
    }

    @Test("a dry run changes nothing and answers what would be")
    func dryRun() async throws {
        try server.have(namespaces: "demo")
        let made = try await server.send(
            "POST", "/api/v1/namespaces/demo/configmaps?dryRun=All",
            body: #"{"metadata":{"generateName":"tried-"},"data":{"a":"b"}}"#)
        #expect(made["metadata"]["name"].stringValue?.wholeMatch(of: /tried-[a-z0-9]{5}/) != nil)
        #expect(server.store.count("configmaps") == 0)
    }

    @Test("a JSON patch whose test fails")
    func jsonPatchTest() async throws {
        try server.have("deployments.apps", #"{"metadata":{"name":"zero","namespace":"demo"},"spec":{}}"#)
        try await same("writes/json-patch-test-failed-422")
    }

    @Test("a JSON patch adds, moves, replaces and removes")
    func jsonPatch() async throws {
        try server.have(
            "configmaps", #"{"metadata":{"name":"a","namespace":"demo"},"data":{"x":"1","y/z":"2","old":"3"}}"#)
        let after = try await server.send(
            "PATCH", "/api/v1/namespaces/demo/configmaps/a", type: "application/json-patch+json",
            body: """
                [{"op":"test","path":"/data/y~1z","value":"2"},{"op":"replace","path":"/data/x","value":"9"},
                {"op":"move","from":"/data/old","path":"/data/new"},{"op":"remove","path":"/data/y~1z"},
                {"op":"add","path":"/metadata/labels","value":{"a":"b"}}]
                """)
        #expect(after["data"] == ["x": "9", "new": "3"])
        #expect(after["metadata"]["labels"] == ["a": "b"])
    }

    @Test("the scale of a deployment is read, patched and replaced")
    func scale() async throws {
        try server.have(
            "deployments.apps",
            """
            {"metadata":{"name":"api","namespace":"demo","uid":"1cb4be09-0dab-4653-a042-68fd4e697dac","generation":1,
            "creationTimestamp":"2026-11-22T13:15:06Z"},"spec":{"replicas":4,"selector":{"matchLabels":
            {"app.kubernetes.io/name":"api"}}},"status":{"replicas":4}}
            """)
        let read = try RecordedWrite("writes/scale-get")
        #expect(try SimJSON(parsing: await read.answer(of: server)).comparable == (try read.json.comparable))
        let patch = try RecordedWrite("writes/scale-patch")
        #expect(try SimJSON(parsing: await patch.answer(of: server)).comparable == (try patch.json.comparable))
        #expect(server.store.get("deployments.apps", "demo", "api")?.json["metadata"]["generation"] == 2)
        try await same("writes/scale-put-conflict-409")
        try await same("writes/scale-negative-422")
    }

    @Test("a daemon set has no scale")
    func daemonSetScale() async throws { try await same("writes/scale-daemonset-404") }

    @Test("an eviction is granted once, tried without effect, and refused by an exhausted budget")
    func evictions() async throws {
        for (name, namespace) in [("ev-1", "scratch"), ("running-ok", "odd"), ("web-648586f6c-hhhf6", "demo")] {
            try server.have(
                "pods",
                """
                {"metadata":{"name":"\(name)","namespace":"\(namespace)","labels":{"app":"web"}},"spec":{"nodeName":"n"},
                "status":{"phase":"Running","conditions":[{"type":"Ready","status":"True"}]}}
                """)
        }
        try server.have(
            "poddisruptionbudgets.policy",
            """
            {"metadata":{"name":"web","namespace":"demo"},"spec":{"selector":{"matchLabels":{"app":"web"}}},
            "status":{"disruptionsAllowed":0,"desiredHealthy":3,"currentHealthy":3}}
            """)
        try await same("writes/evict-dry-run")
        #expect(server.store.get("pods", "odd", "running-ok")?.isTerminating == false)
        try await same("writes/evict-201")
        #expect(server.store.get("pods", "scratch", "ev-1")?.isTerminating == true)
        try await same("writes/evict-pdb-429")
        #expect(server.store.get("pods", "demo", "web-648586f6c-hhhf6")?.isTerminating == false)
    }

    @Test("an eviction of a pod that is not there")
    func evictNobody() async throws { try await same("writes/evict-404") }

    @Test("a collection is deleted by its selector")
    func deleteCollection() async throws {
        try server.store.create("configmaps", KubernetesFixtures.configMap("a", color: "red"))
        try server.store.create("configmaps", KubernetesFixtures.configMap("b", color: "blue"))
        let deleted = try await server.send("DELETE", "/api/v1/namespaces/demo/configmaps?labelSelector=color%3Dred")
        #expect(deleted["kind"] == "ConfigMapList")
        #expect(deleted["items"].items.map { $0["metadata"]["name"] } == ["a"])
        #expect(server.store.all("configmaps").map(\.key.name) == ["b"])
    }

    @Test("a viewer deletes nothing")
    func viewer() async throws { try await same("errors/403-viewer-delete") }

    @Test("YAML is as good as JSON")
    func yaml() async throws {
        try server.have(namespaces: "demo")
        let made = try await server.send(
            "POST", "/api/v1/namespaces/demo/configmaps", type: "application/yaml",
            body: "metadata:\n  name: y\ndata:\n  answer: \"42\"\n  text: |\n    two\n    lines\n")
        #expect(made["data"] == ["answer": "42", "text": "two\nlines\n"])
    }
}
