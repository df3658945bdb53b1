import Foundation
import Testing

@testable import Simulator

@Suite("A freshly made cluster")
struct KubernetesSimulatorAdoptionTests {
    @Test("looks as if it had run for a while: pods are hours and days old, and none older than what made it")
    func ages() async throws {
        let now = KubernetesFixtures.now
        let company = Company.lanternpay(seed: 1, size: Company.Size(productionPods: nil, linesPerSecond: nil))
        let description = try #require(company.clusters.first { $0.name == "sandbox" })
        let cluster = SimulatedCluster(
            description, company: company, clock: ManualClock(now: now), ledger: ContainerLedger(),
            script: LogScript(seed: 1))
        await cluster.populate()
        let sets = Dictionary(
            uniqueKeysWithValues: cluster.store.all("replicasets.apps").map { ($0.uid, Self.created($0.json)) })
        let pods = cluster.store.all("pods").map(\.json).filter { Self.owner($0).map { sets[$0] != nil } ?? false }
        #expect(pods.count > 20)
        #expect(pods.allSatisfy { now.timeIntervalSince1970 - Self.created($0) > 600 })
        #expect(pods.allSatisfy { Self.created($0) >= (sets[Self.owner($0) ?? ""] ?? .infinity) - 3 })
    }

    private static func created(_ object: SimJSON) -> Double {
        KubeTime.seconds(object["metadata"]["creationTimestamp"].stringValue) ?? 0
    }

    private static func owner(_ object: SimJSON) -> String? {
        object["metadata"]["ownerReferences"].items.first?["uid"].stringValue
    }
}
