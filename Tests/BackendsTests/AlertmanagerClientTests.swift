import HTTP
import HTTPTesting
import Model
import Testing

@testable import Backends

@Suite("The Alertmanager client")
struct AlertmanagerClientTests {
    let server = FakeTransport()
    var client: AlertmanagerClient {
        AlertmanagerClient(ServiceEndpoint(base: "http://am.lantern.example:9093", transport: server))
    }

    @Test("reads alerts with their state, silences and receivers")
    func alerts() async throws {
        server.answer(.get, "/api/v2/alerts", headers: ["Content-Type": "application/json"], Self.twoAlerts)
        let alerts = try await client.alerts()
        #expect(
            alerts == [
                Alert(
                    id: "0a1b2c3d4e5f6071",
                    labels: [
                        "alertname": "PaymentsErrorRateHigh", "severity": "critical", "namespace": "payments",
                        "pod": "payments-api-7d9f-x2x4z",
                    ],
                    annotations: ["summary": "5xx above 5 %"], state: .active,
                    started: Timestamp(rfc3339: "2026-03-01T09:30:00.000Z")!,
                    updated: Timestamp(rfc3339: "2026-03-01T09:31:30.123Z")!,
                    ends: Timestamp(rfc3339: "2026-03-01T09:35:30.123Z")!, receivers: ["oncall", "chat"],
                    generatorURL: "http://prometheus.lantern.example/graph?g0.expr=x"),
                Alert(
                    id: "9999c3d4e5f60718", labels: ["alertname": "Watchdog"], state: .suppressed,
                    started: Timestamp(rfc3339: "2026-03-01T09:30:00.000Z")!,
                    updated: Timestamp(rfc3339: "2026-03-01T09:31:30.123Z")!,
                    ends: Timestamp(rfc3339: "2026-03-01T09:35:30.123Z")!,
                    silencedBy: ["5f0c7b9e-8a51-4c0e-9d3f-1f2a7c6b5d40"], inhibitedBy: ["0a1b2c3d4e5f6071"],
                    receivers: ["chat"]),
            ])
    }

    @Test("asks beneath its route prefix, and for JSON")
    func prefix() async throws {
        server.answer(.get, "/alertmanager/api/v2/alerts", "[]")
        let endpoint = ServiceEndpoint(base: "http://am.lantern.example/alertmanager/", transport: server)
        #expect(try await AlertmanagerClient(endpoint).alerts().isEmpty)
        #expect(server.requests.map(\.url) == ["http://am.lantern.example/alertmanager/api/v2/alerts"])
        #expect(server.requests.map { $0.headers["Accept"] } == ["application/json"])
    }

    @Test("tells its version")
    func version() async throws {
        server.answer(
            .get, "/api/v2/status", #"{"versionInfo":{"version":"0.27.0"},"uptime":"2026-03-01T00:00:00.000Z"}"#)
        #expect(try await client.version() == "0.27.0")
    }

    @Test("passes on the server's reason for a refusal")
    func refusal() async {
        server.answer(.get, "/api/v2/alerts", status: 400, #""bad matcher format: x""#)
        await expectMessage(
            "cannot list alerts: Alertmanager at http://am.lantern.example:9093 answered with status 400: "
                + "bad matcher format: x")
    }

    @Test("names the login page that stands before it")
    func loginPage() async {
        server.answer(
            .get, "/api/v2/alerts", headers: ["Content-Type": "text/html; charset=utf-8"],
            "<!DOCTYPE html><html><head><title>\n Sign in · Lanternpay </title></head></html>")
        await expectMessage(
            "cannot list alerts: Alertmanager at http://am.lantern.example:9093 answered with the page "
                + "\"Sign in · Lanternpay\" instead of data; check the address, and whether a login page stands before it"
        )
    }

    @Test("says when the answer is no list of alerts")
    func garbage() async {
        server.answer(.get, "/api/v2/alerts", #"{"status":"success","data":[]}"#)
        await expectMessage(
            "cannot list alerts: the answer of Alertmanager at http://am.lantern.example:9093 cannot be read: "
                + "a list of alerts was expected; is this an Alertmanager?")
    }

    @Test("says when the server is gone")
    func gone() async {
        let refused = HTTPError(.refused, target: "http://am.lantern.example:9093")
        server.fail(.get, "/api/v2/alerts", refused)
        await expectMessage("cannot list alerts: \(refused.description)")
    }

    private func expectMessage(_ message: String) async {
        let error = await #expect(throws: ServiceError.self) { try await client.alerts() }
        #expect(error?.message == message)
    }

    static let twoAlerts = """
        [{"annotations":{},"endsAt":"2026-03-01T09:35:30.123Z","fingerprint":"9999c3d4e5f60718",
        "receivers":[{"name":"chat"}],"startsAt":"2026-03-01T09:30:00.000Z",
        "status":{"inhibitedBy":["0a1b2c3d4e5f6071"],"mutedBy":[],
        "silencedBy":["5f0c7b9e-8a51-4c0e-9d3f-1f2a7c6b5d40"],"state":"suppressed"},
        "updatedAt":"2026-03-01T09:31:30.123Z","labels":{"alertname":"Watchdog"}},
        {"annotations":{"summary":"5xx above 5 %"},"endsAt":"2026-03-01T09:35:30.123Z",
        "fingerprint":"0a1b2c3d4e5f6071","receivers":[{"name":"oncall"},{"name":"chat"}],
        "startsAt":"2026-03-01T09:30:00.000Z","status":{"inhibitedBy":[],"mutedBy":[],"silencedBy":[],"state":"active"},
        "updatedAt":"2026-03-01T09:31:30.123Z",
        "generatorURL":"http://prometheus.lantern.example/graph?g0.expr=x",
        "labels":{"alertname":"PaymentsErrorRateHigh","severity":"critical","namespace":"payments",
        "pod":"payments-api-7d9f-x2x4z"}}]
        """
}
