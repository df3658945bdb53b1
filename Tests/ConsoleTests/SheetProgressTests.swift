import Canvas
import Model
import PaneKit
import TestSupport
import Testing

@testable import Console

@Suite("The action sheet from the first request on")
struct SheetProgressTests {
    private static let id = ActionID(1)

    // Running and its end.

    @Test("what is under way is shown object by object")
    func running() {
        var sheet = SheetDriver()
        sheet.say(
            .running(
                sheet.progress([
                    .done("its successor is ready"), .working("deleted, waiting for its successor"), .waiting,
                    .failed("429 Too Many Requests: Cannot evict pod as it would violate the pod's disruption budget."),
                    .unknown("the connection was lost"),
                ])))
        expectGolden(sheet.frame, "sheet-running")
    }

    @Test("escape puts it in the background with a line that goes on, and a key brings it back")
    func background() {
        var sheet = SheetDriver()
        sheet.say(.running(sheet.progress([.done(""), .working("waiting"), .waiting])))
        sheet.press("<escape>")
        #expect(
            sheet.driver.message == " ▶ restart 3 pods: 1 of 3 done · 14 s · ctrl-g shows it")
        sheet.press("j")
        #expect(sheet.rows[2] == "alpha line 1")
        sheet.press("<ctrl-g>")
        #expect(sheet.rows.contains { $0.contains("deleted") || $0.contains("▶ pod/ledger-api-1") })
    }

    @Test("s stops what has not begun")
    func stops() {
        var sheet = SheetDriver()
        sheet.say(.running(sheet.progress([.working(""), .waiting])))
        _ = sheet.takeEffects()
        sheet.press("s")
        #expect(sheet.takeEffects() == [.order(Self.id, .stop)])
        var progress = sheet.progress([.working("waiting for its successor"), .waiting])
        progress.isStopping = true
        sheet.say(.running(progress))
        #expect(
            sheet.rows.contains {
                $0.hasPrefix(" stopping; what has begun goes on to its end · 0 of 2 done")
            })
    }

    @Test("five hundred objects follow what is under way")
    func many() {
        var sheet = SheetDriver()
        var states = [ActionProgress.State](repeating: .waiting, count: 500)
        for index in 0..<200 { states[index] = .done("ready") }
        states[200] = .working("deleted")
        sheet.say(.running(sheet.progress(states)))
        #expect(sheet.rows.contains { $0.contains("ledger-api-200") })
        sheet.press("<pageup><pageup>")
        #expect(!sheet.rows.contains { $0.contains("ledger-api-200") })
    }

    @Test("at the end failures stand first, with the way back and what can go on")
    func finished() {
        var sheet = SheetDriver()
        sheet.say(
            .finished(
                sheet.report(
                    [.done("ready"), .skipped("stopped"), .failed("404 Not Found"), .unknown("connection lost")],
                    "1 of 4 done, 1 failed, 1 unknown, 1 not begun", undo: sheet.offer(), canContinue: true)))
        expectGolden(sheet.frame, "sheet-finished")
        _ = sheet.takeEffects()
        sheet.press("p")
        #expect(sheet.takeEffects() == [.order(Self.id, .proceed)])
    }

    @Test("what ends in the background says so in a line")
    func finishedBehind() {
        var sheet = SheetDriver()
        sheet.say(.running(sheet.progress([.working("")])))
        sheet.press("<escape>")
        sheet.say(.finished(sheet.report()))
        #expect(sheet.driver.message == " restarted 1 of 1 pods")
    }

    // The way back.

    @Test("u takes the way back while it is offered, through a sheet like any other")
    func undo() {
        var sheet = SheetDriver()
        sheet.say(.finished(sheet.report(undo: sheet.offer())))
        sheet.press("<enter>")
        _ = sheet.takeEffects()
        #expect(sheet.driver.message == " u: scale back to 3 (48 s left)")
        sheet.press("u")
        #expect(sheet.takeEffects() == [.order(ActionID(2), .plan(SheetDriver.action(.scale(replicas: 3))))])
        // Looking at it is not taking it.
        sheet.press("<escape>")
        _ = sheet.takeEffects()
        sheet.press("u")
        #expect(sheet.takeEffects() == [.order(ActionID(3), .plan(SheetDriver.action(.scale(replicas: 3))))])
    }

    @Test("the way back is over when its time is")
    func undoOver() {
        var sheet = SheetDriver()
        sheet.say(.finished(sheet.report(undo: sheet.offer(seconds: 5))))
        sheet.press("<enter>")
        sheet.driver.pass(seconds: 6)
        #expect(sheet.driver.message == "")
        sheet.press("u")
        #expect(sheet.driver.message == " ! undo: there is nothing to take back now")
    }

    // Several at once.

    @Test("several actions run beside each other and are listed")
    func several() {
        var sheet = SheetDriver()
        sheet.say(.running(sheet.progress([.working("waiting")])))
        sheet.press("<escape>R")
        sheet.say(.running(sheet.progress([.working("waiting")])), number: 2)
        sheet.press("<escape>:actions<enter>")
        expectGolden(sheet.frame, "sheet-list")
        sheet.press("<down><enter>")
        #expect(sheet.driver.console.openSheet == Self.id)
    }

    @Test("leaving while something is under way is asked with that word")
    func quitting() {
        var sheet = SheetDriver()
        sheet.say(.running(sheet.progress([.working("waiting")])))
        sheet.press("<escape><ctrl-c>")
        #expect(sheet.driver.message == " an action is under way; quit midwatch? y/n")
    }

    // What was opened.

    @Test("a shell that was opened is gone to")
    func session() {
        var sheet = SheetDriver(
            SheetDriver.action(.shell(ShellOptions())), accepts: { if case .session = $0 { true } else { false } })
        sheet.say(.finished(sheet.report(session: SessionID(4))))
        #expect(sheet.driver.console.openSheet == nil)
        #expect(sheet.rows[4] == " go session(Model.SessionID(number: 4))")
    }

    @Test("a saved forward is opened by an action like any other")
    func savedForward() {
        let row = Command("open", "open", help: "open it", keys: ["o"], group: "Forward")
        let pane = ScriptedPane.descriptor(
            "alpha", .init(rows: [row], effects: ["open": [.forward(SessionID(3), .open)]]))
        var driver = ConsoleDriver(panes: [pane])
        let target = SheetDriver.pod
        driver.apply(
            FeedUpdate(
                .forwards,
                change: .forwards([
                    ForwardInfo(
                        id: SessionID(3), name: "ledger", target: target, pod: "",
                        ports: [.init(local: 8080, remote: "http")], state: .closed, since: .zero)
                ])))
        _ = driver.takeEffects()
        driver.press("o")
        let options = ForwardOptions(ports: [.init(local: 8080, remote: "http")], name: "ledger")
        #expect(
            driver.takeEffects() == [
                .order(ActionID(1), .plan(Action(.forward(options), on: [target], in: "sandbox")))
            ])
    }

    @Test("a shown value is hidden and forgotten when its time is over")
    func revealed() {
        var sheet = SheetDriver(SheetDriver.action(.reveal(key: "password")))
        let value = RevealedValue(key: "password", text: "hunter2", until: Timestamp(seconds: sheet.now.seconds + 30))
        sheet.say(.finished(sheet.report(revealed: value)))
        expectGolden(sheet.frame, "sheet-revealed")
        _ = sheet.takeEffects()
        sheet.driver.pass(seconds: 31)
        #expect(!sheet.rows.contains { $0.contains("hunter2") })
        #expect(sheet.driver.message == " the value is hidden again")
        #expect(sheet.takeEffects() == [.order(Self.id, .forget)])
    }

    @Test("a shown value is forgotten with its sheet")
    func revealedClosed() {
        var sheet = SheetDriver(SheetDriver.action(.reveal(key: "password")))
        let value = RevealedValue(key: "password", text: "hunter2", until: Timestamp(seconds: sheet.now.seconds + 30))
        sheet.say(.finished(sheet.report(revealed: value)))
        _ = sheet.takeEffects()
        sheet.press("<escape>")
        #expect(sheet.takeEffects() == [.order(Self.id, .forget)])
        #expect(sheet.driver.console.world.actions.isEmpty)
        sheet.say(.finished(sheet.report(revealed: value)))
        #expect(sheet.driver.console.world.actions.isEmpty)
    }

    // The editor.

    @Test("the editor is opened when the text is there")
    func editor() {
        var sheet = SheetDriver(SheetDriver.action(.edit))
        _ = sheet.takeEffects()
        let request = EditorRequest(path: "/run/x.yaml")
        sheet.say(.needsEditor(request))
        #expect(sheet.takeEffects() == [.runEditor(request, Self.id)])
    }

    @Test("a text with a mistake is opened again only when the person wants it")
    func editorAgain() {
        var sheet = SheetDriver(SheetDriver.action(.edit))
        let request = EditorRequest(path: "/run/x.yaml", line: 7, problem: "line 7: did not find expected key")
        sheet.say(.needsEditor(request))
        _ = sheet.takeEffects()
        expectGolden(sheet.frame, "sheet-editor")
        sheet.press("<enter>")
        #expect(sheet.takeEffects() == [.runEditor(request, Self.id)])
    }
}
