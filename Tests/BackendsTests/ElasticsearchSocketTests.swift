import Foundation
import HTTP
import Model
import Testing

@testable import Backends
@testable import Simulator

@Suite("The simulated Elasticsearch over a socket")
struct ElasticsearchSocketTests {
    let company = SimulatedCompany()

    @Test("gives in small pages exactly the lines of one large page, in order, none twice")
    func pages() async throws {
        let service = ElasticsearchService(state: company.state, cluster: "production")
        let run = try #require(
            company.state.ledger.allRuns(cluster: "production").filter { $0.namespace == "payments" }
                .min { ($0.pod, $0.name) < ($1.pod, $1.name) })
        await company.clock.advance(by: 1800)
        try await company.serving(service.answer) { endpoint, _ in
            let client = ElasticsearchClient(endpoint, index: "logstash-*")
            #expect(try await client.version() == "Elasticsearch 8.15.1")
            let fields = try await client.fields()
            let query = ElasticsearchLogQuery(
                namespace: "payments", pods: .named([run.pod]), container: run.name)
            let end = Timestamp(seconds: SimulatedCompany.noon.addingTimeInterval(1800).timeIntervalSince1970)
            let large = try await client.page(query, fields: fields, before: end, size: 200)
            #expect(large.lines.count > 100)
            #expect(large.lines.allSatisfy { $0.source.pod == run.pod && $0.source.container == run.name })
            var small: [LogLine] = []
            var cursor: ElasticsearchCursor?
            while small.count < large.lines.count {
                let page = try await client.page(query, fields: fields, before: end, cursor: cursor, size: 20)
                small = page.lines + small
                guard let older = page.older else { break }
                cursor = older
            }
            #expect(small.suffix(large.lines.count) == large.lines[...])
            #expect(zip(small, small.dropFirst()).allSatisfy { $0.time <= $1.time })
        }
    }

    @Test("has the lines of a workload's pods by the workload's name")
    func workload() async throws {
        let service = ElasticsearchService(state: company.state, cluster: "production")
        let run = try #require(
            company.state.ledger.allRuns(cluster: "production").filter { $0.namespace == "payments" }
                .filter { !$0.pod.hasSuffix("-0") }.min { $0.pod < $1.pod })
        await company.clock.advance(by: 600)
        try await company.serving(service.answer) { endpoint, _ in
            let client = ElasticsearchClient(endpoint, index: "logstash-*")
            let query = ElasticsearchLogQuery(
                namespace: "payments", pods: .ofWorkload(kind: "ReplicaSet", name: run.app))
            let page = try await client.page(
                query, fields: try await client.fields(),
                before: Timestamp(seconds: company.clock.now.timeIntervalSince1970))
            #expect(!page.lines.isEmpty)
            #expect(page.lines.allSatisfy { $0.source.pod.hasPrefix("\(run.app)-") })
        }
    }

    @Test("says when no index matches")
    func missingIndex() async throws {
        let service = ElasticsearchService(state: company.state, cluster: "production")
        try await company.serving(service.answer) { endpoint, _ in
            let error = await #expect(throws: ServiceError.self) {
                try await ElasticsearchClient(endpoint, index: "nothing-*").fields()
            }
            #expect(error?.message.hasSuffix("index that matches nothing-*; check index in the configuration") == true)
        }
    }
}
