import ArgumentParser
import Canvas
import Core
import Foundation
import Model
import PaneKit

/// Says what works from here and what does not.
struct DoctorCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor", abstract: "Say what works from here: terminal, kubeconfig, servers, rights.")

    @OptionGroup var connection: ConnectionOptions

    @Option(help: "Seconds that each server has to answer.")
    var timeout = 10.0

    func validate() throws {
        guard (0.1...3600).contains(timeout) else { throw ValidationError("--timeout takes 0.1 to 3600 seconds") }
    }

    func run() throws {
        try plainly {
            for check in TerminalCheck.checks(ProcessInfo.processInfo.environment) { Self.print(check) }
            let session = try connection.open()
            let chosen = try connection.contextNames.map { try session.environments.environment(named: $0).info.id }
            let doctor = Doctor(session, seconds: timeout)
            for check in doctor.localChecks { Self.print(check) }
            let worst = try waiting {
                var worst = doctor.localChecks.contains { $0.outcome == .bad }
                for await check in doctor.checks(of: chosen) {
                    Self.print(check)
                    worst = worst || check.outcome == .bad
                }
                return worst
            }
            if worst { throw ExitCode(3) }
        }
    }

    private static func print(_ check: DoctorCheck) {
        let signs: [DoctorCheck.Outcome: String] = [
            .good: "ok", .warning: "warning", .bad: "FAILED", .absent: "absent",
        ]
        let place = check.environment.map(\.name) ?? "here"
        let time = check.seconds.map { "  \(Figure.duration($0))" } ?? ""
        let columns = [
            (signs[check.outcome] ?? "").padding(toLength: 9, withPad: " ", startingAt: 0),
            place.padding(toLength: max(14, place.count + 2), withPad: " ", startingAt: 0),
            check.subject.padding(toLength: 15, withPad: " ", startingAt: 0), check.words + time,
        ]
        Swift.print(DisplayText.safe(columns.joined()))
        fflush(nil)
    }
}
