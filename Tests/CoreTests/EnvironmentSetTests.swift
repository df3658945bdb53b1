import Backends
import Core
import Model
import Testing

@Suite("The environments")
struct EnvironmentSetTests {
    @Test("are the kubeconfig's contexts where nothing is configured")
    func bare() throws {
        let world = try TestWorld()
        #expect(world.environments.infos.map(\.id) == ["sandbox", "production", "broken"])
        #expect(world.environments.initial == "production")
        let sandbox = try #require(world.environments["sandbox"]?.info)
        #expect(sandbox.server == "https://sandbox.lantern.example:6443")
        #expect(sandbox.user == "ada")
        #expect(sandbox.defaultNamespace == "payments")
        #expect(sandbox.systems == ["kubernetes"])
        #expect(world.environments.problem == nil)
    }

    @Test("another name for a guarded server is guarded too")
    func alias() throws {
        let alias = "- {name: prod-alias, context: {cluster: production, user: ada}}\n- {name: sandbox,"
        let world = try TestWorld(
            "environments: {production: {protected: true}, sandbox: {readOnly: true}}",
            kubeconfig: TestWorld.kubeconfig.replacing(
                "- {name: sandbox, context", with: alias + " context", maxReplacements: 1))
        let info = try #require(world.environments["prod-alias"]?.info)
        #expect(info.isProtected)
        #expect(info.isReadOnly == false)
    }

    @Test("come in the configuration's order, then the contexts that it does not name")
    func configured() throws {
        let world = try TestWorld(
            """
            environments:
              live:
                context: production
                protected: true
                readOnly: true
                namespaces: [ledger, payments]
                jenkins: { url: 'https://ci.lantern.example', insecure: true }
              sandbox:
                alertmanager: { url: 'service://monitoring/am:9093' }
              tools:
                jenkins: { url: 'https://tools.lantern.example' }
            """)
        #expect(world.environments.infos.map(\.id) == ["live", "sandbox", "tools", "broken"])
        #expect(world.environments.initial == "live")
        let live = world.environments.infos[0]
        #expect(live.context == "production")
        #expect(live.isProtected && live.isReadOnly)
        #expect(live.knownNamespaces == ["ledger", "payments"])
        #expect(live.systems == ["kubernetes", "jenkins"])
        #expect(live.warnings == ["TLS verification is off for jenkins"])
        #expect(world.environments.infos[1].context == "sandbox")
        #expect(world.environments.infos[2].systems == ["jenkins"])
        #expect(world.environments.infos[2].context == nil)
    }

    @Test("warns of a login that anybody on the way can read")
    func openLogin() throws {
        let world = try TestWorld(
            """
            environments:
              sandbox:
                jenkins: { url: 'http://ci.lantern.example', user: ada, token: { env: T } }
                elasticsearch: { url: 'http://127.0.0.1:9200', user: ada, password: { env: P } }
                alertmanager: { url: 'http://am.lantern.example' }
            """)
        #expect(world.environments["sandbox"]?.info.warnings == ["the login of jenkins is sent over plain http"])
    }

    @Test("are found by their own name and by their context's")
    func lookup() throws {
        let world = try TestWorld("environments:\n  live:\n    context: production\n")
        #expect(try world.environments.environment(named: "production").info.id == "live")
        #expect(try world.environments.environment(named: "live").info.id == "live")
        let near = #expect(throws: EnvironmentError.self) { try world.environments.environment(named: "sandbax") }
        #expect(near?.message == "there is no environment or context \"sandbax\"; did you mean \"sandbox\"?")
        let far = #expect(throws: EnvironmentError.self) { try world.environments.environment(named: "moon") }
        #expect(
            far?.message == "there is no environment or context \"moon\"; there is live, sandbox, broken")
    }

    @Test("stand there with their mistake when a context is broken")
    func broken() async throws {
        let world = try TestWorld()
        let hub = world.hub()
        let feed = FeedID.table(TableQuery(environment: "broken", kind: .pods))
        hub.subscribe(feed)
        await world.wakes.untilWoken(1)
        let status = try #require(world.inbox.drain().first?.status)
        guard case .failed(let reason) = status.phase else { return #expect(Bool(false), "\(status)") }
        #expect(reason.hasSuffix("context broken names the cluster nowhere, which does not exist"))
    }

    @Test("give no start when the current context does not exist, and say so")
    func missingCurrent() throws {
        let gone = TestWorld.kubeconfig.replacing("current-context: production", with: "current-context: prodution")
        let world = try TestWorld(kubeconfig: gone)
        #expect(world.environments.initial == nil)
        #expect(
            world.environments.problem?.message.hasSuffix(
                "there is no context prodution; did you mean production? there is: sandbox, production, broken")
                == true)
    }

    @Test("start with the first when no current context is set")
    func noCurrent() throws {
        let world = try TestWorld(
            kubeconfig: TestWorld.kubeconfig.replacing("current-context: production\n", with: ""))
        #expect(world.environments.initial == "sandbox")
    }

    @Test("say why there are none")
    func none() throws {
        let world = try TestWorld(kubeconfig: "apiVersion: v1\nkind: Config\n")
        #expect(world.environments.infos.isEmpty)
        #expect(world.environments.initial == nil)
        #expect(
            world.environments.problem?.message.hasSuffix(
                "it has no contexts; add one with: kubectl config set-context") == true)
    }

    @Test("that nobody knows answer with their absence")
    func unknown() async throws {
        let world = try TestWorld()
        let hub = world.hub()
        hub.subscribe(.alerts("sandbax"))
        await world.wakes.untilWoken(1)
        #expect(
            world.inbox.drain().first?.status?.phase
                == .absent(reason: "there is no environment or context \"sandbax\"; did you mean \"sandbox\"?"))
    }
}
