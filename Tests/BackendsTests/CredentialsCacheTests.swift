import HTTP
import Model
import Synchronization
import Testing

@testable import Backends

struct CredentialsCacheTests {
    let clock = HandClock()
    let plugin = FakePlugin()

    private func credentials() -> ExecCredentials {
        ExecCredentials(user: "ada", now: { [clock] in clock.time }, run: { [plugin] in try await plugin.run() })
    }

    @Test("the plugin runs once while its answer is valid")
    func cached() async throws {
        plugin.answers("t-1")
        let credentials = credentials()
        _ = try await credentials.headers()
        clock.advance(1_000_000)
        #expect(try await credentials.headers() == ["Authorization": "Bearer t-1"])
        #expect(plugin.runs == 1)
    }

    @Test("an answer that has expired is asked for again")
    func expired() async throws {
        plugin.answers("t-1", until: 600)
        plugin.answers("t-2", until: 1200)
        let credentials = credentials()
        _ = try await credentials.headers()
        clock.advance(599)
        #expect(try await credentials.headers() == ["Authorization": "Bearer t-1"])
        clock.advance(1)
        #expect(try await credentials.headers() == ["Authorization": "Bearer t-2"])
    }

    @Test("many requests at once share one run")
    func shared() async throws {
        plugin.answers("t-1")
        plugin.hold()
        let credentials = credentials()
        async let first = credentials.headers()
        await plugin.started()
        async let second = credentials.headers()
        async let third = credentials.headers()
        plugin.release()
        let all = try await [first, second, third]
        #expect(
            all == [["Authorization": "Bearer t-1"], ["Authorization": "Bearer t-1"], ["Authorization": "Bearer t-1"]])
        #expect(plugin.runs == 1)
    }

    @Test("a refused token is forgotten, once for all that had it")
    func refused() async throws {
        plugin.answers("t-1")
        plugin.answers("t-2")
        let credentials = credentials()
        let old = try await credentials.headers()
        #expect(await credentials.renew(refused: old))
        #expect(try await credentials.headers() == ["Authorization": "Bearer t-2"])
        #expect(await credentials.renew(refused: old))
        #expect(try await credentials.headers() == ["Authorization": "Bearer t-2"])
        #expect(plugin.runs == 2)
    }

    @Test("a plugin that failed is not run again for some seconds")
    func failure() async throws {
        plugin.fails("the plugin login ended with exit code 1")
        plugin.answers("t-1")
        let credentials = credentials()
        let words = "credentials of user ada: the plugin login ended with exit code 1"
        #expect(await message { try await credentials.headers() } == words)
        clock.advance(4)
        #expect(await message { try await credentials.headers() } == words)
        #expect(plugin.runs == 1)
        clock.advance(1)
        #expect(try await credentials.headers() == ["Authorization": "Bearer t-1"])
    }

    @Test("a client certificate that a plugin gave opens a new connection, and only when it changes")
    func certificates() async throws {
        plugin.answersCertificate("one")
        plugin.answersCertificate("two")
        let opened = Mutex<[HTTPServerSettings.ClientIdentity?]>([])
        let refusals = Mutex([200, 401, 200])
        let connection = KubernetesConnection(server: "https://api.example", credentials: credentials())
        let transport = connection.transport { settings in
            opened.withLock { $0.append(settings.identity) }
            return StatusTransport { refusals.withLock { $0.removeFirst() } }
        }
        #expect(try await transport.send(HTTPRequest(.get, "https://api.example/version")).status == 200)
        #expect(try await transport.stream(HTTPRequest(.get, "https://api.example/version")).head.status == 200)
        #expect(
            opened.withLock { $0 } == [
                .data(certificate: Array("one".utf8), key: Array("key".utf8)),
                .data(certificate: Array("two".utf8), key: Array("key".utf8)),
            ])
    }
}

/// A plugin that answers from a script and can be held back.
final class FakePlugin: Sendable {
    private struct State {
        var script: [Result<ExecAnswer, KubernetesError>] = []
        var runs = 0
    }
    private let state = Mutex(State())
    private let starts = AsyncStream<Void>.makeStream()
    private let gate = AsyncStream<Void>.makeStream()
    private let isHeld = Mutex(false)

    var runs: Int { state.withLock { $0.runs } }

    /// `until` is in seconds after the clock's beginning; nil: for ever.
    func answers(_ token: String, until seconds: Double? = nil) {
        let expiry = seconds.map { Timestamp(seconds: 1_000_000 + $0) }
        state.withLock { $0.script.append(.success(ExecAnswer(token: Secret(token), expiry: expiry))) }
    }

    func answersCertificate(_ certificate: String) {
        let answer = ExecAnswer(certificate: Array(certificate.utf8), key: Secret("key"))
        state.withLock { $0.script.append(.success(answer)) }
    }

    func fails(_ cause: String) {
        let error = KubernetesError.credentials(CredentialsFault(user: "ada", cause: cause))
        state.withLock { $0.script.append(.failure(error)) }
    }

    func hold() { isHeld.withLock { $0 = true } }
    func release() { gate.continuation.yield() }
    func started() async { for await _ in starts.stream { return } }

    func run() async throws -> ExecAnswer {
        starts.continuation.yield()
        if isHeld.withLock({ $0 }) { for await _ in gate.stream { break } }
        return try state.withLock { state in
            state.runs += 1
            return try state.script[min(state.runs, state.script.count) - 1].get()
        }
    }
}

/// Answers each request with the next status.
private struct StatusTransport: HTTPTransport {
    let next: @Sendable () -> Int
    func send(_ request: HTTPRequest) async throws -> HTTPResponse {
        HTTPResponse(head: HTTPHead(status: next()), body: [])
    }
    func stream(_ request: HTTPRequest) async throws -> HTTPStream {
        HTTPStream(head: HTTPHead(status: next()), body: HTTPByteStream(chunks: []))
    }
}
