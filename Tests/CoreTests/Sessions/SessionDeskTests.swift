import Backends
import Foundation
import HTTP
import HTTPTesting
import Model
import Synchronization
import TerminalScreen
import Testing

@testable import Core

@Suite("Shells and attached processes")
struct SessionDeskTests {
    private let world: SessionWorld
    init() throws { world = try SessionWorld() }

    @Test("a shell is opened, drawn, typed into, and ends with its exit code")
    func shell() async throws {
        let bash = world.exec("bash")
        bash.say([1] + Array("web-1# ".utf8))
        let outcome = try await world.open(.shell(ShellOptions()), "shell")
        #expect(outcome.words == "shell in web-1")
        let id = try #require(outcome.session)
        world.desk.type(Array("ls\r".utf8), into: id)
        world.desk.resize(id, columns: 100, rows: 30)
        let sent = await bash.untilSent(3)
        #expect(
            sent.map(\.bytes) == [
                [4] + Array(#"{"Width":80,"Height":24}"#.utf8), [0] + Array("ls\r".utf8),
                [4] + Array(#"{"Width":100,"Height":30}"#.utf8),
            ])
        bash.say([3] + Array(SessionWorld.exitCode(5).utf8))
        bash.finish()
        #expect(await world.desk.end(of: id) == .exited(code: 5))
        #expect(await world.endings.next() == "exit code 5")
        let posted = world.posted()
        #expect(posted.sessions?.map(\.state) == [.exited(code: 5)])
        #expect(posted.sessions?.map(\.command) == [["bash"]])
        #expect(posted.screen?.text.first?.hasPrefix("web-1#") == true)
    }

    @Test("where there is no shell, debug is offered")
    func noShell() async throws {
        for name in ["bash", "sh"] {
            let socket = world.exec(name)
            socket.say([3] + Array(SessionWorld.missing(name).utf8))
            socket.finish()
        }
        let refusal = await #expect(throws: ActionRefusal.self) {
            try await world.open(.shell(ShellOptions()), "shell")
        }
        #expect(
            refusal
                == ActionRefusal(
                    .invalid, "container app of pod/web-1 has no shell",
                    hint: "debug offers one: a container beside it, with the tools you choose"))
        #expect(world.posted().sessions == [])
    }

    @Test("where there is no bash, sh is taken")
    func plainShell() async throws {
        let bash = world.exec("bash")
        bash.say([3] + Array(SessionWorld.missing("bash").utf8))
        bash.finish()
        world.exec("sh").say([1] + Array("$ ".utf8))
        let outcome = try await world.open(.shell(ShellOptions(container: "app")), "shell")
        #expect(outcome.session != nil)
        #expect(world.posted().sessions?.map(\.command) == [["sh"]])
    }

    @Test("a command that says nothing is taken for a good one after a while")
    func quiet() async throws {
        world.exec("sleep")
        async let opening = world.open(.shell(ShellOptions(command: ["sleep", "60"])), "shell")
        while !world.pacer.waits.contains(1.5) { await Task.yield() }
        world.pacer.advance(1.5)
        #expect(try await opening.session != nil)
        #expect(world.posted().sessions?.map(\.state) == [.open])
    }

    @Test("a command of one's own may end with 127; a program that is not there is refused")
    func ownCommand() async throws {
        let odd = world.exec("odd")
        odd.say([3] + Array(SessionWorld.exitCode(127).utf8))
        odd.finish()
        let id = try #require(try await world.open(.shell(ShellOptions(command: ["odd"])), "shell").session)
        #expect(await world.desk.end(of: id) == .exited(code: 127))
        let missing = world.exec("none")
        missing.say([3] + Array(SessionWorld.missing("none").utf8))
        missing.finish()
        let refusal = await #expect(throws: ActionRefusal.self) {
            try await world.open(.shell(ShellOptions(command: ["none"])), "shell")
        }
        #expect(refusal?.reason == #"exec: "none": executable file not found in $PATH: unknown"#)
    }

    @Test("a connection that is lost is told, and a refusal is thrown")
    func lost() async throws {
        let bash = world.exec("bash")
        bash.say([1] + Array("$ ".utf8))
        let id = try #require(try await world.open(.shell(ShellOptions()), "shell").session)
        bash.fail(HTTPError(.timedOut(phase: "keep-alive"), target: "https://sandbox.lantern.example:6443"))
        #expect(
            await world.desk.end(of: id)
                == .failed(
                    reason:
                        "https://sandbox.lantern.example:6443 is gone: it no longer answers probes; check the network and the VPN"
                ))
        world.world.server.answer(
            .get, "/api/v1/namespaces/payments/pods/web-1/exec", status: 403,
            #"{"kind":"Status","status":"Failure","message":"pods \"web-1\" is forbidden","reason":"Forbidden","code":403}"#
        )
        await #expect(throws: KubernetesError.self) {
            try await world.open(.shell(ShellOptions(command: ["forbidden"])), "shell")
        }
    }

    @Test("closing takes it off the list, cuts the connection, and has its end written down")
    func close() async throws {
        let bash = world.exec("bash")
        bash.say([1] + Array("$ ".utf8))
        let id = try #require(try await world.open(.shell(ShellOptions()), "shell").session)
        world.desk.close(id)
        await bash.untilLeft()
        #expect(await world.endings.next() == "closed")
        #expect(world.posted().sessions == [])
    }

    @Test("a process that was joined is drawn without its own terminal's returns, and takes input only where it can")
    func attach() async throws {
        let socket = world.world.server.openWebSocket(
            "/api/v1/namespaces/payments/pods/web-1/attach", subprotocol: "v5.channel.k8s.io")
        socket.say([1] + Array("one\ntwo\n".utf8))
        let outcome = try await world.open(.attach(container: nil), "attach")
        let id = try #require(outcome.session)
        socket.say([2] + Array("three\n".utf8))
        socket.finish()
        #expect(await world.desk.end(of: id) == .exited(code: 0))
        let screen = try #require(world.posted().screen)
        #expect(screen.text.prefix(3).map { $0.trimmingCharacters(in: .whitespaces) } == ["one", "two", "three"])
        #expect(socket.sent.isEmpty)
        let plan = try await world.desk.prepare(world.request(.attach(container: nil), "attach"))
        #expect(plan.warnings == ["its process takes no input: it can only be watched"])
    }

    @Test("what cannot be joined is refused before anything is opened")
    func obstacles() async throws {
        let refusal = await #expect(throws: ActionRefusal.self) {
            try await world.desk.prepare(world.request(.shell(ShellOptions(container: "nope")), "shell"))
        }
        #expect(refusal == ActionRefusal(.invalid, "pod/web-1 has no container \"nope\"", hint: "it has app, side"))
        let waiting = await #expect(throws: ActionRefusal.self) {
            try await world.desk.prepare(world.request(.shell(ShellOptions(container: "side")), "shell"))
        }
        #expect(
            waiting
                == ActionRefusal(
                    .invalid, "container side is not running: ImagePullBackOff (no such image)",
                    hint: "look at its logs"))
    }

    @Test("a subcommand's process reads and writes its streams, input's end included")
    func streams() async throws {
        let cat = world.exec("cat")
        let input = Mutex<[[UInt8]]>([Array("a".utf8), Array("b".utf8)])
        let output = Mutex<[String]>([])
        world.desk.use(
            ProcessStreams(
                input: { input.withLock { $0.isEmpty ? nil : $0.removeFirst() } },
                output: { bytes, isError in
                    output.withLock { $0.append((isError ? "2:" : "1:") + String(decoding: bytes, as: UTF8.self)) }
                }))
        async let opening = world.open(.shell(ShellOptions(command: ["cat"])), "shell")
        #expect(await cat.untilSent(3).map(\.bytes) == [[0, 0x61], [0, 0x62], [255, 0]])
        cat.say([1] + Array("ab".utf8))
        cat.say([2] + Array("!".utf8))
        cat.say([3] + Array(#"{"status":"Success"}"#.utf8))
        cat.finish()
        let id = try #require(try await opening.session)
        #expect(await world.desk.end(of: id) == .exited(code: 0))
        #expect(output.withLock { $0 } == ["1:ab", "2:!"])
        let asked = try #require(world.world.server.requests.last?.url)
        #expect(asked.hasSuffix("exec?container=app&command=cat&stdin=true&stdout=true&stderr=true"))
    }
}

/// A pod in the sandbox with a running container and one that waits, and a session desk in front of it.
struct SessionWorld {
    let world: TestWorld
    let desk: SessionDesk
    let endings = Endings()
    let pod = Changing(SessionWorld.pod)
    var pacer: ManualPacer { world.pacer }

    static let pod = #"""
        {"metadata":{"name":"web-1","namespace":"payments","uid":"u1","ownerReferences":[{"controller":true,"uid":"owner"}]},
         "spec":{"containers":[{"name":"app","ports":[{"name":"http","containerPort":8080}]},{"name":"side"}]},
         "status":{"phase":"Running","conditions":[{"type":"Ready","status":"True"}],
          "containerStatuses":[{"name":"app","state":{"running":{}}},
           {"name":"side","state":{"waiting":{"reason":"ImagePullBackOff","message":"no such image"}}}]}}
        """#

    init(folder: URL? = nil) throws {
        world = try TestWorld()
        desk = SessionDesk(world.environments, inbox: world.inbox, pacer: world.pacer, folder: folder)
        world.server.answer(.get, "/api/v1/namespaces/payments/pods/web-1", with: .computed { [pod] _ in pod.next() })
    }

    /// The WebSocket of the next process whose program has this name.
    @discardableResult
    func exec(_ program: String) -> FakeWebSocket {
        let path = "/api/v1/namespaces/payments/pods/web-1/exec"
        let query: String
        switch program {
        case "bash", "sh": query = "container=app&command=\(program)&stdin=true&stdout=true&tty=true"
        case "sleep": query = "container=app&command=sleep&command=60&stdin=true&stdout=true&tty=true"
        case "cat": query = "container=app&command=cat&stdin=true&stdout=true&stderr=true"
        default: query = "container=app&command=\(program)&stdin=true&stdout=true&tty=true"
        }
        return world.server.openWebSocket("\(path)?\(query)", subprotocol: "v5.channel.k8s.io")
    }

    func request(_ verb: ActionVerb, _ sort: String, kind: ResourceKind = .pods, name: String = "web-1")
        -> SessionRequest
    {
        SessionRequest(
            environment: "sandbox",
            object: ObjectReference(environment: "sandbox", kind: kind, namespace: "payments", name: name), verb: verb,
            sort: sort)
    }

    func open(
        _ verb: ActionVerb, _ sort: String, kind: ResourceKind = .pods, name: String = "web-1"
    ) async throws -> SessionOutcome {
        try await desk.open(
            request(verb, sort, kind: kind, name: name),
            SessionPermission(
                permit: WritePermit("sandbox", .change), say: { _ in }, isStopping: { false },
                ended: { [endings] in endings.note($0) }))
    }

    /// The newest of everything that was posted.
    func posted() -> (sessions: [SessionInfo]?, screen: ScreenBuffer?, forwards: [ForwardInfo]?) {
        var found: (sessions: [SessionInfo]?, screen: ScreenBuffer?, forwards: [ForwardInfo]?)
        for update in world.drain() {
            switch update.change {
            case .sessions(let list): found.sessions = list
            case .session(let screen): found.screen = screen as? ScreenBuffer
            case .forwards(let list): found.forwards = list
            default: break
            }
        }
        return found
    }

    static func exitCode(_ code: Int) -> String {
        #"{"status":"Failure","reason":"NonZeroExitCode","details":{"causes":[{"reason":"ExitCode","message":"\#(code)"}]}}"#
    }

    static func missing(_ program: String) -> String {
        #"{"status":"Failure","reason":"InternalError","message":"exec: \"\#(program)\": executable file not found in $PATH: unknown","code":500}"#
    }
}

/// How sessions ended, in order.
final class Endings: Sendable {
    private let words = AsyncStream<String>.makeStream()

    func note(_ how: String) { words.continuation.yield(how) }

    func next() async -> String? {
        for await how in words.stream { return how }
        return nil
    }
}

/// An answer that becomes another one.
final class Changing: Sendable {
    private let state: Mutex<(first: HTTPResponse, left: Int, then: HTTPResponse?)>

    init(_ text: String) {
        state = Mutex((HTTPResponse(head: HTTPHead(status: 200), body: Array(text.utf8)), 0, nil))
    }

    func answer(then response: HTTPResponse, after count: Int) {
        state.withLock { $0 = ($0.first, count, response) }
    }

    func next() -> HTTPResponse {
        state.withLock { state in
            guard let then = state.then else { return state.first }
            state.left -= 1
            return state.left >= 0 ? state.first : then
        }
    }
}
