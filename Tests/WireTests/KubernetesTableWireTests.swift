import Backends
import Foundation
import Model
import Simulator
import Testing

extension WireTests {
    @Suite("Tables over sockets")
    struct KubernetesTables {
        private let pods = TableQuery(environment: "sandbox", kind: .pods)
        private let services = TableQuery(environment: "sandbox", kind: .services)

        @Test("a followed table holds what a list holds")
        func sameAsList() async throws {
            try await SimulatedServer.with { server in
                let list = try await server.client().list(services)
                var mirror = MirroredTable(server.client().followTable(services))
                await mirror.read { $0.isLive }
                #expect(mirror.names == Set(list.rows.map { "\($0.namespace)/\($0.name)" }))
                #expect(mirror.table.columns == list.columns)
                #expect(mirror.names.isEmpty == false)
            }
        }

        @Test(
            "whatever goes wrong on the way, the table is complete in the end and was begun once",
            arguments: [
                Fault.cut(afterBytes: 3000), .garbage, .status(500), .status(429, retryAfter: 1),
                .status(503, retryAfter: 1),
                .delay(seconds: 0.2), .watchGone, .cut(afterBytes: 0),
            ])
        func faults(fault: Fault) async throws {
            try await SimulatedServer.with { server in
                let wanted = Set(try await server.client().list(services).rows.map { "\($0.namespace)/\($0.name)" })
                await server.fault(fault, on: "/users/admin/api/v1/services", count: 3)
                await server.fault(fault, on: "/api/v1/services", count: 3)
                var mirror = MirroredTable(server.client().followTable(services))
                await mirror.read { $0.isLive && $0.names == wanted }
                #expect(mirror.resets == 1)
            }
        }

        @Test("changes come through a server whose history is forgotten again and again")
        func compaction() async throws {
            try await SimulatedServer.with { server in
                var mirror = MirroredTable(server.client().followTable(pods))
                await mirror.read { $0.isLive }
                let before = mirror.names
                await server.simulation.compact(cluster: "sandbox")
                await server.fault(.watchGone, on: "/api/v1/pods", count: 2)
                try await server.restartPod(before.sorted()[0])
                await mirror.read { $0.names.subtracting(before).isEmpty == false }
                #expect(mirror.resets == 1)
            }
        }

        @Test("who has rights in one namespace only sees it, and is told so")
        func oneNamespace() async throws {
            try await SimulatedServer.with { server in
                let client = server.client(as: "payments-only", defaultNamespace: "payments")
                var mirror = MirroredTable(client.followTable(pods, knownNamespaces: ["payments", "shop"]))
                await mirror.read { $0.isLive }
                #expect(Set(mirror.table.rows.compactMap { $0?.namespace }) == ["payments"])
                #expect(
                    mirror.status.notices == ["showing payments only: listing pods in all namespaces is forbidden"])
            }
        }

        @Test("who has no rights at all is told so")
        func nobody() async throws {
            try await SimulatedServer.with { server in
                var mirror = MirroredTable(server.client(as: "nobody").followTable(pods))
                await mirror.read { $0.phases.contains("forbidden") }
                #expect(mirror.names.isEmpty)
            }
        }

        @Test("a server that is not there is a failure that says so")
        func unreachable() async throws {
            var address = ""
            try await SimulatedServer.with { address = $0.address.absoluteString }
            let gone = KubernetesConnection(server: address)
            var mirror = MirroredTable(SimulatedServer.client(of: gone).followTable(pods))
            await mirror.read { $0.phases.contains("failed") }
            guard case .failed(let reason) = mirror.status.phase else { return }
            #expect(reason.contains("refused"))
        }

        @Test("the kinds are found, and a second look costs nothing")
        func discovery() async throws {
            try await SimulatedServer.with { server in
                let folder = FileManager.default.temporaryDirectory.appending(path: "midwatch-\(UUID().uuidString)")
                let cache = DiscoveryCache(folder: folder, server: server.address.absoluteString, identity: "admin")
                let first = try await server.client().discover(cache: cache)
                #expect(KindIndex(first.kinds).resolve("deploy") == .deployments)
                #expect(try await server.client().discover(cache: cache) == first)
                #expect(server.client().cachedKinds(cache) == first)
                try FileManager.default.removeItem(at: folder)
            }
        }

        @Test("figures come for every pod")
        func metrics() async throws {
            try await SimulatedServer.with { server in
                let metrics = try await server.client().metrics(MetricsQuery(environment: "sandbox", subject: .pods))
                #expect(metrics.usage.values.contains { $0.memoryBytes > 1 << 20 })
            }
        }

        @Test("an object is followed with its events")
        func object() async throws {
            try await SimulatedServer.with { server in
                var mirror = MirroredTable(server.client().followTable(pods))
                await mirror.read { $0.isLive }
                let before = mirror.names
                try await server.restartPod(before.sorted()[0])
                await mirror.read { !$0.names.isSubset(of: before) }
                let row = try #require(
                    mirror.table.rows.compactMap { $0 }.first { !before.contains("\($0.namespace)/\($0.name)") })
                let reference = ObjectReference(
                    environment: "sandbox", kind: .pods, namespace: row.namespace, name: row.name)
                for await event in server.client().followObject(reference) where event.document?.events.isEmpty == false
                {
                    #expect(event.document?.containers.isEmpty == false)
                    #expect(event.document?.yaml.hasPrefix("apiVersion: v1\nkind: Pod\n") == true)
                    break
                }
            }
        }
    }
}
