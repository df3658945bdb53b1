import Foundation
import Testing

/// The demo program of these tests, built beside them.
private let demo: String? = {
    let folder = URL(fileURLWithPath: ProcessInfo.processInfo.arguments[0]).deletingLastPathComponent()
    let candidates = [
        folder, Bundle.main.bundleURL, URL(fileURLWithPath: #filePath + "/../../../.build/debug").standardized,
    ]
    return candidates.map { $0.appendingPathComponent("terminal-demo").path }
        .first { FileManager.default.isExecutableFile(atPath: $0) }
}()

@Suite(
    "On a real terminal", .enabled(if: Tmux.path != nil && demo != nil, "needs tmux and the demo program"), .serialized)
struct TerminalTests {
    private let tmux: Tmux
    private let program = demo ?? ""

    init() throws { tmux = try Tmux() }

    /// Runs a test's steps and ends the server whatever comes.
    private func with(_ steps: (Tmux) throws -> Void) throws {
        defer { tmux.end() }
        try steps(tmux)
    }

    /// Starts the demo with TERM set and waits for its first frame. The shell's modes are printed before and after.
    private func start(_ tmux: Tmux, term: String = "xterm-256color", _ more: String = "") throws {
        try tmux.enter(
            "stty -a >before; TERM=\(term) \(more) \(program); echo code $?; stty -a | cmp before - && printf 'modes %s' kept"
        )
        try tmux.waitFor("first pane")
    }

    @Test("draws on the alternate screen, and quitting brings the shell's back")
    func quit() throws {
        try with { tmux in
            try tmux.enter("echo before it")
            try start(tmux)
            #expect(try tmux.ask("#{alternate_on}") == "1")
            #expect(try tmux.ask("#{cursor_flag}") == "0")
            try tmux.press("q")
            try tmux.waitFor("quit midwatch? y/n")
            try tmux.press("y")
            let screen = try tmux.waitFor("modes kept")
            #expect(screen.contains("before it") && screen.contains("the demo has ended") && screen.contains("code 0"))
            #expect(try tmux.ask("#{alternate_on}") == "0")
            #expect(try tmux.ask("#{cursor_flag}") == "1")
            #expect(try tmux.ask("#{mouse_any_flag}") == "0")
        }
    }

    @Test("keys, arrows and wide characters arrive and are drawn")
    func keys() throws {
        try with { tmux in
            try start(tmux)
            #expect(try tmux.screen().contains("日本語 é ● ─"))
            try tmux.press("/")
            try tmux.waitFor("enter accept")
            try tmux.press("a", "日", "Left", "b")
            try tmux.waitFor("/ab日")
            try tmux.press("Enter")
            try tmux.waitFor(#"last: accepted("ab日")"#)
            try tmux.press("Tab")
            try tmux.waitFor("second pane")
        }
    }

    @Test("follows the window's size, down to 20×5 and up again")
    func resize() throws {
        try with { tmux in
            try start(tmux)
            try tmux.resize(20, 5)
            try tmux.waitFor("first pane 20x2")
            try tmux.resize(120, 40)
            try tmux.waitFor("first pane 120x36")
        }
    }

    @Test("ctrl-z gives the shell its screen, fg takes it again at the size it then has")
    func suspend() throws {
        try with { tmux in
            try tmux.enter("set -m")
            try start(tmux)
            try tmux.press("C-z")
            try tmux.waitFor("Stopped")
            #expect(try tmux.ask("#{alternate_on}") == "0")
            try tmux.resize(100, 30)
            try tmux.enter("fg")
            try tmux.waitFor("first pane 100x26")
            #expect(try tmux.ask("#{alternate_on}") == "1")
        }
    }

    @Test("a signal to end restores the screen", arguments: [(SIGTERM, 143), (SIGHUP, 129), (SIGINT, 130)])
    func end(_ signal: Int32, _ code: Int) throws {
        try with { tmux in
            try start(tmux)
            let number = try #require(try tmux.screen().firstMatch(of: /process (\d+)/)?.1)
            kill(try #require(pid_t(number)), signal)
            let screen = try tmux.waitFor("modes kept")
            #expect(screen.contains("the demo has ended\ncode \(code)\n"), "\(screen)")
            #expect(try tmux.ask("#{alternate_on}") == "0")
        }
    }

    @Test("a trap restores the screen, and its message is read there", arguments: ["!", "@"])
    func crash(_ key: String) throws {
        try with { tmux in
            try start(tmux, "SWIFT_BACKTRACE=enable=no")
            try tmux.press(key)
            try tmux.waitFor("modes kept")
            #expect(try tmux.ask("#{alternate_on}") == "0")
            #expect(try tmux.ask("#{cursor_flag}") == "1")
            #expect(try tmux.screen(withHistory: true).contains(key == "!" ? "trapped on purpose" : "code 134"))
        }
    }

    @Test("exact colours where COLORTERM says so, 256 where TERM does, sixteen, eight, and none on request")
    func colours() throws {
        try with { tmux in
            try start(tmux, "COLORTERM=truecolor")
            try tmux.enter(":theme light")
            try tmux.wait(what: "an exact colour") { _ in
                try tmux.screen(styled: true).contains("\u{1B}[38;2;106;115;125m")
            }
            try tmux.press("C-c", "C-c")
            try tmux.waitFor("modes kept")
            try tmux.enter("clear")
            try start(tmux)
            #expect(try tmux.screen(styled: true).contains("\u{1B}[38;5;245m"))
            #expect(try !tmux.screen(styled: true).contains("38;2;"))
            try tmux.press("C-c", "C-c")
            try tmux.waitFor("modes kept")
            try tmux.enter("clear")
            try start(tmux, "NO_COLOR=1")
            #expect(try tmux.screen(styled: true).firstMatch(of: /\u{1B}\[[0-9;]*(3[0-8]|4[0-8])[;m]/) == nil)
        }
    }

    @Test("a terminal without colours tells the selection by reverse video")
    func mono() throws {
        try with { tmux in
            try start(tmux, term: "vt100")
            #expect(try tmux.screen(styled: true).contains("\u{1B}[7m  line 0 text"))
        }
    }

    @Test("works on a plain screen type and with ASCII only")
    func ascii() throws {
        try with { tmux in
            try tmux.enter("export LC_ALL=C")
            try start(tmux, term: "screen")
            #expect(try tmux.screen().contains("?????? ? * -"))
        }
    }

    @Test("a dumb terminal, an unknown one and none at all are plain errors")
    func refused() throws {
        try with { tmux in
            try tmux.resize(160, 24)
            try tmux.enter(
                "TERM=dumb \(program); TERM=nosuch \(program); TERM= \(program); \(program) </dev/null; \(program) | cat; echo end"
            )
            let screen = try tmux.waitFor("\nend").replacingOccurrences(of: "\n", with: "")
            #expect(screen.contains(#"a terminal of type "dumb" (TERM) cannot place its cursor"#))
            #expect(screen.contains(#"this machine has no description of the terminal type "nosuch" (TERM)"#))
            #expect(screen.contains("TERM is not set; try TERM=xterm-256color"))
            #expect(screen.contains("standard input is not a terminal"))
            #expect(screen.contains("standard output is not a terminal"))
        }
    }

    @Test("a paste in brackets comes in one piece")
    func paste() throws {
        try with { tmux in
            try start(tmux)
            try tmux.press("/")
            try tmux.waitFor("enter accept")
            try tmux.paste("one\ntwo")
            try tmux.waitFor("/one␊two")
        }
    }

    @Test("clicks arrive where they were made")
    func mouse() throws {
        try with { tmux in
            try start(tmux)
            #expect(try tmux.ask("#{mouse_any_flag}") == "1")
            try tmux.type("\u{1B}[<0;11;6M")
            try tmux.waitFor("last: press at 10,3")
        }
    }
}
