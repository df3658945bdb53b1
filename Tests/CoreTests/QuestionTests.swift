import Backends
import HTTP
import HTTPTesting
import Model
import Testing

@testable import Core

@Suite("A question asked once")
struct QuestionTests {
    let world: TestWorld
    let sandbox: Environment
    let production: Environment

    init() throws {
        world = try TestWorld("environments:\n  sandbox:\n    jenkins: { url: 'https://ci.lantern.example' }\n")
        sandbox = try #require(world.environments["sandbox"])
        production = try #require(world.environments["production"])
        world.server.answer(.get, "/api", Self.coreGroup)
        world.server.answer(.get, "/apis", #"{"kind":"APIGroupDiscoveryList","items":[]}"#)
    }

    @Test("finds a kind by its short name, and suggests one for a word with a slip")
    func kinds() async throws {
        #expect(try await sandbox.kind(named: "po").plural == "pods")
        let failure = await #expect(throws: PlainFailure.self) { try await sandbox.kind(named: "podz") }
        #expect(failure == PlainFailure(.notFound, "sandbox has no kind \"podz\"; did you mean pods?"))
    }

    @Test("lists rows with the server's columns, one object by its name")
    func rows() async throws {
        world.server.answer(.get, "/api/v1/namespaces/payments/pods", LogFeedTests.podTable)
        let answer = try await sandbox.rows(of: .pods, in: sandbox.defaultScope, names: ["api-1"])
        #expect(answer.columns.map(\.name) == ["Name"])
        #expect(answer.rows.map(\.name) == ["api-1"])
        #expect(world.server.requests[0].url.contains("fieldSelector=metadata.name%3Dapi-1"))
    }

    @Test("says which object is missing")
    func missing() async {
        world.server.answer(.get, "/api/v1/namespaces/payments/pods", LogFeedTests.podTable)
        let failure = await #expect(throws: PlainFailure.self) {
            try await sandbox.rows(of: .pods, in: sandbox.defaultScope, names: ["api-1", "api-2"])
        }
        #expect(failure == PlainFailure(.notFound, "pods \"api-2\" not found in payments"))
    }

    @Test("tells refused, unreachable and not configured apart")
    func failures() async {
        world.server.answer(
            .get, "/api/v1/namespaces/payments/pods", status: 403,
            #"{"kind":"Status","reason":"Forbidden","message":"pods is forbidden: User \"ada\" cannot list resource"}"#)
        let refused = await #expect(throws: PlainFailure.self) {
            try await sandbox.rows(of: .pods, in: sandbox.defaultScope)
        }
        #expect(refused?.kind == .refused)
        world.server.fail(.get, "/api/json", HTTPError(.nameNotFound, target: "https://ci.lantern.example"))
        let unreachable = await #expect(throws: PlainFailure.self) { try await sandbox.pipelineJobs() }
        #expect(unreachable?.kind == .unreachable)
        let absent = await #expect(throws: PlainFailure.self) { try await production.pipelineJobs() }
        #expect(
            absent
                == PlainFailure(
                    .notFound,
                    "production has no Jenkins; add jenkins: { url: … } to environments.production in the configuration"
                ))
        let broken = await #expect(throws: PlainFailure.self) {
            try await #require(world.environments["broken"]).rows(of: .pods, in: .all)
        }
        #expect(broken?.kind == .mistaken)
    }

    @Test("reads a run's log to its end")
    func runLog() async throws {
        let path = "/job/main/7/logText/progressiveText"
        world.server.answer(.get, "\(path)?start=0", headers: ["X-Text-Size": "4"], "a\nb\n")
        let lines = LineCollector()
        try await sandbox.runLog(RunReference(job: "main", number: 7)) { await lines.add($0) }
        #expect(await lines.texts == ["a", "b"])
    }

    static let coreGroup = """
        {"kind":"APIGroupDiscoveryList","apiVersion":"apidiscovery.k8s.io/v2","items":[{"metadata":{},"versions":[
        {"version":"v1","freshness":"Current","resources":[{"resource":"pods","responseKind":{"group":"","version":"v1",
        "kind":"Pod"},"scope":"Namespaced","singularResource":"pod","verbs":["get","list","watch"],"shortNames":["po"]}]}]}]}
        """
}

/// Gathers lines from a closure that runs elsewhere.
actor LineCollector {
    private(set) var texts: [String] = []
    func add(_ lines: [[UInt8]]) { texts += lines.map { String(decoding: $0, as: UTF8.self) } }
}
