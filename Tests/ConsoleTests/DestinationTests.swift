import Canvas
import Model
import PaneKit
import Testing

@testable import Console

@Suite("Going from pane to pane")
struct DestinationTests {
    private static func panes() -> [PaneDescriptor] {
        let open = Command("open", "open", help: "open", keys: ["enter"], group: "Go")
        let back = Command("back", "back", help: "back", keys: ["escape"], group: "Go")
        return [
            ScriptedPane.descriptor("alpha", .init(rows: [open], effects: ["open": [.go(.alerts(filter: "x"))]])),
            ScriptedPane.descriptor(
                "beta",
                .init(
                    rows: [back], effects: ["back": [.leave]], accepts: { if case .alerts = $0 { true } else { false } }
                )),
        ]
    }

    @Test("a destination opens the first pane that accepts it")
    func go() {
        let driver = ConsoleDriver(panes: Self.panes(), press: "<enter>")
        #expect(driver.rows[2...3] == ["beta line 0", #" go alerts(filter: "x")"#])
    }

    @Test("leaving that pane leads back to the one that sent us")
    func back() { #expect(ConsoleDriver(panes: Self.panes(), press: "<enter><escape>").rows[2] == "alpha line 0") }

    @Test("a destination that no pane shows says so")
    func nowhere() {
        let open = Command("open", "open", help: "open", keys: ["enter"], group: "Go")
        let pane = ScriptedPane.descriptor("alpha", .init(rows: [open], effects: ["open": [.go(.alerts(filter: ""))]]))
        #expect(ConsoleDriver(panes: [pane], press: "<enter>").message == " ! no pane shows this")
    }
}
