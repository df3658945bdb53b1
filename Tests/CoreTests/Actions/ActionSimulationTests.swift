import Backends
import CurlHTTP
import Foundation
import JSON
import Model
import Simulator
import Testing

@testable import Core

@Suite("The desk on the simulated company, over sockets")
struct ActionSimulationTests {
    @Test("pods, workloads, manifests and nodes are changed for real, and the audit file tells the story")
    func story() async throws {
        try await withDesk { desk, folder in
            let api = try await desk.reference(.deployments, "payments-api", in: "payments")
            #expect(
                await desk.run(.scale(replicas: 2), on: [api], waits: false).summary
                    == "deployment/payments-api: scaled to 2")
            #expect(await desk.run(.label(["team": "desk"]), on: [api]).summary == "deployment/payments-api: labelled")
            let pod = try await desk.firstPod(of: "card-vault", in: "payments")
            let restarted = await desk.run(.restart, on: [pod])
            #expect(restarted.progress.items.first?.state.word == "done")
            #expect(restarted.summary.hasSuffix(" is ready"))
            let manifest =
                "apiVersion: v1\nkind: ConfigMap\nmetadata: { name: desk, namespace: payments }\ndata: { a: b }\n"
            let created = await desk.run(.apply(manifest: manifest, force: false), on: [])
            #expect(created.summary == "configmap/desk: created")
            let undo = try #require(created.undo)
            #expect(await desk.run(undo.action.verb, on: undo.action.objects).summary == "configmap/desk: deleted")
            let node = try await desk.reference(.nodes, "sbx-worker-01", in: nil)
            let cordoned = await desk.run(.cordon, on: [node])
            #expect(cordoned.undo?.action.verb == .uncordon)
            let events = try AuditStory(folder: folder).lines.map { "\($0.event) \($0.action)" }
            #expect(
                events == [
                    "begin scale to 2", "end scale to 2", "begin label team=desk", "end label team=desk",
                    "begin restart",
                    "end restart", "begin apply", "end apply", "begin undo", "end undo", "begin cordon", "end cordon",
                ])
        }
    }

    @Test("an edit is merged by versions as the server counts them")
    func edit() async throws {
        try await withDesk { desk, _ in
            let api = try await desk.reference(.deployments, "payments-api", in: "payments")
            let request = try #require(await desk.plan(.edit, on: [api]).editor)
            let file = URL(filePath: request.path)
            let text = try String(contentsOf: file, encoding: .utf8)
            try Data(
                text.replacing("\nmetadata:\n", with: "\nmetadata:\n  finalizers: [lanternpay.example/desk]\n").utf8
            )
            .write(to: file)
            #expect(await desk.run(.annotate(["meanwhile": "yes"]), on: [api]).canContinue == false)
            let phase = await desk.edited()
            #expect(phase.plan?.warnings == ["somebody changed it meanwhile: your changes were merged with theirs"])
            let now = try await desk.confirmed()
            #expect(now.summary == "deployment/payments-api: changed")
        }
    }

    @Test("a protected cluster stays as it is without its name")
    func protected() async throws {
        try await withDesk { desk, folder in
            let before = try await desk.reference(
                .deployments, "payments-api", in: "payments", environment: "production")
            let phase = await desk.plan(.restart, on: [before])
            #expect(phase.plan?.confirmation == .type("production"))
            #expect(phase.plan?.facts.contains { $0.name == "disruption budget" } == true)
            await desk.confirm("Production")
            let value = try await desk.session.environments["production"]!.kubernetes().rawObject(before)
            #expect(
                value.at(["spec", "template", "metadata", "annotations", "kubectl.kubernetes.io/restartedAt"]) == nil)
            #expect(try AuditStory(folder: folder).lines.isEmpty)
        }
    }

    private func withDesk(_ body: (LiveDesk, URL) async throws -> Void) async throws {
        let simulation = Simulation(options: SimulationOptions())
        let folder = try TemporaryFolder()
        let (configuration, kubeconfig) = (
            folder.url.appending(path: "config.yaml"), folder.url.appending(path: "kube")
        )
        _ = try await simulation.start()
        do {
            try await simulation.writeKubeconfig(to: kubeconfig)
            try await simulation.writeConfig(to: configuration)
            let session = try CoreSession(
                .init(
                    configuration: configuration.path, kubeconfig: kubeconfig.path, variables: ["HOME": folder.url.path]
                ),
                surroundings: CoreSurroundings(
                    makeTransport: { CurlTransport(settings: $0) }, stateFolder: folder.url.appending(path: "state")))
            try await body(LiveDesk(session), folder.url.appending(path: "state"))
            session.hub.stop()
        } catch {
            await simulation.stop()
            throw error
        }
        await simulation.stop()
    }
}

/// A desk before real sockets, one action after the other.
private final class LiveDesk {
    let session: CoreSession
    private var number = 0
    private var editing = 0

    init(_ session: CoreSession) { self.session = session }

    func reference(
        _ kind: ResourceKind, _ name: String, in namespace: String?, environment: EnvironmentID = "sandbox"
    ) async throws -> ObjectReference {
        var reference = ObjectReference(environment: environment, kind: kind, namespace: namespace, name: name)
        let value = try await session.environments[environment]!.kubernetes().rawObject(reference)
        reference.uid = value.text("metadata", "uid")
        return reference
    }

    func firstPod(of owner: String, in namespace: String) async throws -> ObjectReference {
        let pods = try await session.environments["sandbox"]!.kubernetes().items(of: .pods, namespace: namespace)
        let name = try #require(pods.map { $0.text("metadata", "name") }.first { $0.hasPrefix("\(owner)-") })
        return try await reference(.pods, name, in: namespace)
    }

    func plan(_ verb: ActionVerb, on objects: [ObjectReference], waits: Bool = true) async -> ActionState.Phase {
        number += 1
        if verb == .edit { editing = number }
        let environment = objects.first?.environment ?? "sandbox"
        session.desk.plan(ActionID(number), Action(verb, on: objects, in: environment), waits: waits)
        return await rest(number)
    }

    func run(_ verb: ActionVerb, on objects: [ObjectReference], waits: Bool = true) async -> ActionReport {
        let phase = await plan(verb, on: objects, waits: waits)
        session.desk.confirm(ActionID(number), typed: "")
        if case .finished(let report) = await rest(number) { return report }
        Issue.record("\(verb) came to \(phase)")
        return ActionReport(
            progress: ActionProgress(headline: "", items: [], startedAt: .zero), summary: "", endedAt: .zero)
    }

    func edited() async -> ActionState.Phase {
        session.desk.edited(ActionID(editing), status: 0)
        return await rest(editing)
    }

    func confirmed() async throws -> ActionReport {
        session.desk.confirm(ActionID(editing), typed: "")
        return try #require(await rest(editing).report)
    }

    func confirm(_ word: String) async { session.desk.confirm(ActionID(number), typed: word) }

    private func rest(_ number: Int) async -> ActionState.Phase {
        var last = ActionState.Phase.planning("")
        for await state in session.desk.states(of: ActionID(number)) {
            last = state.phase
            switch state.phase {
            case .planning, .running: continue
            default: return last
            }
        }
        return last
    }
}
