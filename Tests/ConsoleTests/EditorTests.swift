import Canvas
import Foundation
import Model
import PaneKit
import Testing

@testable import Console

@Suite("The person's editor")
struct EditorTests {
    private static let request = EditorRequest(path: "/run/my file.yaml", line: 7, problem: "line 7")

    private func words(_ variables: [String: String], line: Int = 7) -> [String] {
        EditorCommand(EditorRequest(path: "/run/my file.yaml", line: line), variables: variables).words
    }

    @Test("is $KUBE_EDITOR, then $EDITOR, then vi")
    func choice() {
        #expect(words(["KUBE_EDITOR": "nano", "EDITOR": "vim"]) == ["nano", "+7", "/run/my file.yaml"])
        #expect(words(["KUBE_EDITOR": " ", "EDITOR": "vim"]) == ["vim", "+7", "/run/my file.yaml"])
        #expect(words([:]) == ["vi", "+7", "/run/my file.yaml"])
    }

    @Test("keeps its own arguments, quoted ones whole, and nothing in it is a shell's")
    func arguments() {
        #expect(
            words(["EDITOR": "/opt/my editor/code --wait"], line: 1)
                == ["/opt/my", "editor/code", "--wait", "/run/my file.yaml"])
        #expect(
            words(["EDITOR": "'/opt/my editor/nvim' -u NONE; rm"])
                == ["/opt/my editor/nvim", "-u", "NONE;", "rm", "+7", "/run/my file.yaml"])
    }

    @Test("is given no line where it might take it for a file")
    func line() {
        #expect(words(["EDITOR": "code --wait"]) == ["code", "--wait", "/run/my file.yaml"])
        #expect(words(["EDITOR": "vim"], line: 1) == ["vim", "/run/my file.yaml"])
    }

    @Test("runs with the screen given back, and its exit code goes on")
    func runs() {
        let update = FeedUpdate(
            .action("sandbox", ActionID(1)),
            change: .action(ActionState(SheetDriver.action(.edit), .needsEditor(Self.request.first))))
        let stage = Stage([
            { $0.terminal.waiting = [.key(Key("R"))] }, { $0.updates = [update] },
            { #expect($0.performed.last == .order(ActionID(1), .edited(status: 3))) },
        ])
        let pane = ScriptedPane.descriptor(
            "alpha",
            .init(
                rows: [Command("edit", "edit", help: "edit it", keys: ["R"], group: "Change")],
                effects: ["edit": [.act(SheetDriver.action(.edit))]]))
        let console = Console(
            settings: .plain, panes: [pane], world: .twoEnvironments, scope: Scope(environments: ["sandbox"]))
        var wasLeft = false
        var asked: [String] = []
        MainLoop(
            console: console, terminal: stage.terminal, inbox: stage, effects: stage, now: { stage.now },
            wait: { _, seconds in stage.wait(seconds) }, variables: ["EDITOR": "vim"],
            runProgram: { words in
                wasLeft = stage.terminal.isLeft
                asked = words
                return 3
            }
        ).run()
        #expect(wasLeft)
        #expect(!stage.terminal.isLeft)
        #expect(asked == ["vim", "/run/my file.yaml"])
    }

    // The program itself.

    @Test("a program's exit code is its own")
    func exitCode() { #expect(ForegroundProgram.run(["sh", "-c", "exit 7"]) == 7) }

    @Test("a program that a signal ended says which")
    func signalled() { #expect(ForegroundProgram.run(["sh", "-c", "kill -TERM $$"]) == 143) }

    @Test("a program that is not there is 127, as a shell has it")
    func missing() { #expect(ForegroundProgram.run(["/nowhere/editor"]) == 127) }

    @Test("a program inherits no connection")
    func descriptors() {
        let count = "[ $(ls /proc/self/fd | wc -l) -le 4 ]"
        #expect(ForegroundProgram.run(["sh", "-c", count]) == 0)
    }
}

extension EditorRequest {
    /// The same, as it is asked for the first time.
    fileprivate var first: EditorRequest { EditorRequest(path: path) }
}

@Suite("Files with documents")
struct DocumentFileTests {
    private func loop(_ line: String, read: @escaping (String) throws -> String) -> Stage {
        let stage = Stage([{ $0.terminal.waiting = line.map { .key(Key($0)) } + [.key(Key(.enter))] }, { _ in }])
        let console = Console(
            settings: .plain, panes: [ScriptedPane.descriptor("alpha")], world: .twoEnvironments,
            scope: Scope(environments: ["sandbox"]))
        MainLoop(
            console: console, terminal: stage.terminal, inbox: stage, effects: stage, now: { stage.now },
            wait: { _, seconds in stage.wait(seconds) }, readFile: read
        ).run()
        return stage
    }

    @Test(":apply proposes what is in the file")
    func apply() {
        let stage = loop(":apply ./ledger.yaml") { path in "kind: ConfigMap # \(path)" }
        let action = Action(
            .apply(manifest: "kind: ConfigMap # ./ledger.yaml", force: false), on: [], in: "sandbox")
        #expect(stage.performed.contains(.order(ActionID(1), .plan(action))))
    }

    @Test("a file that cannot be read says why")
    func missing() {
        let stage = loop(":create /nowhere/x.yaml") { try DocumentFile.read($0) }
        #expect(stage.terminal.rows[22] == " !! could not read /nowhere/x.yaml: no such file or directory")
    }

    @Test("a folder is no file")
    func folder() {
        #expect { try DocumentFile.read("/") } throws: {
            ($0 as? DocumentFile.Failure)?.reason == "it is no ordinary file"
        }
    }

    @Test("apply without a file asks for one")
    func nothing() {
        let driver = ConsoleDriver(press: ":apply<enter>")
        #expect(driver.message == " ! apply what? :apply FILE")
    }
}
