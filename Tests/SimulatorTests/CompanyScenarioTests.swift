import Foundation
import Synchronization
import Testing

@testable import Simulator

@Suite("The scenarios")
struct CompanyScenarioTests {
    let clock = ManualClock(now: noon)
    let state: CompanyState
    let controls = RecordedControls()

    init() {
        state = .atNoon(clock: clock)
    }

    @Test("ship a bad image, let it alarm, and roll it back")
    func badDeploy() async throws {
        let story = play(.badDeploy)
        await drive(seconds: 3600)
        try await story.value
        let workload = try #require(state.company.cluster("production")?.workload("payments-api", in: "payments"))
        let images = controls.images
        #expect(images.count == 2)
        #expect(images.last == workload.main.image)
        #expect(images.first != workload.main.image)
        #expect(controls.oddities == [.crashLoop])
        let job = try #require(state.runs.jobs[["payments", "payments-api", "main"]])
        let run = try #require(state.runs.runs(of: job, at: clock.now).first { $0.image == images.first })
        #expect(run.result(at: clock.now) == .failure)
        #expect(run.stages.last?.name == "Deploy production")
    }

    @Test("name the crashing pod and the deployment in the alerts of a bad deploy")
    func badDeployAlerts() async throws {
        let story = play(.badDeploy)
        var seen: Set<String> = []
        var crashing: SimAlert?
        for _ in 0..<240 {
            await drive(seconds: 15)
            let firing = state.alerts.firing(at: clock.now, pods: state.podName)
            seen.formUnion(firing.map(\.name))
            crashing =
                crashing ?? firing.first { $0.name == "KubePodCrashLooping" && $0.labels["cluster"] == "production" }
        }
        try await story.value
        #expect(seen.isSuperset(of: ["KubePodCrashLooping", "PaymentErrorBudgetBurn", "KubeDeploymentRolloutStuck"]))
        #expect(crashing?.labels["pod"]?.hasPrefix("payments-api-") == true)
        #expect(crashing?.labels["deployment"] == "payments-api")
        let after = state.alerts.firing(at: clock.now, pods: state.podName).map(\.name)
        #expect(!after.contains("PaymentErrorBudgetBurn"))
    }

    @Test("let callers complain in their logs while payments are slow")
    func slowPayments() async throws {
        let story = play(.slowPayments)
        await drive(seconds: 600)
        try await story.value
        let pod = try #require(state.podName(cluster: "production", namespace: "checkout", app: "checkout-api"))
        let run = try #require(
            state.ledger.runs(cluster: "production", namespace: "checkout", pod: pod, container: "checkout-api").last)
        let during = state.logs.lines(for: run, from: noon.addingTimeInterval(60), to: noon.addingTimeInterval(300))
        let before = state.logs.lines(for: run, from: noon.addingTimeInterval(-240), to: noon)
        #expect(during.contains { $0.string.contains("slow call to payments-api.payments.svc") })
        #expect(!before.contains { $0.string.contains("slow call to") })
    }

    @Test("take a worker down and bring it back")
    func nodeDown() async throws {
        let story = play(.nodeDown)
        await drive(seconds: 600)
        try await story.value
        #expect(controls.nodes == ["prod-worker-09 down", "prod-worker-09 up"])
    }

    @Test("begin in the past, so that a demo shows something at once")
    func headStart() async throws {
        let player = ScenarioPlayer(state: state, controls: ["production": controls])
        let task = Task { await player.play([.diskFull]) }
        await clock.waitForSleepers(1)
        let firing = state.alerts.firing(at: noon, pods: state.podName)
        #expect(firing.first { $0.name == "LedgerWritesFail" }?.startsAt == noon.addingTimeInterval(-30))
        task.cancel()
        await task.value
    }

    @Test("are known by name, and an unknown name is told with those that are there")
    func names() async {
        let simulation = Simulation(options: SimulationOptions(clock: clock, scenarios: ["worse"]))
        await #expect(throws: SimulationError.unknownScenario("worse")) { _ = try await simulation.start() }
        #expect(
            SimulationError.unknownScenario("worse").description == """
                there is no scenario "worse"; there are bad-deploy, node-down, disk-full, slow-payments, calm
                """)
    }

    private func play(_ scenario: Scenario) -> Task<Void, any Error> {
        let stage = ScenarioStage(
            state: state, controls: ["production": controls, "sandbox": controls], beginning: noon)
        return Task {
            try await scenario.play(on: stage)
            controls.finish()
        }
    }

    /// Advances as far as the story goes, and no further than it sleeps.
    private func drive(seconds: Int) async {
        var left = seconds
        while left > 0, !controls.isFinished {
            await controls.settle { clock.sleeperCount > 0 }
            guard !controls.isFinished else { return }
            await clock.advance(by: 1)
            left -= 1
        }
    }
}

/// Notes what a scenario does to a cluster.
final class RecordedControls: ClusterControls {
    private struct Record {
        var images: [String] = []
        var oddities: [SimWorkload.Oddity] = []
        var nodes: [String] = []
        var isFinished = false
    }

    private let record = Mutex(Record())

    var images: [String] { record.withLock { $0.images } }
    var oddities: [SimWorkload.Oddity] { record.withLock { $0.oddities } }
    var nodes: [String] { record.withLock { $0.nodes } }
    var isFinished: Bool { record.withLock { $0.isFinished } }

    func finish() { record.withLock { $0.isFinished = true } }

    /// Gives the story turns until it sleeps or has ended.
    func settle(_ isAsleep: () -> Bool) async {
        while !isFinished, !isAsleep() { await Task.yield() }
    }

    func setImage(_ image: String, ofContainer container: String, workload: String, namespace: String) async {
        record.withLock { $0.images.append(image) }
    }

    func setBehaviour(_ oddity: SimWorkload.Oddity, ofContainer container: String, image: String) async {
        record.withLock { $0.oddities.append(oddity) }
    }

    func setNode(_ node: String, isUp: Bool) async {
        record.withLock { $0.nodes.append("\(node) \(isUp ? "up" : "down")") }
    }
}
