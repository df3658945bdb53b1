import Backends
import HTTP
import HTTPTesting
import Model
import Synchronization
import Testing

@testable import Core

@Suite("The doctor")
struct DoctorTests {
    let server = FakeTransport()
    let pacer = ManualPacer()
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @Test("tells what works, with its latency, and what does not, in plain words")
    func checks() async throws {
        let session = try session(
            """
            environments:
              sandbox:
                jenkins: { url: 'https://ci.lantern.example' }
                alertmanager: { url: 'http://am.lantern.example:9093', insecure: true }
            """)
        server.answer(.get, "/version", #"{"gitVersion":"v1.36.2"}"#)
        server.answer(
            .post, "/apis/authentication.k8s.io/v1/selfsubjectreviews",
            #"{"status":{"userInfo":{"username":"ada","groups":["team-payments"]}}}"#)
        server.answer(
            .post, "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews",
            with: Self.json(#"{"status":{"allowed":false}}"#), Self.json(#"{"status":{"allowed":true}}"#))
        server.answer(.get, "/apis/metrics.k8s.io/v1beta1/nodes", status: 404, "404 page not found\n")
        server.answer(.get, "/api/json", status: 401)
        server.answer(.get, "/api/v2/status", #"{"versionInfo":{"version":"0.27.0"}}"#)
        var found: [String: DoctorCheck] = [:]
        for await check in Doctor(session).checks(of: ["sandbox"]) { found[check.subject] = check }
        #expect(
            found["kubernetes"]
                == DoctorCheck(
                    environment: "sandbox", subject: "kubernetes", outcome: .good,
                    words: "v1.36.2 at https://sandbox.lantern.example:6443", seconds: 0))
        #expect(found["identity"]?.words == "ada, in team-payments")
        #expect(found["rights"]?.words == "may list pods in payments only")
        #expect(found["metrics"]?.outcome == .absent)
        #expect(found["jenkins"]?.outcome == .bad)
        #expect(
            found["jenkins"]?.words
                == "cannot ask for the version: Jenkins at https://ci.lantern.example refused the login; "
                + "check its user and token in the configuration")
        #expect(found["alertmanager"]?.words == "Alertmanager 0.27.0")
        #expect(found.count == 6)
    }

    @Test("does not wait for a server that says nothing")
    func silent() async throws {
        let session = try session("environments:\n  sandbox:\n    alertmanager: { url: 'http://am.lantern.example' }\n")
        server.feed(.get, "/api/v2/status")
        let checks = Doctor(session, seconds: 10).checks(of: ["sandbox"])
        let found = Mutex<DoctorCheck?>(nil)
        let reader = Task {
            for await check in checks where check.subject == "alertmanager" { found.withLock { $0 = check } }
        }
        while found.withLock({ $0 == nil }) {
            pacer.advance(10)
            await Task.yield()
        }
        await reader.value
        #expect(
            found.withLock { $0 }
                == DoctorCheck(
                    environment: "sandbox", subject: "alertmanager", outcome: .bad,
                    words: "no answer within 10 seconds"))
    }

    @Test("says what is risky in the settings without asking anybody")
    func local() throws {
        let session = try session(
            "environments:\n  sandbox:\n    jenkins: { url: 'https://ci.lantern.example', insecure: true }\n")
        #expect(
            Doctor(session).localChecks == [
                DoctorCheck(environment: nil, subject: "kubeconfig", outcome: .good, words: "3 contexts"),
                DoctorCheck(
                    environment: "sandbox", subject: "settings", outcome: .warning,
                    words: "TLS verification is off for jenkins"),
            ])
        #expect(server.requests.isEmpty)
    }

    private func session(_ configuration: String) throws -> CoreSession {
        let server = server
        return try CoreSession(
            .init(
                configuration: folder.file("config.yaml", configuration),
                kubeconfig: folder.file("kubeconfig", TestWorld.kubeconfig), variables: ["HOME": "/nonexistent"]),
            surroundings: CoreSurroundings(makeTransport: { _ in server }, pacer: pacer))
    }

    private static func json(_ body: String) -> FakeTransport.Answer {
        .response(HTTPResponse(head: HTTPHead(status: 200), body: Array(body.utf8)))
    }
}
