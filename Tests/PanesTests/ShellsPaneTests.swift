import Canvas
import Model
import PaneKit
import TerminalScreen
import TestSupport
import Testing

@testable import Panes

struct ShellsPaneTests {
    static let one = SessionID(1)

    private static func pod(_ name: String, _ environment: EnvironmentID = "production") -> ObjectReference {
        ObjectReference(environment: environment, kind: .pods, namespace: "ledger", name: name, uid: "uid-\(name)")
    }

    private static func session(
        _ number: Int, _ state: SessionInfo.State = .open, environment: EnvironmentID = "production",
        name: String = "ledger-api-7c9d-2xkqp", sort: String = "shell", command: [String] = ["bash"]
    ) -> SessionInfo {
        SessionInfo(
            id: SessionID(number), object: pod(name, environment), container: "api", sort: sort, command: command,
            state: state, since: Timestamp(seconds: Company.now.seconds - 95))
    }

    private func driver(
        _ sessions: [SessionInfo], width: Int = 80, height: Int = 20, _ output: String? = nil
    ) -> PaneDriver {
        var company = Company(environments: ["production", "sandbox"])
        company.setSessions(sessions)
        if let output {
            let screen = ScreenBuffer(columns: width, rows: height - 1)
            _ = screen.write(Array(output.utf8))
            company.setScreen(Self.one, screen)
        }
        return PaneDriver(ShellsPane(), company, width: width, height: height)
    }

    /// With the first session on the screen.
    private func opened(
        _ state: SessionInfo.State = .open, environment: EnvironmentID = "sandbox", width: Int = 80, height: Int = 20,
        saying output: String? = "$ ls\r\nbin  etc  usr\r\n$ "
    ) -> PaneDriver {
        var driver = driver([Self.session(1, state, environment: environment)], width: width, height: height, output)
        driver.send(.go(.session(Self.one)))
        return driver
    }

    private static let several = [
        session(1), session(2, .exited(code: 3), environment: "sandbox", name: "gateway-5f6b-kk2lm"),
        session(3, .failed(reason: "connection reset by peer"), name: "scorer-0", sort: "attach", command: []),
        session(4, .opening, environment: "sandbox", name: "決済-0", command: ["sh", "-c", "tail -f /var/log/messages"]),
        session(5, .exited(code: 0), name: "ledger-db-0"),
    ]

    @Test("the list says of each how it is, with its exit code")
    func list() { expectGolden(driver(Self.several, width: 120).frame, "shells-list-120x20") }

    @Test("the list on a small screen keeps what matters most")
    func smallList() { expectGolden(driver(Self.several, width: 20, height: 5).frame, "shells-list-20x5") }

    @Test("without any shell the pane says how to open one")
    func empty() { expectGolden(driver([]).frame, "shells-empty-80x20") }

    @Test("a shell's screen stands under a line that says where it is")
    func shell() { expectGolden(opened().frame, "shell-80x20") }

    @Test("in a protected environment the line is the colour of danger")
    func protected() {
        expectGolden(opened(environment: "production", width: 80, height: 24).frame, "shell-protected-80x24")
    }

    @Test("colours, wide characters and marks of a program are shown as it wants them")
    func colours() {
        let output =
            "\u{1B}[1;31mred\u{1B}[0m \u{1B}[44;33myellow on blue\u{1B}[0m \u{1B}[38;2;1;2;3mexact\u{1B}[0m\r\n"
            + "日本語 e\u{301} \u{1B}[7mreverse\u{1B}[0m \u{1B}[4munder\u{1B}[0m"
        let driver = opened(width: 60, height: 6, saying: output)
        expectGolden(driver.frame, "shell-colours-60x6")
        let cell = driver.frame[5, 1]
        #expect(cell.style.paint == Paint(.named(3), on: .named(4)))
        #expect(driver.frame[20, 1].style.paint.foreground == .rgb(RGB(1, 2, 3), named: nil))
    }

    @Test("a large screen is used whole")
    func large() {
        let lines = (1...60).map { "line \($0)" }.joined(separator: "\r\n")
        expectGolden(opened(width: 200, height: 50, saying: lines).frame, "shell-200x50")
    }

    @Test("a tiny screen still shows the line and the cursor")
    func tiny() { expectGolden(opened(environment: "production", width: 20, height: 5).frame, "shell-20x5") }

    @Test("a shell that is being opened says so")
    func opening() { expectGolden(opened(.opening, saying: nil).frame, "shell-opening-80x20") }

    @Test("a process that ended keeps its picture, with its code under it")
    func exited() { expectGolden(opened(.exited(code: 3)).frame, "shell-exited-80x20") }

    @Test("a container without a shell is told apart from a shell that failed")
    func noShell() { expectGolden(opened(.exited(code: 127), saying: "").frame, "shell-127-80x20") }

    @Test("a connection that was lost keeps its picture")
    func lost() {
        expectGolden(opened(.failed(reason: "connection lost: reset by peer")).frame, "shell-lost-80x20")
    }

