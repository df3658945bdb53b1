import CurlHTTP
import Foundation
import HTTP
import Model
import TestSupport
import Testing

@testable import Backends
@testable import Simulator

@Suite("Alertmanager over a socket")
struct AlertmanagerSocketTests {
    let transport = CurlTransport(settings: HTTPServerSettings())

    @Test(
        "a real one tells what was posted to it",
        .enabled(if: RealAlertmanager.isInstalled, "Debian's prometheus-alertmanager is not installed"))
    func real() async throws {
        let server = try RealAlertmanager()
        let posted = """
            [{"labels":{"alertname":"LedgerLag","severity":"warning","namespace":"ledger"},
            "annotations":{"summary":"behind by 40 s"},"startsAt":"2026-03-01T09:30:00Z","endsAt":"2099-01-01T00:00:00Z",
            "generatorURL":"http://prometheus.lantern.example/graph"}]
            """
        let answer = try await transport.send(
            HTTPRequest(
                .post, "\(server.url)/api/v2/alerts", headers: ["Content-Type": "application/json"],
                body: Array(posted.utf8)))
        #expect(answer.status == 200)
        let client = AlertmanagerClient(ServiceEndpoint(base: server.url, transport: transport))
        let alerts = try await client.alerts()
        #expect(alerts.map(\.labels) == [["alertname": "LedgerLag", "severity": "warning", "namespace": "ledger"]])
        #expect(alerts.map(\.annotations) == [["summary": "behind by 40 s"]])
        #expect(alerts.map(\.started) == [Timestamp(rfc3339: "2026-03-01T09:30:00Z")!])
        #expect(alerts.map(\.generatorURL) == ["http://prometheus.lantern.example/graph"])
        #expect(alerts.first?.id.count == 16)
        #expect(try await client.version().isEmpty == false)
    }

    @Test("the simulated one is understood alike, and its faults are told in words")
    func simulated() async throws {
        let company = SimulatedCompany()
        let service = AlertmanagerService(state: company.state)
        try await company.serving(service.answer) { endpoint, faults in
            let client = AlertmanagerClient(endpoint)
            let alerts = try await client.alerts()
            #expect(alerts.contains { $0.name == "Watchdog" })
            #expect(alerts.allSatisfy { $0.labels.count > 1 && $0.started > .zero && $0.ends > $0.started })
            #expect(try await client.version() == "0.27.0")
            faults.add(FaultRule(.garbage, count: 1))
            let garbage = await #expect(throws: ServiceError.self) { try await client.alerts() }
            #expect(
                garbage?.message.hasPrefix("cannot list alerts: the answer of Alertmanager at http://127.0.0.1:")
                    == true)
            faults.add(FaultRule(.status(429, retryAfter: 3), count: 1))
            let busy = await #expect(throws: ServiceError.self) { try await client.alerts() }
            #expect(busy?.retryAfter == 3)
            faults.add(FaultRule(.cut(afterBytes: 20), count: 1))
            let cut = await #expect(throws: ServiceError.self) { try await client.alerts() }
            #expect(cut?.message.hasPrefix("cannot list alerts: ") == true)
        }
    }
}
