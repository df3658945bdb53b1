import Foundation
import FoundationNetworking
import TestSupport
import Testing

@Suite(
    "alerts of a real Alertmanager",
    .enabled(if: RealAlertmanager.isInstalled && Program.path != nil, "needs Debian's prometheus-alertmanager"),
    .timeLimit(.minutes(3)))
struct AlertmanagerTests {
    private let program: Program
    private let server: RealAlertmanager

    init() throws {
        program = try Program()
        server = try RealAlertmanager()
        try program.write(
            """
            environments:
              harbour:
                alertmanager: { url: "\(server.url)" }

            """, to: "config.yaml")
    }

    private func post(_ alerts: String) async throws {
        var request = URLRequest(url: try #require(URL(string: "\(server.url)/api/v2/alerts")))
        request.httpMethod = "POST"
        request.setValue("application/json", forHTTPHeaderField: "Content-Type")
        request.httpBody = Data(alerts.utf8)
        let (_, answer) = try await URLSession.shared.data(for: request)
        #expect((answer as? HTTPURLResponse)?.statusCode == 200)
    }

    private static let two = """
        [{"labels":{"alertname":"LedgerLag","severity":"critical","namespace":"ledger"},
        "annotations":{"summary":"ledger is behind by 40 s"},"startsAt":"2026-03-01T09:30:00Z",
        "endsAt":"2099-01-01T00:00:00Z"},
        {"labels":{"alertname":"DiskNearlyFull","severity":"warning","namespace":"checkout"},
        "annotations":{"summary":"four percent left"},"startsAt":"2026-03-01T09:40:00Z",
        "endsAt":"2099-01-01T00:00:00Z"}]
        """

    @Test("the subcommand prints both, as a table, by name and as JSON; --check is 1")
    func command() async throws {
        try await post(Self.two)
        let table = try await program("alerts", "--config", "config.yaml", "--context", "harbour")
        #expect(table.code == 0, "\(table.problem)")
        #expect(table.lines.first == "ALERT            SEVERITY   STATE    SINCE   SUMMARY                    ABOUT")
        let rows = table.lines.dropFirst().map { $0.split(separator: " ").map(String.init) }
        #expect(rows[0].prefix(3) == ["LedgerLag", "critical", "active"])
        #expect(rows[0].suffix(6) == ["is", "behind", "by", "40", "s", "ledger"])
        #expect(rows[1].prefix(3) == ["DiskNearlyFull", "warning", "active"])
        let names = try await program("alerts", "-o", "name", "--check", "--config", "config.yaml")
        #expect(names == .init(code: 1, output: "LedgerLag\nDiskNearlyFull\n", problem: ""))
    }

    @Test("the pane shows both under their severities")
    func pane() async throws {
        try await post(Self.two)
        let screen = try await program("--once", "-c", "alerts", "--config", "config.yaml", "--size", "100x24")
        #expect(screen.code == 0, "\(screen.problem)\n\(screen.output)")
        let lag = try #require(screen.lines.firstIndex { $0.contains("LedgerLag") })
        let disk = try #require(screen.lines.firstIndex { $0.contains("DiskNearlyFull") })
        #expect(lag < disk)
        #expect(screen.lines[lag...].prefix(2).joined().contains("ledger is behind by 40 s"))
    }
}
