import Backends
import HTTP
import JSON
import Model
import Testing

@testable import Core

@Suite("The guard")
struct GuardTests {
    @Test("refuses every change by flag, by the whole configuration and by an environment's own, and says which")
    func readOnly() async throws {
        let byFlag = try DeskBench(readOnly: "by --read-only")
        #expect(await byFlag.plan(.restart, on: [DeskBench.pod("api-1")]).refusal == Self.refusal("by --read-only"))
        let byFile = try DeskBench("environments:\n  sandbox: { readOnly: true }\n")
        let refusal = await byFile.plan(.restart, on: [DeskBench.pod("api-1")]).refusal
        #expect(refusal == Self.refusal("by the configuration"))
        #expect(try Configuration(yaml: "readOnly: true\n", file: "config.yaml").readOnly)
    }

    private static func refusal(_ how: String) -> ActionRefusal {
        ActionRefusal(.readOnly, "sandbox is read-only \(how)", hint: "lift it for a while with :unlock 15m")
    }

    @Test("is lifted by the environment's name only, and for the time that was said")
    func lifting() async throws {
        let world = try TestWorld("environments:\n  sandbox: { readOnly: true }\n")
        let warden = Guard(world.environments, readOnly: nil, inbox: world.inbox, pacer: world.pacer)
        #expect(throws: ActionRefusal(.invalid, "the name does not match", hint: "type sandbox to lift read-only")) {
            try warden.lift("sandbox", seconds: 60, typed: "sandboxes")
        }
        try warden.lift("sandbox", seconds: 60, typed: "sandbox")
        #expect(warden.state(of: "sandbox") == GuardState(liftedUntil: Timestamp(seconds: 1_700_000_060)))
        await world.pacer.untilSleeping()
        world.pacer.advance(60)
        #expect(warden.state(of: "sandbox") == GuardState(readOnly: "read-only by the configuration"))
    }

    @Test("is put back by a person at any time")
    func puttingBack() throws {
        let world = try TestWorld("environments:\n  sandbox: { readOnly: true }\n")
        let warden = Guard(world.environments, readOnly: nil, inbox: world.inbox, pacer: world.pacer)
        try warden.lift("sandbox", seconds: 60, typed: "sandbox")
        try warden.lift("sandbox", seconds: 0, typed: "")
        #expect(warden.state(of: "sandbox").readOnly == "read-only by the configuration")
    }

    @Test("asks for the name in a protected environment, for enter elsewhere, for nothing before a shell")
    func confirmations() throws {
        let world = try TestWorld(DeskBench.protected)
        let warden = Guard(world.environments, readOnly: nil, inbox: world.inbox, pacer: world.pacer)
        func asked(_ verb: ActionVerb, _ environment: EnvironmentID) -> ActionPlan.Confirmation {
            warden.confirmation(for: Action(verb, on: [], in: environment))
        }
        #expect(asked(.restart, "sandbox") == .enter)
        #expect(asked(.shell(ShellOptions()), "sandbox") == .none)
        #expect(asked(.reveal(key: "password"), "sandbox") == .none)
        #expect(asked(.restart, "production") == .type("production"))
        #expect(asked(.shell(ShellOptions()), "production") == .type("production"))
        #expect(asked(.reveal(key: "password"), "production") == .type("production"))
        #expect(asked(.restart, "nowhere") == .type("nowhere"))
        #expect(asked(.scale(replicas: 1_000_000), "sandbox") == .type("1000000"))
    }

    @Test("takes a permit back when read-only returns in the middle of a batch")
    func returning() async throws {
        let bench = try DeskBench("environments:\n  sandbox: { readOnly: true }\n", pacer: ManualPacer())
        bench.addNode("node-1")
        bench.addNode("node-2")
        bench.addNode("node-3")
        try bench.desk.lift("sandbox", seconds: 600, typed: "sandbox")
        let nodes = [DeskBench.node("node-1"), DeskBench.node("node-2")]
        #expect(await bench.plan(.cordon, on: nodes).plan != nil)
        try bench.desk.lift("sandbox", seconds: 0, typed: "")
        bench.desk.confirm(ActionID(1), typed: "")
        #expect(await bench.rest().refusal?.kind == .readOnly)
        #expect(bench.cluster.changes == [])
    }
}

@Suite("No change leaves but through the guard")
struct NoOtherWayTests {
    /// Every verb there is, on an object that it fits.
    static let verbs: [(ActionVerb, ObjectReference)] = {
        let pod = DeskBench.pod("api-1")
        let deployment = DeskBench.deployment("api")
        let node = DeskBench.node("node-1")
        func object(_ kind: ResourceKind, _ name: String) -> ObjectReference {
            ObjectReference(environment: "sandbox", kind: kind, namespace: "payments", name: name, uid: "u-\(name)")
        }
        let manifest = "apiVersion: v1\nkind: ConfigMap\nmetadata: { name: new }\n"
        return [
            (.restart, pod), (.restart, deployment), (.delete(DeleteOptions()), pod),
            (.delete(DeleteOptions(isForced: true)), pod), (.evict, pod), (.scale(replicas: 2), deployment),
            (.undoRollout(revision: 1), deployment), (.pauseRollout, deployment), (.resumeRollout, deployment),
            (.setImage(["app": "registry.example/api:2.0"]), deployment), (.trigger, object(.cronJobs, "nightly")),
            (.suspend, object(.cronJobs, "nightly")), (.unsuspend, object(.cronJobs, "nightly")),
            (.rerun, object(.jobs, "import")), (.cordon, node), (.uncordon, node), (.drain(DrainOptions()), node),
            (.label(["team": "a"]), pod), (.annotate(["note": "a"]), pod),
            (.apply(manifest: manifest, force: true), pod),
            (.create(manifest: manifest), pod), (.edit, deployment), (.debug(DebugOptions(image: "busybox:1.36")), pod),
            (.nodeShell(image: "busybox:1.36"), node), (.shell(ShellOptions()), pod), (.attach(container: nil), pod),
            (.forward(ForwardOptions(ports: [.init(remote: "80")])), pod),
            (.copy(CopyOptions(.toContainer, local: "/tmp/x", remote: "/tmp/x")), pod),
            (.reveal(key: "password"), object(.secrets, "db")),
            (.rollBackRelease(name: "api", revision: 1), object(.secrets, "sh.helm.release.v1.api.v1")),
            (.revert(ActionID(9)), pod),
        ]
    }()