    @Test("a shell that was refused says why")
    func refused() {
        let reason = "pods \"ledger-api-7c9d-2xkqp\" is forbidden: User \"ana\" cannot create resource \"pods/exec\""
        expectGolden(opened(.failed(reason: reason), saying: nil).frame, "shell-refused-80x20")
    }

    @Test("opening one tells the program its size, once")
    func size() {
        var driver = opened()
        #expect(driver.effects == [.session(Self.one, .resize(columns: 80, rows: 19))])
        driver.send(.resized)
        #expect(driver.effects == [])
        driver.size = Size(width: 100, height: 30)
        driver.send(.resized)
        #expect(driver.effects == [.session(Self.one, .resize(columns: 100, rows: 29))])
    }

    @Test("keys and pastes go to the program while it lives")
    func typing() {
        var driver = opened()
        #expect(driver.pane.takesKeys(in: driver.context))
        driver.send(.key(Key("x")))
        #expect(driver.effects == [.session(Self.one, .type([0x78]))])
        driver.send(.key(.control("c")))
        #expect(driver.effects == [.session(Self.one, .type([3]))])
        driver.send(.paste("ls\nid"))
        #expect(driver.effects == [.session(Self.one, .type(Array("ls\rid".utf8)))])
    }

    @Test("a megabyte is pasted as one piece")
    func largePaste() {
        var driver = opened()
        driver.send(.paste(String(repeating: "x", count: 1_000_000)))
        #expect(driver.effects == [.session(Self.one, .type([UInt8](repeating: 0x78, count: 1_000_000)))])
    }

    @Test("the program's modes decide how arrows are sent")
    func modes() {
        var driver = opened(saying: "\u{1B}[?1h\u{1B}[?2004h")
        driver.send(.key(Key(.up)))
        #expect(driver.effects == [.session(Self.one, .type(Array("\u{1B}OA".utf8)))])
        driver.send(.paste("a"))
        #expect(driver.effects == [.session(Self.one, .type(Array("\u{1B}[200~a\u{1B}[201~".utf8)))])
    }

    @Test("ctrl-] leads to the list and enter back in")
    func leaving() {
        var driver = opened()
        driver.press("ctrl-]")
        #expect(!driver.pane.takesKeys(in: driver.context))
        #expect(driver.rows[0].hasPrefix("Shells  1 open"))
        driver.press("enter")
        #expect(driver.pane.takesKeys(in: driver.context))
        #expect(driver.effects == [])
    }

    @Test("shift-pageup looks at what has scrolled away, and typing comes back")
    func scrolling() {
        let lines = (1...60).map { "line \($0)" }.joined(separator: "\r\n")
        var driver = opened(height: 20, saying: lines)
        driver.send(.key(Key(.pageUp, .shift)))
        #expect(driver.effects == [])
        #expect(driver.rows[1] == "line 24")
        #expect(driver.rows[0].hasSuffix("18 lines up"))
        driver.send(.key(Key("x")))
        #expect(driver.rows[19] == "line 60")
    }

    @Test("a full-screen program gets shift-pageup itself")
    func fullScreen() {
        var driver = opened(saying: "\u{1B}[?1049h")
        driver.send(.key(Key(.pageUp, .shift)))
        #expect(driver.effects == [.session(Self.one, .type(Array("\u{1B}[5;2~".utf8)))])
    }

    @Test("the wheel scrolls, unless the program asked for the mouse")
    func wheel() {
        let lines = (1...60).map { "line \($0)" }.joined(separator: "\r\n")
        var driver = opened(height: 20, saying: lines)
        driver.send(.mouse(MouseEvent(.wheelUp, at: Point(x: 3, y: 4))))
        #expect(driver.rows[1] == "line 39")
        var other = opened(saying: "\u{1B}[?1000h\u{1B}[?1006h")
        other.send(.mouse(MouseEvent(.wheelUp, at: Point(x: 3, y: 4))))
        #expect(other.effects == [.session(Self.one, .type(Array("\u{1B}[<64;4;4M".utf8)))])
    }

    @Test("closing a live one asks first, and is about the one that was asked about")
    func closing() {
        var driver = driver(Self.several, width: 120)
        driver.press("x")
        let prompt = Prompt(
            "close 1", label: "close bash in ledger-api-7c9d-2xkqp? ",
            completions: [
                Completion("close", detail: "ends bash in ledger-api-7c9d-2xkqp"),
                Completion("keep", detail: "it goes on"),
            ], isChoice: true)
        #expect(driver.effects == [.ask(prompt)])
        driver.press("j")
        driver.send(.prompt("close 1", .accepted("close")))
        #expect(driver.effects == [.session(Self.one, .close)])
    }

    @Test("keeping it does nothing")
    func keeping() {
        var driver = driver(Self.several)
        driver.press("x")
        driver.send(.prompt("close 1", .accepted("keep")))
        #expect(driver.effects == [])
    }

