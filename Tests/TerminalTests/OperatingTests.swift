import Foundation
import Testing

/// The program itself, built beside these tests.
let midwatch: String? = {
    let folder = URL(fileURLWithPath: ProcessInfo.processInfo.arguments[0]).deletingLastPathComponent()
    let candidates = [
        folder, Bundle.main.bundleURL, URL(fileURLWithPath: #filePath + "/../../../.build/debug").standardized,
    ]
    return candidates.map { $0.appendingPathComponent("midwatch").path }
        .first { FileManager.default.isExecutableFile(atPath: $0) }
}()

@Suite(
    "Operating the simulated company on a real terminal",
    .enabled(if: Tmux.path != nil && midwatch != nil, "needs tmux and the program"), .serialized)
struct OperatingTests {
    private let tmux: Tmux
    private let program = midwatch ?? ""

    init() throws { tmux = try Tmux(width: 110, height: 30) }

    private func with(_ steps: (Tmux) throws -> Void) throws {
        defer { tmux.end() }
        try steps(tmux)
    }

    /// The demo with a home of its own, so that nothing of the person's is read or written.
    private func start(_ tmux: Tmux, _ line: String, _ more: String = "") throws {
        try tmux.enter(
            "HOME=$PWD XDG_STATE_HOME=$PWD XDG_CONFIG_HOME=$PWD TERM=xterm-256color \(more) \(program) demo "
                + "--scenario calm --no-mouse -c '\(line)'; echo code $?")
        try tmux.waitFor("NAME  ", seconds: 60)
    }

    @Test("a pod is restarted with three keys, and the audit file tells it")
    func threeKeys() throws {
        try with { tmux in
            try start(tmux, "pods ledger")
            try tmux.press("j", "R", "Enter")
            try tmux.wait(30, what: "the end of the restart") { $0.contains("is ready") && $0.contains("✔ pod/") }
            try tmux.press("Enter", "C-c", "C-c")
            try tmux.waitFor("code 0")
            try tmux.enter("clear; cat midwatch/audit* | tr ',' '\\n' | grep -c '\"action\"'")
            try tmux.waitFor("2")
        }
    }

    @Test("production wants its name typed, and nothing less does")
    func protected() throws {
        try with { tmux in
            try start(tmux, "pods ledger @production")
            try tmux.press("j", "R", "Enter")
            try tmux.waitFor("type production to go ahead", seconds: 30)
            try tmux.press("Enter")
            try tmux.waitFor("! type production to go ahead")
            try tmux.paste("production")
            try tmux.waitFor("pasted text does not count here")
            try tmux.type("production")
            try tmux.waitFor("✔ matches")
            try tmux.press("Enter")
            try tmux.wait(60, what: "the end of the restart") { $0.contains("✔ pod/") }
        }
    }

    @Test("an edit goes through the person's own editor and is shown before it is sent")
    func edit() throws {
        try with { tmux in
            let editor = #"EDITOR="sed -i 's/^  replicas: .*/  replicas: 4/'""#
            try start(tmux, "deploy ledger", editor)
            try tmux.press("e")
            try tmux.wait(30, what: "the difference") { screen in
                screen.contains("+   replicas: 4") && screen.contains("enter goes ahead")
            }
            try tmux.press("Enter")
            try tmux.wait(30, what: "the end of the edit") { $0.contains("✔") && $0.contains("u: ") }
        }
    }

    @Test("an interrupt in the editor ends the editor, not midwatch")
    func interrupted() throws {
        try with { tmux in
            try start(tmux, "deploy ledger", #"EDITOR="sh -c 'kill -INT 0; exec sleep 30'""#)
            try tmux.press("e")
            try tmux.wait(30, what: "a refusal") { $0.contains("✖") && $0.contains("edit deployment") }
            try tmux.press("q", "C-c", "C-c")
            try tmux.waitFor("code 0")
        }
    }
}
