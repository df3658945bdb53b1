import Backends
import Model
import Simulator
import Testing

extension WireTests {
    @Suite("Logs over sockets")
    struct KubernetesLogs {
        @Test("a log that is cut again and again has no gap and no double")
        func cutAgainAndAgain() async throws {
            try await SimulatedServer.with(SimulationOptions(logLinesPerSecond: 3000)) { server in
                let client = server.client()
                let running = TableQuery(
                    environment: "sandbox", kind: .pods, scope: .some(["payments"]),
                    fieldSelector: "status.phase=Running")
                let pod = try #require(try await client.page(running, limit: 5).rows.first).name
                let query = LogQuery(environment: "sandbox", namespace: "payments", target: .pod(name: pod))
                let path = "/api/v1/namespaces/payments/pods/\(pod)/log"
                await server.fault(.cut(afterBytes: 1500), on: path, count: 3)
                await server.fault(.cut(afterBytes: 1500), on: "/users/admin" + path, count: 3)
                var seen: [LogSource: [LogLine]] = [:]
                for await event in client.followLogs(query, tail: 20) {
                    guard case .lines(let lines) = event else { continue }
                    for line in lines { seen[line.source, default: []].append(line) }
                    if seen.values.contains(where: { $0.count > 120 }) { break }
                }
                let (source, followed) = try #require(seen.max { $0.value.count < $1.value.count })
                let once = LogQuery(
                    environment: "sandbox", namespace: "payments", target: .pod(name: pod), container: source.container)
                await server.simulation.clearFaults(ofCluster: "sandbox")
                let whole = try await client.logs(once, since: followed[0].time)
                let start = try #require(whole.firstIndex(of: followed[0]))
                let same = zip(whole[start...], followed).prefix { $0 == $1 }.count
                #expect(same == followed.count)
            }
        }

        @Test("all pods of a workload are in one log, and a new one joins")
        func workload() async throws {
            try await SimulatedServer.with(SimulationOptions(logLinesPerSecond: 3000)) { server in
                let client = server.client()
                let deployments = TableQuery(environment: "sandbox", kind: .deployments, scope: .some(["payments"]))
                let name = try #require(try await client.page(deployments, limit: 5).rows.first).name
                let query = LogQuery(
                    environment: "sandbox", namespace: "payments", target: .workload(kind: "Deployment", name: name))
                let pods = Set(try await client.pods(ofWorkload: "Deployment", namespace: "payments", name: name))
                var isRestarted = false
                var seen: Set<String> = []
                for await event in client.followLogs(query, tail: 5) {
                    guard case .lines(let lines) = event else { continue }
                    seen.formUnion(lines.map(\.source.pod))
                    if pods.isSubset(of: seen), !isRestarted {
                        isRestarted = true
                        try await server.restartPod("payments/\(pods.sorted()[0])")
                    }
                    if seen.count > pods.count { break }
                }
                #expect(pods.isEmpty == false)
                #expect(seen.isStrictSuperset(of: pods))
            }
        }
    }
}