    private static func bench(readOnly: String? = nil) throws -> DeskBench {
        let bench = try DeskBench(readOnly: readOnly, sessions: WillingSessions())
        bench.addPod("api-1")
        bench.addDeployment("api")
        bench.addNode("node-1")
        bench.addNode("node-2")
        bench.cluster.put(
            "/apis/batch/v1/namespaces/payments/cronjobs/nightly",
            #"{"metadata":{"name":"nightly","namespace":"payments","uid":"u-nightly"},"spec":{"schedule":"0 2 * * *","jobTemplate":{"spec":{}}}}"#
        )
        bench.cluster.put(
            "/apis/batch/v1/namespaces/payments/jobs/import",
            #"{"metadata":{"name":"import","namespace":"payments","uid":"u-import"},"spec":{}}"#)
        bench.cluster.put(
            "/api/v1/namespaces/payments/secrets/db",
            #"{"metadata":{"name":"db","namespace":"payments","uid":"u-db"},"data":{"password":"aHVudGVyMg=="}}"#)
        bench.cluster.answer("GET /api", status: 200, #"{"kind":"APIGroupDiscoveryList","items":[]}"#)
        bench.cluster.answer("GET /apis", status: 200, #"{"kind":"APIGroupDiscoveryList","items":[]}"#)
        return bench
    }

    @Test("read-only: not even a dry run is sent, whatever the verb", arguments: verbs.indices)
    func readOnly(index: Int) async throws {
        let (verb, object) = Self.verbs[index]
        let bench = try Self.bench(readOnly: "by --read-only")
        let phase = await bench.carryOut(verb, on: [object], typed: "sandbox")
        #expect(bench.cluster.writes == [])
        if case .reveal = verb { return #expect(phase.report?.summary == "secret/db: password is shown for 30 s") }
        #expect(phase.refusal?.kind == .readOnly)
    }

    @Test("protected and not named: nothing but dry runs is sent, whatever the verb", arguments: verbs.indices)
    func protectedWithoutName(index: Int) async throws {
        let (verb, object) = Self.verbs[index]
        var there = object
        there.environment = "production"
        let bench = try Self.bench()
        let plan = await bench.plan(verb, on: [there], in: "production")
        bench.desk.confirm(ActionID(1), typed: "")
        bench.desk.confirm(ActionID(1), typed: "prod")
        bench.desk.confirm(ActionID(1), typed: "PRODUCTION")
        bench.desk.confirm(ActionID(1), typed: "sandbox")
        #expect(bench.cluster.changes == [])
        #expect(bench.audit.lines == [])
        #expect(plan.report == nil)
        if let plan = plan.plan { #expect(plan.confirmation == .type("production")) }
    }

    @Test("no client that an environment hands out lets a change through")
    func clients() async throws {
        let bench = try Self.bench()
        let sandbox = try #require(bench.environments["sandbox"])
        // A permit without the right client is worth nothing.
        let writer = KubernetesWriter(try sandbox.kubernetes(), permit: WritePermit("sandbox", .change))
        let pod = DeskBench.pod("api-1")
        let guarded = WriteError.unsent(
            .transport(
                HTTPError(
                    .guarded, target: "https://sandbox.lantern.example:6443",
                    detail: "DELETE /api/v1/namespaces/payments/pods/api-1")))
        await #expect(throws: guarded) { try await writer.delete(pod) }
        #expect(
            guarded.message == "DELETE /api/v1/namespaces/payments/pods/api-1 may only be sent through the guard")
        await #expect(throws: WriteError.self) { try await writer.scale(DeskBench.deployment("api"), to: 1) }
        await #expect(throws: WriteError.self) { try await writer.evict(pod) }
        await #expect(throws: WriteError.self) { try await writer.put(pod, [:]) }
        await #expect(throws: WriteError.self) { try await writer.create(.pods, namespace: "payments", [:]) }
        #expect(bench.cluster.requests == [])
    }

    @Test("a permit for a rehearsal makes every request a dry run")
    func rehearsals() async throws {
        let bench = try Self.bench()
        let sandbox = try #require(bench.environments["sandbox"])
        let writer = try sandbox.writer(WritePermit("sandbox", .rehearsal))
        try await writer.delete(DeskBench.pod("api-1"))
        try await writer.scale(DeskBench.deployment("api"), to: 1)
        try await writer.evict(DeskBench.pod("api-1"))
        #expect(bench.cluster.requests.count == 3)
        #expect(bench.cluster.changes == [])
        #expect(bench.cluster.object("\(DeskBench.pods)/api-1") != nil)
    }
}

/// Opens whatever it is asked for.
struct WillingSessions: SessionOpening {
    func prepare(_ request: SessionRequest) async throws -> SessionPlan { SessionPlan() }
    func open(_ request: SessionRequest, _ opening: SessionPermission) async throws -> Core.SessionOutcome {
        SessionOutcome(session: SessionID(7), words: "a shell in \(request.object.name)")
    }
}
