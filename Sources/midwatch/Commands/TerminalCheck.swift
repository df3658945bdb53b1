import Core
import Foundation

/// What the terminal and the locale allow.
enum TerminalCheck {
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
