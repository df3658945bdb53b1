import Foundation
import HTTP
import Model
import Testing

@testable import Backends
@testable import Simulator

@Suite("The simulated Jenkins over a socket")
struct JenkinsSocketTests {
    let company = SimulatedCompany()

    @Test("has folders, branches, runs with stages, and logs that end")
    func whole() async throws {
        let service = JenkinsService(state: company.state)
        try await company.serving(service.answer) { endpoint, _ in
            let client = JenkinsClient(login("ada", endpoint))
            #expect(try await client.version() == "2.462.2")
            let jobs = try await client.jobs()
            #expect(jobs.contains { $0.isFolder })
            #expect(Set(jobs.map(\.id)).count == jobs.count)
            let job = try #require(jobs.first { $0.id.hasSuffix("/main") && $0.lastRun?.state == .succeeded })
            let answer = try await client.runs(ofJob: job.id)
            #expect(answer.hasStages)
            #expect(answer.runs.first?.id == job.lastRun?.id)
            #expect(answer.runs.first?.stages.isEmpty == false)
            #expect(answer.runs.allSatisfy { $0.state != .unknown && $0.started > .zero })
            var log = JenkinsLog(client, run: try #require(job.lastRun?.id))
            let piece = try await log.next()
            #expect(!piece.isGrowing)
            #expect(piece.lines.last.map { String(decoding: $0, as: UTF8.self) } == "Finished: SUCCESS")
            #expect(
                piece.lines.allSatisfy { !$0.contains(0x1B) || !String(decoding: $0, as: UTF8.self).contains("[8mha:") }
            )
        }
    }

    @Test("names a run that is not there, and a branch whose name holds a slash can be read")
    func names() async throws {
        let service = JenkinsService(state: company.state)
        try await company.serving(service.answer) { endpoint, _ in
            let client = JenkinsClient(login("ada", endpoint))
            let branch = try #require(try await client.jobs().first { $0.id.contains("%2F") })
            #expect(branch.name.contains("/"))
            #expect(try await client.runs(ofJob: branch.id).runs.isEmpty == false)
            let error = await #expect(throws: ServiceError.self) { try await client.runs(ofJob: "nowhere") }
            #expect(
                error?.cause == .status(404, words: "Error 404 Not Found")
                    || error?.message.contains("nothing at this address") == true)
        }
    }

    @Test("refuses who does not log in")
    func refused() async throws {
        let service = JenkinsService(state: company.state)
        try await company.serving(service.answer) { endpoint, _ in
            let error = await #expect(throws: ServiceError.self) { try await JenkinsClient(endpoint).jobs() }
            #expect(error?.isRefusal == true)
        }
    }

    private func login(_ user: String, _ endpoint: ServiceEndpoint) -> ServiceEndpoint {
        let token = JenkinsService.token(of: user, seed: company.state.company.seed)
        let header = "Basic " + Data("\(user):\(token)".utf8).base64EncodedString()
        return ServiceEndpoint(
            base: endpoint.base, transport: AuthorizedTransport(endpoint.transport) { header })
    }
}
