import Foundation
import Testing

@testable import Simulator

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

@Suite("Faults of a simulated server, over a real socket", .timeLimit(.minutes(1)))
struct KubernetesSimulatorFaultTests {
    /// Runs a server that answers ten letters, and asks it once.
    private func ask(_ rule: FaultRule, path: String = "/letters") async throws -> (Data, HTTPURLResponse) {
        let server = try LoopbackServer(port: 0) { _ in .text("abcdefghij") }
        let url = try await server.start()
        server.faults.add(rule)
        let session = URLSession(configuration: .ephemeral)
        let outcome: Result<(Data, URLResponse), any Error>
        do {
            outcome = .success(try await session.data(from: url.appending(path: path)))
        } catch {
            outcome = .failure(error)
        }
        await server.stop()
        let (data, response) = try outcome.get()
        return (data, try #require(response as? HTTPURLResponse))
    }

    @Test("too many requests, with the time to wait")
    func tooMany() async throws {
        let (data, response) = try await ask(FaultRule(.status(429, retryAfter: 7)))
        #expect(response.statusCode == 429)
        #expect(response.value(forHTTPHeaderField: "Retry-After") == "7")
        #expect(try SimJSON(parsing: data)["details"]["retryAfterSeconds"] == 7)
    }

    @Test("a write that somebody else was faster than, as the API server says it, and once only")
    func conflict() async throws {
        let faults = FaultBox()
        faults.add(FaultRule(.status(409), path: "/users/admin/apis/apps", count: 1, method: "PUT"))
        let path = "/users/admin/apis/apps/v1/namespaces/demo/deployments/web"
        func status(_ method: String) async throws -> SimResponse {
            try await faults.answer(.api(method, path)) { _ in .text("done") }
        }
        #expect(try await status("GET").status == 200)
        let refused = try await status("PUT")
        #expect(refused.status == 409)
        #expect(
            try SimJSON(parsing: await refused.text())["message"] == """
                Operation cannot be fulfilled on deployments.apps "web": the object has been modified; please apply \
                your changes to the latest version and try again
                """)
        #expect(try await status("PUT").status == 200)
    }

    @Test("a cut connection is an error for the client")
    func cut() async throws {
        await #expect(throws: URLError.self) { try await ask(FaultRule(.cut(afterBytes: 4))) }
    }

    @Test("a fault elsewhere changes nothing here")
    func elsewhere() async throws {
        let (data, _) = try await ask(FaultRule(.garbage, path: "/apis"))
        #expect(String(decoding: data, as: UTF8.self) == "abcdefghij")
    }

    @Test("a counted fault wears off")
    func counted() async throws {
        let faults = FaultBox()
        faults.add(FaultRule(.status(500), count: 1))
        let request = SimRequest.api("GET", "/")
        let first = try await faults.answer(request) { _ in .text("well") }
        let second = try await faults.answer(request) { _ in .text("well") }
        #expect(first.status == 500)
        #expect(second.status == 200)
    }

    @Test("faults are set and cleared over HTTP")
    func administered() async throws {
        let faults = FaultBox()
        let set = SimRequest.api("POST", "/__sim/faults", body: #"{"fault":"status","code":503,"path":"/api"}"#)
        let made = try await faults.answer(set) { _ in .text("") }
        let struck = try await faults.answer(SimRequest.api("GET", "/api/v1/pods")) { _ in .text("") }
        let cleared = try await faults.answer(SimRequest.api("DELETE", "/__sim/faults")) { _ in .text("") }
        let well = try await faults.answer(SimRequest.api("GET", "/api/v1/pods")) { _ in .text("") }
        #expect(made.status == 201)
        #expect(struck.status == 503)
        #expect(cleared.status == 204)
        #expect(well.status == 200)
    }

    @Test("a watch that is told its version is gone gets an ERROR event")
    func watchGone() async throws {
        let server = KubernetesFixtures.server()
        let faults = FaultBox()
        faults.add(FaultRule(.watchGone, count: 1))
        let version = server.store.revision
        let answer = try await faults.answer(
            SimRequest.api("GET", "/api/v1/pods?watch=true&resourceVersion=\(version)")
        ) { await server.handle($0) }
        let event = try SimJSON(parsing: try await answer.text())
        #expect(event["type"] == "ERROR")
        #expect(event["object"]["code"] == 410)
    }
}
