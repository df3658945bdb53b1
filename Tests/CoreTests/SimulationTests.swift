import Backends
import CurlHTTP
import Foundation
import LogBuffer
import Model
import Simulator
import Synchronization
import Testing

@testable import Core

@Suite("Core on the simulated company, over sockets", .serialized)
struct SimulationTests {
    @Test("every feed of an environment comes to life", .timeLimit(.minutes(3)))
    func feeds() async throws {
        try await withSession { session, watcher in
            let id: EnvironmentID = "sandbox"
            let pods = FeedID.table(TableQuery(environment: id, kind: .pods))
            let metrics = FeedID.metrics(MetricsQuery(environment: id, subject: .pods))
            let all: [FeedID] = [.server(id), .kinds(id), pods, metrics, .jobs(id), .alerts(id)]
            for feed in all { session.hub.subscribe(feed) }
            let world = await watcher.until(session) { world in
                all.allSatisfy { world.status(of: $0).phase == .live }
            }
            #expect(world.tables[pods].map { $0.count > 20 } == true)
            #expect(world.servers[id]?.version.hasPrefix("v1.") == true)
            #expect(world.kinds[id]?.contains { $0.plural == "deployments" } == true)
            #expect(world.jobs[id]?.isEmpty == false)
            #expect(world.alerts[id]?.isEmpty == false)
            #expect(world.metrics.values.first?.usage.isEmpty == false)
        }
    }

    @Test("an object is described with its containers, and says when it is not there", .timeLimit(.minutes(3)))
    func object() async throws {
        try await withSession { session, watcher in
            let sandbox = try #require(session.environments["sandbox"])
            let rows = try await sandbox.rows(of: .pods, in: .some(["payments"]))
            let name = try #require(rows.rows.first?.name)
            let pod = ObjectReference(environment: "sandbox", kind: .pods, namespace: "payments", name: name)
            let gone = ObjectReference(environment: "sandbox", kind: .pods, namespace: "payments", name: "nobody")
            session.hub.subscribe(.object(pod))
            session.hub.subscribe(.object(gone))
            let world = await watcher.until(session) {
                $0.status(of: .object(pod)).phase == .live && $0.status(of: .object(gone)).isOver
            }
            #expect(world.objects[pod]?.containers.isEmpty == false)
            #expect(world.objects[gone] == nil)
            #expect(try await sandbox.yaml(pod).contains("name: \(name)"))
        }
    }

    @Test("a log is one scroll of live lines and history", .timeLimit(.minutes(3)))
    func log() async throws {
        try await withSession { session, watcher in
            let sandbox = try #require(session.environments["sandbox"])
            let rows = try await sandbox.rows(of: .pods, in: .some(["payments"]), fieldSelector: "status.phase=Running")
            let pod = try #require(rows.rows.first?.name)
            let feed = FeedID.log(LogQuery(environment: "sandbox", namespace: "payments", target: .pod(name: pod)))
            session.hub.subscribe(feed)
            let first = await watcher.until(session) { ($0.log(of: feed)?.count ?? 0) > 0 }
            let live = try #require(first.log(of: feed))
            let before = live.count
            session.hub.loadOlder(feed)
            // Words instead of lines are an answer too, and the wrong one: this pod is days old.
            let answered = await watcher.until(session) {
                live.snapshot().origins.contains(.history) || !$0.saysNothingOfHistory(feed)
            }
            let snapshot = live.snapshot()
            #expect(snapshot.origins.contains(.history), "\(answered.status(of: feed).notices)")
            #expect(snapshot.count > before)
            let times = (0..<snapshot.count).compactMap { snapshot.line(at: $0).time }
            #expect(zip(times, times.dropFirst()).allSatisfy { $0 <= $1 })
        }
    }