    @Test("enter closes one that is over and goes to the list")
    func closeEnded() {
        var driver = opened(.exited(code: 0))
        #expect(!driver.pane.takesKeys(in: driver.context))
        driver.press("enter")
        #expect(driver.effects == [.session(Self.one, .close)])
        #expect(driver.rows[0].hasPrefix("Shells"))
    }

    @Test("a shell that ends while it is open gives the keys back")
    func ending() {
        var driver = opened()
        driver.company.setSessions([Self.session(1, .exited(code: 137), environment: "sandbox")])
        driver.send(.feed(.sessions, Table.Changes()))
        #expect(!driver.pane.takesKeys(in: driver.context))
        #expect(driver.rows[19] == "▲ exited with 137: killed · enter closes")
        #expect(driver.rows[1] == "$ ls")
    }

    @Test("a session that is taken away leads back to the list")
    func gone() {
        var driver = opened()
        driver.company.setSessions([])
        driver.send(.feed(.sessions, Table.Changes()))
        #expect(driver.rows[0] == "Shells")
    }

    @Test("the cursor stays on its shell when others end or come")
    func cursorStays() {
        var driver = driver(Self.several)
        driver.press("j", "j")
        driver.company.setSessions(Array(Self.several.dropFirst()))
        driver.send(.feed(.sessions, Table.Changes()))
        driver.press("o")
        #expect(driver.effects == [.go(.object(Self.pod("scorer-0"), .describe))])
    }

    @Test("again opens the same program in the same container")
    func again() {
        var driver = opened(.exited(code: 0))
        driver.press("r")
        let verb = ActionVerb.shell(ShellOptions(container: "api", command: ["bash"]))
        let pod = Self.pod("ledger-api-7c9d-2xkqp", "sandbox")
        #expect(driver.effects == [.act(Action(verb, on: [pod], in: "sandbox"))])
    }

    @Test("debug asks for an image and proposes a container beside it")
    func debug() {
        var driver = opened(.exited(code: 127))
        driver.press("b")
        driver.send(.prompt("debug", .accepted("alpine:3")))
        let verb = ActionVerb.debug(DebugOptions(image: "alpine:3", target: "api"))
        let pod = Self.pod("ledger-api-7c9d-2xkqp", "sandbox")
        #expect(driver.effects == [.act(Action(verb, on: [pod], in: "sandbox"))])
    }

    @Test("the screen is copied and saved as text")
    func text() {
        var driver = opened(.exited(code: 0))
        driver.press("c")
        #expect(driver.effects == [.copy("$ ls\nbin  etc  usr\n$\n", what: "the screen of ledger-api-7c9d-2xkqp")])
        driver.press("S")
        #expect(driver.effects == [.save("$ ls\nbin  etc  usr\n$\n", name: "ledger-api-7c9d-2xkqp-shell.txt")])
    }

    @Test("in an empty list every key says why it does nothing")
    func reasons() {
        var driver = driver([])
        driver.press("enter")
        #expect(driver.effects == [.notice(Notice("there is no shell in the list"))])
    }

    /// The pane as a subcommand shows it: one session and nothing else.
    private func alone(_ state: SessionInfo.State = .open) -> PaneDriver {
        var company = Company()
        company.setSessions([Self.session(1, state)])
        return PaneDriver(ShellsPane(only: Self.one), company)
    }

    @Test("a shell that a subcommand opened is there at once, and ctrl-] asks to leave it")
    func only() {
        var driver = alone()
        #expect(driver.effects == [.session(Self.one, .resize(columns: 80, rows: 19))])
        #expect(driver.rows[0].hasSuffix("ctrl-] leaves"))
        driver.press("ctrl-]")
        let choices = [Completion("close", detail: "ends its process"), Completion("keep", detail: "it goes on")]
        #expect(
            driver.effects == [
                .ask(Prompt("close 1", label: "close the shell? ", completions: choices, isChoice: true))
            ])
        driver.send(.prompt("close 1", .accepted("close")))
        #expect(driver.effects == [.session(Self.one, .close), .quit])
    }

    @Test("a shell that a subcommand opened takes the whole program with it when it ends")
    func onlyEnds() {
        var driver = alone()
        driver.company.setSessions([Self.session(1, .exited(code: 3))])
        driver.send(.feed(.sessions, Table.Changes()))
        #expect(driver.effects == [.quit])
    }

    @Test("the tab counts what lives")
    func title() {
        let driver = driver(Self.several)
        #expect(driver.pane.title(in: driver.context) == "Shells 2")
    }
}

extension Company {
    mutating func setSessions(_ sessions: [SessionInfo]) {
        _ = world.apply(FeedUpdate(.sessions, change: .sessions(sessions)))
    }

    mutating func setScreen(_ id: SessionID, _ screen: ScreenBuffer) {
        _ = world.apply(FeedUpdate(.session(id), change: .session(screen)))
    }

    mutating func setForwards(_ forwards: [ForwardInfo]) {
        _ = world.apply(FeedUpdate(.forwards, change: .forwards(forwards)))
    }
}
