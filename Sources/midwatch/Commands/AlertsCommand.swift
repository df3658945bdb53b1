import ArgumentParser
import Canvas
import Core
import Foundation
import Model

/// Prints what Alertmanager has.
struct AlertsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "alerts", abstract: "Print what Alertmanager has.",
        discussion: "With --check the exit code is 1 when anything is firing, for scripts.")

    @OptionGroup var connection: ConnectionOptions

    @Option(name: .shortAndLong, help: "How to print: table, wide, json, name.")
    var output = OutputFormat.table

    @Flag(help: "Silenced and inhibited ones too.")
    var all = false

    @Flag(help: "Exit with 1 when anything is firing.")
    var check = false

    func validate() throws {
        if output == .yaml { throw ValidationError("alerts are printed as table, wide, json or name") }
    }

    func run() throws {
        try plainly {
            let environment = try connection.oneEnvironment()
            let everything = try waiting { try await environment.currentAlerts() }
            let alerts = everything.filter { all || $0.state == .active }
                .sorted {
                    (Severity.rank($0.severity), $0.name, $0.id) < (Severity.rank($1.severity), $1.name, $1.id)
                }
            try print(alerts)
            if check, alerts.contains(where: { $0.state == .active }) { throw ExitCode(1) }
        }
    }

    private func print(_ alerts: [Alert]) throws {
        switch output {
        case .json: try JSONOutput.print(alerts.map(AlertReport.init))
        case .name: Swift.print(alerts.map { DisplayText.safe($0.name) }.joined(separator: "\n"))
        default:
            guard !alerts.isEmpty else { return complain("No alerts.") }
            let now = Date().timeIntervalSince1970
            let rows = alerts.map { alert in
                [
                    alert.name, alert.severity, alert.state.rawValue, Age.text(now - alert.started.seconds),
                    alert.annotations["summary"] ?? "", AlertSubject.words(alert),
                ]
                    + (output == .wide
                        ? [alert.labels.sorted { $0.key < $1.key }.map { "\($0)=\($1)" }.joined(separator: ",")] : [])
            }
            Swift.print(
                TextTable(
                    ["ALERT", "SEVERITY", "STATE", "SINCE", "SUMMARY", "ABOUT"] + (output == .wide ? ["LABELS"] : []),
                    rows
                ).text)
        }
    }
}
