import Canvas
import Model
import PaneKit
import Testing

@testable import Console

@Suite("A pane that takes keys")
struct PaneKeysTests {
    private func driver(rows: [Command] = [], _ effects: [String: [Effect]] = [:]) -> ConsoleDriver {
        let shell = ScriptedPane.descriptor("alpha", .init(rows: rows, effects: effects, takesKeys: true))
        return ConsoleDriver(panes: [shell, ScriptedPane.descriptor("beta")])
    }

    @Test("gets every key, ctrl-c and digits too")
    func keys() {
        var driver = driver()
        driver.press("j2<ctrl-c>:<tab>")
        #expect(driver.rows[3...7] == [" key j", " key 2", " key ctrl-c", " key :", " key tab"])
    }

    @Test("gets pastes whole")
    func pastes() {
        var driver = driver()
        driver.handle(.paste("two words"))
        #expect(driver.rows[3] == " paste two words")
    }

    @Test("ctrl-] is the console's, and the only key on the bottom line")
    func leaves() {
        let back = Command("back", "back", help: "to the list", keys: ["ctrl-]"], group: "Go")
        var driver = driver(rows: [back])
        #expect(driver.rows.last?.trimmingPrefix { $0 == " " } == "ctrl-] back to the console")
        driver.press("<ctrl-]>")
        #expect(driver.rows[3] == " back")
    }

    @Test("an open sheet comes first")
    func sheetFirst() {
        let row = Command("restart", "restart", help: "restart it", keys: ["ctrl-]"], group: "Change")
        var driver = driver(rows: [row], ["restart": [.act(SheetDriver.action())]])
        driver.press("<ctrl-]>x")
        #expect(driver.message == " x does nothing here")
        #expect(!driver.rows.contains(" key x"))
    }

    @Test("a bare console gives its pane every line, and asks no server for itself")
    func bare() {
        var settings = ConsoleSettings.plain
        settings.isBare = true
        let shell = ScriptedPane.descriptor("alpha", .init(takesKeys: true))
        var driver = ConsoleDriver(panes: [shell], settings: settings, width: 30, height: 5)
        #expect(driver.effects == [])
        driver.press("a?:q")
        #expect(driver.rows == ["alpha line 0", " key a", " key ?", " key :", " key q"])
        #expect(driver.console.layout.body == Rect(x: 0, y: 0, width: 30, height: 5))
    }
}
