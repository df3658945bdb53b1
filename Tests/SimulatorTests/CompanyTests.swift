import Foundation
import Testing

@testable import Simulator

@Suite("The company")
struct CompanyTests {
    @Test("is the same for the same seed and another for another")
    func seed() {
        #expect(Company.lanternpay(seed: 7) == Company.lanternpay(seed: 7))
        #expect(Company.lanternpay(seed: 7) != Company.lanternpay(seed: 8))
    }

    @Test("has about 120 pods in sandbox and 260 in production")
    func size() throws {
        let company = Company.lanternpay()
        let builder = CompanyBuilder(seed: 1, size: .init())
        let sandbox = try #require(company.cluster("sandbox"))
        let production = try #require(company.cluster("production"))
        #expect((100...140).contains(builder.podCount(sandbox.workloads, nodes: sandbox.nodes.count)))
        #expect((230...290).contains(builder.podCount(production.workloads, nodes: production.nodes.count)))
    }

    @Test("grows to as many pods as a load test asks for")
    func load() throws {
        let size = Company.Size(productionPods: 10_000)
        let production = try #require(Company.lanternpay(size: size).cluster("production"))
        let builder = CompanyBuilder(seed: 1, size: size)
        #expect(builder.podCount(production.workloads, nodes: production.nodes.count) == 10_000)
    }

    @Test("spreads a wanted rate of log lines over its containers")
    func rate() throws {
        let production = try #require(Company.lanternpay(size: .init(linesPerSecond: 5000)).cluster("production"))
        let sum = production.workloads.reduce(0.0) { sum, workload in
            let pods = workload.kind == .daemonSet ? production.nodes.count : workload.replicas
            return sum + Double(pods)
                * workload.containers.filter { $0.role != .initial }.reduce(0) { $0 + $1.linesPerSecond }
        }
        #expect(abs(sum - 5000) < 1)
    }
}

@Suite("The seeded generator")
struct CompanyGeneratorTests {
    @Test("gives the same hexadecimal digits, suffix and identifier every time")
    func stable() {
        var generator = SeededGenerator(seed: 1, "a name")
        var again = SeededGenerator(seed: 1, "a name")
        let uuid = generator.uuid()
        #expect(uuid == again.uuid())
        #expect(uuid.count == 36)
        #expect(uuid.split(separator: "-").map(\.count) == [8, 4, 4, 4, 12])
    }
}

@Suite("The manual clock")
struct CompanyClockTests {
    @Test("wakes sleepers in the order of their deadlines")
    func order() async throws {
        let clock = ManualClock(now: noon)
        await withTaskGroup(of: Void.self) { group in
            let woken = Woken()
            for seconds in [3.0, 1.0, 2.0] {
                group.addTask {
                    // Nobody cancels these sleepers.
                    try? await clock.sleep(seconds: seconds)
                    await woken.note(clock.now.timeIntervalSince(noon))
                }
            }
            await clock.waitForSleepers(3)
            await clock.advance(by: 1)
            #expect(clock.sleeperCount == 2)
            await clock.advance(by: 5)
            await group.waitForAll()
            #expect(clock.now == noon.addingTimeInterval(6))
            #expect(await woken.count == 3)
        }
    }

    @Test("throws to a sleeper that is cancelled")
    func cancellation() async {
        let clock = ManualClock(now: noon)
        let task = Task { try await clock.sleep(seconds: 60) }
        await clock.waitForSleepers(1)
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        #expect(clock.sleeperCount == 0)
    }

    private actor Woken {
        var count = 0
        func note(_ moment: TimeInterval) { count += 1 }
    }
}

@Suite("The container ledger")
struct CompanyLedgerTests {
    @Test("keeps the runs of a container in their order and ends the newest")
    func runs() {
        let ledger = ContainerLedger()
        var container = SimContainer.sample()
        ledger.started(container)
        ledger.ended(
            cluster: "sandbox", namespace: "payments", pod: "payments-api-0", container: "payments-api", at: noon,
            .error(exitCode: 1))
        container.restartCount = 1
        container.startedAt = noon.addingTimeInterval(10)
        ledger.started(container)
        let runs = ledger.runs(
            cluster: "sandbox", namespace: "payments", pod: "payments-api-0", container: "payments-api")
        #expect(runs.map(\.endedAt) == [noon, nil])
        #expect(runs.map(\.restartCount) == [0, 1])
    }

    @Test("forgets runs that ended two days ago")
    func sweep() {
        let ledger = ContainerLedger()
        ledger.started(.sample(pod: "old"))
        ledger.started(.sample(pod: "young"))
        ledger.ended(
            cluster: "sandbox", namespace: "payments", pod: "old", container: "payments-api", at: noon, .completed)
        ledger.ended(
            cluster: "sandbox", namespace: "payments", pod: "young", container: "payments-api",
            at: noon.addingTimeInterval(49 * 3600), .completed)
        #expect(ledger.allRuns().map(\.pod) == ["young"])
    }
}
