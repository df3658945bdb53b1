import Backends
import Model
import Testing

extension WireTests {
    @Suite("Relations and releases over sockets")
    struct KubernetesRelations {
        private let deployment = ObjectReference(
            environment: "sandbox", kind: .deployments, namespace: "payments", name: "payments-api")

        private func related(
            _ server: SimulatedServer, _ object: ObjectReference, _ question: RelatedObjects.Question,
            as user: String = "admin"
        ) async throws -> RelatedObjects {
            try await server.client(as: user).related(to: object, question, kinds: ResourceKind.workloads)
        }

        @Test("the tree of a pod is the tree of its deployment")
        func tree() async throws {
            try await SimulatedServer.with { server in
                let tree = try await related(server, deployment, .tree)
                #expect(tree.nodes.prefix(2).map(\.object.kind) == [.deployments, .replicaSets])
                #expect(tree.nodes.map(\.depth).max() == 2)
                let pod = try #require(tree.nodes.first { $0.object.kind == .pods })
                #expect(pod.words == "2/2 ready  Running")
                #expect(try await related(server, pod.object, .tree) == tree)
            }
        }

        @Test("a deployment is used by its service, a config map by the workload that reads it")
        func usedBy() async throws {
            try await SimulatedServer.with { server in
                let used = try await related(server, deployment, .usedBy)
                #expect(used.nodes.contains { $0.object.kind == .services && $0.words == "sends it traffic" })
                let kind = ResourceKind(version: "v1", plural: "configmaps", kind: "ConfigMap")
                let config = ObjectReference(
                    environment: "sandbox", kind: kind, namespace: "payments", name: "payments-api-config")
                let users = try await related(server, config, .usedBy)
                #expect(users.nodes.map(\.object.name) == ["payments-api"])
                #expect(users.nodes.first?.words.hasPrefix("env CONFIG of container ") == true)
            }
        }

        @Test("what may not be read is told, and the rest is shown")
        func forbidden() async throws {
            try await SimulatedServer.with { server in
                await server.fault(.status(403), on: "/users/admin/apis/policy")
                let used = try await related(server, deployment, .usedBy)
                #expect(used.nodes.contains { $0.object.kind == .services })
                #expect(used.notices.count == 1)
            }
        }

        @Test("an object that is not there is a failure, not an empty tree")
        func absent() async throws {
            try await SimulatedServer.with { server in
                let nobody = ObjectReference(environment: "sandbox", kind: .pods, namespace: "payments", name: "nobody")
                await #expect(throws: KubernetesError.self) { _ = try await related(server, nobody, .tree) }
            }
        }

        @Test("releases are listed without reading a secret's data; one has its history, the newest first")
        func releases() async throws {
            try await SimulatedServer.with { server in
                let list = try await server.client().helmReleases(namespace: nil)
                #expect(list.map(\.name) == ["log-collector", "alert-stack", "edge-gateway"])
                #expect(list.map(\.status) == ["deployed", "deployed", "failed"])
                let detail = try await server.client().helmRelease("log-collector", namespace: "logging", revision: 2)
                #expect(detail.history.map(\.release.revision) == [3, 2, 1])
                #expect(detail.release.chart == "log-collector-1.4.2")
                #expect(detail.values.contains("password: hidden (12 bytes)"))
                #expect(detail.manifest.contains("bWFrZS1iZWxpZXZl") == false)
            }
        }

        @Test("a revision that is not kept is said to be missing")
        func missing() async throws {
            try await SimulatedServer.with { server in
                let error = await #expect(throws: KubernetesError.self) {
                    _ = try await server.client().helmRelease("log-collector", namespace: "logging", revision: 9)
                }
                #expect(
                    error?.message
                        == "helm releases: there is no revision 9 of release log-collector in logging (404)")
            }
        }
    }
}
