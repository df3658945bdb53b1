/// What the query of an exec or attach asks for.
struct ExecOptions: Sendable, Equatable {
    var command: [String]
    var hasInput: Bool
    var hasOutput: Bool
    var hasProblems: Bool
    var hasTerminal: Bool

    init(_ request: SimRequest) {
        command = request.query.filter { $0.name == "command" }.map(\.value)
        hasInput = request.flag("stdin")
        hasOutput = request.flag("stdout")
        hasTerminal = request.flag("tty")
        // A terminal has one output only.
        hasProblems = request.flag("stderr") && !hasTerminal
    }

    var hasStreams: Bool { hasInput || hasOutput || hasProblems }

    /// The same as the API server asks the kubelet.
    var kubeletQuery: String {
        var parts = command.map { "command=\(Self.escaped($0))" }
        if hasProblems { parts.append("error=1") }
        if hasInput { parts.append("input=1") }
        if hasOutput { parts.append("output=1") }
        if hasTerminal { parts.append("tty=1") }
        return parts.joined(separator: "&")
    }

    private static func escaped(_ text: String) -> String {
        text.utf8.map { byte -> String in
            switch byte {
            case 0x30...0x39, 0x41...0x5a, 0x61...0x7a, 0x2d, 0x2e, 0x5f, 0x7e: String(UnicodeScalar(byte))
            case 0x20: "+"
            default: "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
            }
        }.joined()
    }

    /// The channel that is written to first, to say that the stream stands.
    var firstChannel: UInt8 { hasOutput ? 1 : hasProblems ? 2 : 3 }
}
