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

    @Test("subscribes to servers and kinds of its environments at the start")
    func start() {
        #expect(ConsoleDriver().effects == [.subscribe(.server("sandbox")), .subscribe(.kinds("sandbox"))])
    }

    @Test("keys reach the visible pane only")
    func keys() {
        var driver = ConsoleDriver(press: "jj2j")
        #expect(driver.rows[2] == "beta line 1")
        driver.press("1")
        #expect(driver.rows[2] == "alpha line 2")
    }

    @Test("a key that does nothing says so")
    func unknownKey() { #expect(ConsoleDriver(press: "Z").message == " Z does nothing here · ? shows the keys") }
}
