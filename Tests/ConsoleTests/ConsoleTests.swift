import Canvas
import Model
import PaneKit
import TestSupport
import Testing

@testable import Console

@Suite("The console")
struct ConsoleTests {
    @Test("shows tabs, where it is, the pane and the keys that matter")
    func firstScreen() { expectGolden(ConsoleDriver().frame, "first-screen") }

    @Test("draws sanely on a very small screen")
    func small() { expectGolden(ConsoleDriver(width: 20, height: 5).frame, "small-screen") }

    @Test("draws at any size without a trap", arguments: 0...6)
    func tiny(_ height: Int) {
        for width in 0...12 {
            var driver = ConsoleDriver(width: width, height: height)
            _ = driver.frame
            for keys in [":n", "<ctrl-c>", "<ctrl-p>x", "?"] {
                driver = ConsoleDriver(width: width, height: height, press: keys)
                _ = driver.frame
            }
        }
    }

    @Test("keys reach the visible pane only")
    func keys() {
        var driver = ConsoleDriver(press: "jj2j")
        #expect(driver.rows[2] == "beta line 1")
        driver.press("1")
        #expect(driver.rows[2] == "alpha line 2")
    }

    @Test("tab and shift-tab go round")
    func tabKey() {
        var driver = ConsoleDriver(press: "<tab>")
        #expect(driver.rows[2] == "beta line 0")
        driver.press("<tab>")
        #expect(driver.rows[2] == "alpha line 0")
        driver.press("<shift-tab>")
        #expect(driver.rows[2] == "beta line 0")
    }

    @Test("a click on a tab opens it")
    func clickTab() {
        var driver = ConsoleDriver()
        driver.handle(.mouse(MouseEvent(.press, at: Point(x: 12, y: 0))))
        #expect(driver.rows[2] == "beta line 0")
    }

    @Test("a click in the body reaches the pane in its own coordinates")
    func clickBody() {
        var driver = ConsoleDriver()
        driver.handle(.mouse(MouseEvent(.doublePress, at: Point(x: 5, y: 4))))
        #expect(driver.rows[3] == " doublePress 5,2")
    }

    @Test("a key that does nothing says so")
    func unknownKey() { #expect(ConsoleDriver(press: "Z").message == " Z does nothing here · ? shows the keys") }

    @Test("a command that cannot be used says why")
    func disabled() {
        let row = Command("shell", "shell", help: "a shell", keys: ["s"], group: "Pod").disabled("no pod is selected")
        let driver = ConsoleDriver(panes: [ScriptedPane.descriptor("alpha", .init(rows: [row]))], press: "s")
        #expect(driver.message == " ! shell: no pod is selected")
    }

    @Test("a notice goes with the next key, or by itself after eight seconds")
    func noticeGoes() {
        var driver = ConsoleDriver(press: "Zj")
        #expect(driver.message == "")
        driver.press("Z")
        driver.pass(seconds: 7)
        #expect(driver.message != "")
        driver.pass(seconds: 2)
        #expect(driver.message == "")
    }

    @Test("a failure stays until a key is pressed")
    func failureStays() {
        var driver = ConsoleDriver()
        driver.console.show(Notice("the disk is full", .failure))
        driver.pass(seconds: 600)
        #expect(driver.message == " !! the disk is full")
        driver.press("j")
        #expect(driver.message == "")
    }

    @Test("ctrl-c asks, and a second one quits")
    func quit() {
        var driver = ConsoleDriver(press: "<ctrl-c>")
        _ = driver.takeEffects()
        #expect(driver.message == " quit midwatch? y/n")
        driver.press("n")
        #expect(driver.takeEffects() == [])
        #expect(driver.message == "")
        driver.press("<ctrl-c><ctrl-c>")
        #expect(driver.takeEffects() == [.quit])
    }

    @Test("q asks at the root of a pane")
    func leaveRoot() { #expect(ConsoleDriver(press: "q").message == " quit midwatch? y/n") }

    @Test("q goes back in a pane that keeps pages, and out when there are none")
    func leavePane() {
        let back = Command("back", "back", help: "one page back", keys: ["escape"], group: "Go")
        let pane = ScriptedPane.descriptor("alpha", .init(rows: [back], effects: ["back": [.leave]]))
        let driver = ConsoleDriver(panes: [pane], press: "q")
        #expect(driver.rows[3] == " back")
        #expect(driver.message == " quit midwatch? y/n")
    }

    @Test("what is asked of the world outside is passed on")
    func passedOn() {
        var driver = ConsoleDriver(press: "<ctrl-z><ctrl-l><ctrl-r>")
        #expect(
            driver.takeEffects().suffix(4) == [
                .suspend, .invalidate, .refresh(.server("sandbox")), .refresh(.kinds("sandbox")),
            ])
    }

    @Test("the loss of the terminal ends it")
    func closed() {
        var driver = ConsoleDriver()
        _ = driver.takeEffects()
        driver.handle(.closed)
        #expect(driver.takeEffects() == [.quit])
    }

    @Test("pasted text is never read as keys")
    func strayPaste() {
        var driver = ConsoleDriver()
        driver.handle(.paste("jjq"))
        #expect(driver.rows[2] == "alpha line 0")
        #expect(driver.message == " nothing here takes pasted text · : or / open a line of input")
    }
}
