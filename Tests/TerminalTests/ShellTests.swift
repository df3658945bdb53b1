import Foundation
import Testing

@Suite(
    "Shells on a real terminal", .enabled(if: Tmux.path != nil && midwatch != nil, "needs tmux and the program"),
    .serialized)
struct ShellTests {
    private let tmux: Tmux
    private let program = midwatch ?? ""

    init() throws { tmux = try Tmux(width: 100, height: 28) }

    private func with(_ steps: (Tmux) throws -> Void) throws {
        defer { tmux.end() }
        try steps(tmux)
    }

    /// Nothing of the person's is read or written.
    private let own = "HOME=$PWD XDG_STATE_HOME=$PWD XDG_CONFIG_HOME=$PWD TERM=xterm-256color"

    @Test("a shell lives on while the person looks elsewhere, and says how it ended")
    func shell() throws {
        try with { tmux in
            try tmux.enter("\(own) \(program) demo --scenario calm --no-mouse -c 'pods ledger'; echo code $?")
            try tmux.waitFor("RESTARTS", seconds: 60)
            try tmux.press("s")
            try tmux.waitFor("root@", seconds: 30)
            try tmux.enter("stty size; printf '\\033[31mred\\033[m %s\\n' $((6*7))")
            try tmux.waitFor("red 42")
            try tmux.waitFor("23 100")
            #expect(try tmux.screen(styled: true).contains("\u{1B}[31mred\u{1B}[39m 42"))
            try tmux.press("C-]")
            try tmux.waitFor("1 open")
            try tmux.press("Enter")
            try tmux.waitFor("red 42")
            try tmux.resize(80, 20)
            try tmux.enter("clear; stty size")
            try tmux.waitFor("15 80")
            try tmux.enter("exit 3")
            try tmux.waitFor("exited with 3 · enter closes")
            try tmux.press("Enter")
            try tmux.waitFor("No shells")
        }
    }

    @Test("ctrl-c stops a flood")
    func flood() throws {
        try with { tmux in
            try tmux.enter("\(own) \(program) demo --scenario calm --no-mouse -c 'pods ledger'; echo code $?")
            try tmux.waitFor("RESTARTS", seconds: 60)
            try tmux.press("s")
            try tmux.waitFor("root@", seconds: 30)
            try tmux.enter("yes")
            try tmux.waitFor("y\ny\ny\ny\n")
            try tmux.press("C-c")
            try tmux.wait(30, what: "the prompt again") { $0.contains("^C\nroot@") }
        }
    }

    @Test("exec -it takes the whole screen, passes the exit code on and leaves what was written")
    func exec() throws {
        try with { tmux in
            try tmux.enter("\(own) \(program) simulate --scenario calm --folder sim >served & ")
            try tmux.enter("until grep -q jenkins served; do sleep 0.1; done; clear; echo serv''ing")
            try tmux.waitFor("serving", seconds: 60)
            try tmux.enter(
                "\(program) exec -it --kubeconfig sim/kubeconfig --context sandbox -n ledger event-log-0; echo code $?; kill $!"
            )
            try tmux.waitFor("ctrl-] leaves", seconds: 30)
            try tmux.waitFor("root@event-log-0")
            try tmux.enter("echo left $((40+2)); exit 7")
            let screen = try tmux.waitFor("code 7")
            #expect(screen.contains("left 42"))
            #expect(!screen.contains("ctrl-] leaves"))
        }
    }
}
