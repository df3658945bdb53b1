import Foundation
import Testing

@testable import Simulator

/// Clients that nobody here wrote must work against the simulated systems, over real sockets.
@Suite("Foreign clients", .serialized)
struct CompanyForeignClientsTests {
    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()
    static let python = root.appending(path: ".build-tools/venv/bin/python3")
    static let amtool = ["/usr/bin/amtool", root.appending(path: ".build-tools/root/usr/bin/amtool").path]
        .first { FileManager.default.isExecutableFile(atPath: $0) }

    let state = CompanyState.atNoon()

    @Test(
        "Elasticsearch's own client searches, pages, counts and is told its mistakes",
        .enabled(if: hasModule("elasticsearch"), missing))
    func elasticsearch() async throws {
        let service = ElasticsearchService(state: state, cluster: "production")
        try await serve(service.answer) { url in
            try await Self.run(
                "elasticsearch_client.py", [url], saying: "elasticsearch client: everything as it should be\n")
        }
    }

    @Test("python-jenkins walks through jobs, runs, logs and the queue", .enabled(if: hasModule("jenkins"), missing))
    func jenkins() async throws {
        let token = JenkinsService.token(of: "ada", seed: 1)
        try await serve(JenkinsService(state: state).answer) { url in
            try await Self.run(
                "jenkins_client.py", [url, "ada", token], saying: "python-jenkins: everything as it should be\n")
        }
    }

    @Test(
        "amtool asks for alerts and handles silences",
        .enabled(if: hasAmtool, "amtool is not here: `.ci/setup test` fetches it"))
    func alertmanager() async throws {
        let amtool = try #require(Self.amtool)
        // amtool reckons with the machine's own time.
        let state = CompanyState(company: .lanternpay(), clock: RealClock())
        state.ledger.fill(from: state.company, at: Date())
        try await serve(AlertmanagerService(state: state).answer) { url in
            try await Self.run("amtool_client.py", [amtool, url], saying: "amtool: everything as it should be\n")
        }
    }

    private func serve(_ handler: @escaping LoopbackServer.Handler, _ body: (String) async throws -> Void) async throws
    {
        let server = try LoopbackServer(port: 0, handler: handler)
        let url = try await server.start()
        do {
            try await body(url.absoluteString)
        } catch {
            await server.stop()
            throw error
        }
        await server.stop()
    }

    /// Runs a script to its end and expects its last word.
    private static func run(_ script: String, _ arguments: [String], saying word: String) async throws {
        let process = Process()
        process.executableURL = hasPython ? python : URL(filePath: "/usr/bin/python3")
        process.arguments = [root.appending(path: "Tests/Foreign/\(script)").path] + arguments
        let output = Pipe()
        process.standardOutput = output
        process.standardError = output
        let status = try await withCheckedThrowingContinuation { continuation in
            process.terminationHandler = { continuation.resume(returning: $0.terminationStatus) }
            do {
                try process.run()
            } catch {
                continuation.resume(throwing: error)
            }
        }
        // The scripts say a line or a traceback, which a pipe holds.
        let said = String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
        #expect(status == 0, "\(said)")
        #expect(said == word)
    }
}

private let missing: Comment = "the foreign clients are not here: `.ci/setup test` fetches them"
private let hasPython = FileManager.default.isExecutableFile(atPath: CompanyForeignClientsTests.python.path)
private let hasAmtool =
    CompanyForeignClientsTests.amtool != nil
    && (hasPython || FileManager.default.isExecutableFile(atPath: "/usr/bin/python3"))

/// Whether the clients' own Python has a module.
private func hasModule(_ name: String) -> Bool {
    guard hasPython else { return false }
    let library = CompanyForeignClientsTests.python.deletingLastPathComponent().deletingLastPathComponent().appending(
        path: "lib")
    // Where the folder cannot be read there is no module.
    let versions = (try? FileManager.default.contentsOfDirectory(atPath: library.path)) ?? []
    return versions.contains { version in
        FileManager.default.fileExists(atPath: library.appending(path: "\(version)/site-packages/\(name)").path)
    }
}
