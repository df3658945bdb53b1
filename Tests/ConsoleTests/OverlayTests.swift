import Canvas
import Model
import PaneKit
import TestSupport
import Testing

@testable import Console

@Suite("Help and palette")
struct OverlayTests {
    private static let pane = ScriptedPane.descriptor(
        "alpha",
        .init(rows: [
            Command("describe", "describe", help: "facts and events", keys: ["d"], group: "Object", weight: 80),
            Command("shell", "shell", help: "a shell in the container", keys: ["s"], group: "Object").disabled(
                "no pod is selected"),
        ]))

    @Test("help shows every row by group") func help() {
        expectGolden(ConsoleDriver(panes: [Self.pane], press: "?").frame, "help")
    }

    @Test("help has two columns where there is room")
    func wideHelp() {
        expectGolden(ConsoleDriver(panes: [Self.pane], width: 130, height: 16, press: "?").frame, "help-wide")
    }

    @Test("help is searched after a slash")
    func search() {
        var driver = ConsoleDriver(panes: [Self.pane], press: "?/shell")
        #expect(driver.rows[4] == " Object")
        #expect(driver.rows[5] == "  s               a shell in the container (no pod is selected)")
        #expect(driver.rows[6] == "")
        driver.press("<escape><escape>")
        #expect(driver.rows[2] == "alpha line 0")
    }

    @Test("where help and reason do not fit, the reason is shown")
    func narrowHelp() {
        let driver = ConsoleDriver(panes: [Self.pane], width: 50, press: "?/shell<enter>")
        #expect(driver.rows[5] == "  s               shell: no pod is selected")
    }

    @Test("the palette finds a command by its words and runs it")
    func palette() {
        var driver = ConsoleDriver(panes: [Self.pane], press: "<ctrl-p>des")
        expectGolden(driver.frame, "palette")
        driver.press("<enter>")
        #expect(driver.rows[3] == " describe")
    }

    @Test("what cannot be used stands last in the palette, with its reason")
    func greyed() {
        let driver = ConsoleDriver(panes: [Self.pane], press: "<ctrl-p>shell")
        #expect(driver.rows.contains { $0.contains("shell") && $0.contains("no pod is selected") })
        var chosen = driver
        chosen.press("<enter>")
        #expect(chosen.message == " ! shell: no pod is selected" || chosen.effects.last == .suspend)
    }

    @Test("escape closes the palette") func close() {
        #expect(ConsoleDriver(press: "<ctrl-p>x<escape>").rows[2] == "alpha line 0")
    }
}