    @Test("a cluster that dies is stale, the other lives on, and it comes back by itself", .timeLimit(.minutes(3)))
    func death() async throws {
        let simulation = Simulation(options: SimulationOptions())
        try await withSession(simulation) { session, watcher in
            let (dead, living) = (FeedID.alerts("sandbox"), FeedID.server("production"))
            session.hub.subscribe(dead)
            session.hub.subscribe(living)
            _ = await watcher.until(session) {
                $0.status(of: dead).phase == .live && $0.status(of: living).phase == .live
            }
            await simulation.add(FaultRule(.status(503)), toSystem: "alertmanager")
            session.hub.refresh(dead)
            let down = await watcher.until(session) { $0.status(of: dead).isFailing }
            #expect(down.status(of: living).phase == .live)
            await simulation.clearFaults(ofSystem: "alertmanager")
            _ = await watcher.until(session) { $0.status(of: dead).phase == .live }
        }
    }

    @Test("the doctor finds everything well", .timeLimit(.minutes(3)))
    func doctor() async throws {
        try await withSession { session, _ in
            var outcomes: [String: DoctorCheck] = [:]
            for await check in Doctor(session).checks(of: ["production"]) { outcomes[check.subject] = check }
            #expect(
                outcomes.filter { $0.value.outcome != .good }.isEmpty, "\(outcomes.values.map(\.words))")
            #expect(outcomes.count == 7)
        }
    }

    private func withSession(
        _ simulation: Simulation = Simulation(options: SimulationOptions()),
        _ body: (CoreSession, WorldWatcher) async throws -> Void
    ) async throws {
        let folder = try TemporaryFolder()
        let (configuration, kubeconfig) = (
            folder.url.appending(path: "config.yaml"), folder.url.appending(path: "kube")
        )
        _ = try await simulation.start()
        try await simulation.writeKubeconfig(to: kubeconfig)
        try await simulation.writeConfig(to: configuration)
        let watcher = WorldWatcher()
        let session = try CoreSession(
            .init(configuration: configuration.path, kubeconfig: kubeconfig.path, variables: ["HOME": folder.url.path]),
            surroundings: CoreSurroundings(makeTransport: { CurlTransport(settings: $0) }), wake: watcher.wake)
        do {
            try await body(session, watcher)
        } catch {
            session.hub.stop()
            await simulation.stop()
            throw error
        }
        session.hub.stop()
        await simulation.stop()
    }
}

/// Plays the main loop: takes what the inbox has each time it wakes, until the world is as a test wants it.
final class WorldWatcher: Sendable {
    private let wakes: AsyncStream<Void>
    private let continuation: AsyncStream<Void>.Continuation
    private let world = Mutex(World())

    init() { (wakes, continuation) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1)) }

    var wake: @Sendable () -> Void { { [continuation] in continuation.yield() } }

    func until(_ session: CoreSession, _ isReached: (World) -> Bool) async -> World {
        if let reached = step(session, isReached) { return reached }
        for await _ in wakes {
            if let reached = step(session, isReached) { return reached }
        }
        return world.withLock { $0 }
    }

    private func step(_ session: CoreSession, _ isReached: (World) -> Bool) -> World? {
        let updates = session.inbox.drain()
        let now = world.withLock { world in
            for update in updates { _ = world.apply(update) }
            return world
        }
        return isReached(now) ? now : nil
    }
}

extension World {
    fileprivate func log(of feed: FeedID) -> LogBuffer? {
        if case .log(let query) = feed { logs[query] as? LogBuffer } else { nil }
    }

    fileprivate func saysNothingOfHistory(_ feed: FeedID) -> Bool {
        [[], ["loading older lines…"]].contains(status(of: feed).notices)
    }
}

extension LogSnapshot {
    fileprivate var origins: Set<LogOrigin> { Set((0..<count).map { line(at: $0).origin }) }
}

extension FeedStatus {
    fileprivate var isOver: Bool {
        switch phase {
        case .absent, .ended, .failed: true
        default: false
        }
    }

    fileprivate var isFailing: Bool {
        switch phase {
        case .stale, .failed: true
        default: false
        }
    }
}
