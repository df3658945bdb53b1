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

/// What the terminal and the locale allow.
private enum TerminalCheck {
    static func checks(_ variables: [String: String]) -> [DoctorCheck] {
        let term = variables["TERM"] ?? ""
        let isTerminal = isatty(STDOUT_FILENO) != 0
        let words = variables["NO_COLOR"].map { $0.isEmpty ? "" : ", NO_COLOR is set" } ?? ""
        let locale = variables["LC_ALL"] ?? variables["LC_CTYPE"] ?? variables["LANG"] ?? ""
        let isUTF8 = locale.lowercased().contains("utf-8") || locale.lowercased().contains("utf8")
        return [
            DoctorCheck(
                environment: nil, subject: "terminal", outcome: term.isEmpty || term == "dumb" ? .warning : .good,
                words:
                    "TERM=\(term.isEmpty ? "(not set)" : term)\(words)\(isTerminal ? "" : ", output is not a terminal")"
            ),
            DoctorCheck(
                environment: nil, subject: "locale", outcome: isUTF8 ? .good : .warning,
                words: isUTF8
                    ? locale : "\(locale.isEmpty ? "not set" : locale): only ASCII will be drawn; set LANG=C.UTF-8"),
        ]
    }
}
