import Canvas
import Model
import PaneKit
import TestSupport
import Testing

@testable import Console

@Suite("The action sheet")
struct SheetTests {
    private static let id = ActionID(1)

    // Restarting in three keys.

    @Test("a proposed action is planned first, and nothing else is sent")
    func proposes() {
        var sheet = SheetDriver()
        #expect(sheet.takeEffects() == [.order(Self.id, .plan(SheetDriver.action()))])
        expectGolden(sheet.frame, "sheet-planning")
    }

    @Test("enter confirms the plan, once")
    func confirms() {
        var sheet = SheetDriver()
        sheet.say(.planned(SheetDriver.plan))
        _ = sheet.takeEffects()
        sheet.press("<enter><enter>")
        #expect(sheet.takeEffects() == [.order(Self.id, .confirm(typed: ""))])
    }

    @Test("an enter that comes before the plan counts when the plan has nothing to say")
    func earlyEnter() {
        var sheet = SheetDriver()
        _ = sheet.takeEffects()
        sheet.press("<enter>")
        #expect(sheet.takeEffects() == [])
        sheet.say(.planned(SheetDriver.plan))
        #expect(sheet.takeEffects() == [.order(Self.id, .confirm(typed: ""))])
    }

    @Test("an early enter does not count where the plan warns")
    func earlyEnterWarned() {
        var sheet = SheetDriver()
        sheet.press("<enter>")
        _ = sheet.takeEffects()
        sheet.say(.planned(SheetDriver.plan(.enter, warnings: ["it has no owner and would not come back"])))
        #expect(sheet.takeEffects() == [])
        expectGolden(sheet.frame, "sheet-early-enter-warned")
        sheet.press("<enter>")
        #expect(sheet.takeEffects() == [.order(Self.id, .confirm(typed: ""))])
    }

    @Test("an early enter does not count where a name is to be typed")
    func earlyEnterProtected() {
        var sheet = SheetDriver(SheetDriver.action(in: "production"))
        sheet.press("<enter>")
        _ = sheet.takeEffects()
        sheet.say(.planned(SheetDriver.plan(.type("production"))))
        #expect(sheet.takeEffects() == [])
    }

    @Test("an early enter does not count in a protected environment, whatever the plan asks for")
    func earlyEnterProtectedEnter() {
        var sheet = SheetDriver(SheetDriver.action(in: "production"))
        sheet.press("<enter>")
        _ = sheet.takeEffects()
        sheet.say(.planned(SheetDriver.plan))
        #expect(sheet.takeEffects() == [])
    }

    @Test("an early enter does not count for what destroys")
    func earlyEnterDestroys() {
        var sheet = SheetDriver(SheetDriver.action(.delete(DeleteOptions())))
        sheet.press("<enter>")
        _ = sheet.takeEffects()
        sheet.say(.planned(SheetDriver.plan))
        #expect(sheet.takeEffects() == [])
    }

    // Confirming.

    @Test("a protected environment wants its name typed, and says live whether it matches")
    func typed() {
        var sheet = SheetDriver(SheetDriver.action(in: "production"))
        sheet.say(.planned(SheetDriver.plan(.type("production"))))
        _ = sheet.takeEffects()
        sheet.press("prod")
        expectGolden(sheet.frame, "sheet-typing")
        sheet.press("<enter>")
        #expect(sheet.takeEffects() == [])
        #expect(sheet.driver.message == " ! type production to go ahead; esc leaves everything as it is")
        sheet.press("uction")
        expectGolden(sheet.frame, "sheet-typed")
        sheet.press("<enter>")
        #expect(sheet.takeEffects() == [.order(Self.id, .confirm(typed: "production"))])
    }

    @Test("a name that does not match says so")
    func mistyped() {
        var sheet = SheetDriver(SheetDriver.action(in: "production"))
        sheet.say(.planned(SheetDriver.plan(.type("production"))))
        sheet.press("prof")
        #expect(sheet.rows.contains { $0.hasSuffix("✖ does not match") })
    }

    @Test("a pasted name does not count")
    func pasted() {
        var sheet = SheetDriver(SheetDriver.action(in: "production"))
        sheet.say(.planned(SheetDriver.plan(.type("production"))))
        _ = sheet.takeEffects()
        sheet.driver.handle(.paste("production"))
        #expect(sheet.driver.message == " ! pasted text does not count here: type it")
        sheet.press("<enter>")
        #expect(sheet.takeEffects() == [])
    }

    @Test("escape leaves everything as it is, and the pane where it was")
    func cancels() {
        var sheet = SheetDriver()
        sheet.say(.planned(SheetDriver.plan))
        _ = sheet.takeEffects()
        sheet.press("<escape>")
        #expect(sheet.takeEffects() == [.order(Self.id, .stop), .order(Self.id, .forget)])
        #expect(sheet.driver.message == " restart pod ledger-api-7c9d-2xkqp: dropped, nothing was changed")
        sheet.press("j")
        #expect(sheet.rows[2] == "alpha line 1")
    }

    @Test("once confirmed it is not said to be dropped, whatever is pressed")
    func confirmedThenEscape() {
        var sheet = SheetDriver()
        sheet.say(.planned(SheetDriver.plan))
        sheet.press("<enter>")
        _ = sheet.takeEffects()
        sheet.press("<escape>")
        #expect(sheet.takeEffects() == [.order(Self.id, .stop)])
        #expect(sheet.driver.message == " asked to stop what has not begun")
        #expect(sheet.driver.console.openSheet == Self.id)
    }

    @Test("keys that mean something in the pane do nothing under a sheet")
    func covered() {
        var sheet = SheetDriver()
        sheet.say(.planned(SheetDriver.plan))
        sheet.press("2")
        #expect(sheet.driver.message == " 2 does nothing here")
        #expect(sheet.rows[2] == "alpha line 0")
    }

    // Refusals.

    @Test("a refusal stands in full with what can be done")
    func refused() {
        var sheet = SheetDriver()
        let reason =
            "pods \"ledger-api-7c9d-2xkqp\" is forbidden: User \"ada\" cannot delete resource \"pods\" in API group \"\" "
            + "in the namespace \"ledger\": only the payments team may"
        sheet.say(.refused(ActionRefusal(.forbidden, reason, hint: "ask for the role ledger-operator")))
        expectGolden(sheet.frame, "sheet-refused")
        _ = sheet.takeEffects()
        sheet.press("<enter>")
        #expect(sheet.takeEffects() == [])
        #expect(!sheet.rows.contains { $0.contains("forbidden") })
    }

    @Test("foreign text cannot leave its cells")
    func foreign() {
        var sheet = SheetDriver()
        sheet.say(.refused(ActionRefusal(.rejected, "no \u{1B}[31mred\u{7} 注意\nsecond line")))
        expectGolden(sheet.frame, "sheet-foreign")
    }

    @Test("what a refusal advises can be typed at once")
    func advice() {
        var sheet = SheetDriver()
        sheet.say(.refused(ActionRefusal(.readOnly, "sandbox is read-only", hint: "lift it with :unlock 15m")))
        sheet.press(":unlock 15m")
        #expect(sheet.driver.message == " :unlock 15m")
        #expect(sheet.driver.console.openSheet == nil)
    }

    // Options.

    @Test("another choice asks for another plan, and the old plan cannot be confirmed meanwhile")
    func options() {
        let first = SheetDriver.action(.delete(DeleteOptions()))
        var sheet = SheetDriver(first)
        sheet.say(.planned(SheetDriver.plan))
        _ = sheet.takeEffects()
        expectGolden(sheet.frame, "sheet-options")
        sheet.press("<right>")
        let second = SheetDriver.action(.delete(DeleteOptions(propagation: .foreground)))
        #expect(sheet.takeEffects() == [.order(Self.id, .plan(second))])
        sheet.say(.planned(SheetDriver.plan), about: first)
        sheet.press("<enter>")
        #expect(sheet.takeEffects() == [])
        sheet.say(.planned(SheetDriver.plan), about: second)
        sheet.press("<enter>")
        #expect(sheet.takeEffects() == [.order(Self.id, .confirm(typed: ""))])
    }

    @Test("tab goes to an option even while a name is typed")
    func optionsTyped() {
        var sheet = SheetDriver(SheetDriver.action(.delete(DeleteOptions()), in: "production"))
        sheet.say(.planned(SheetDriver.plan(.type("production"))))
        _ = sheet.takeEffects()
        sheet.press("pr<left>o<tab><tab><right>")
        var action = SheetDriver.action(.delete(DeleteOptions(grace: 1)), in: "production")
        #expect(sheet.takeEffects() == [.order(Self.id, .plan(action))])
        action.verb = .delete(DeleteOptions(grace: 1))
        sheet.say(.planned(SheetDriver.plan(.type("production"))), about: action)
        expectGolden(sheet.frame, "sheet-options-typed")
    }

    // Differences.

    private static let difference: [DifferenceLine] =
        [
            .init(.place, "spec.template.spec"), .init(.same, "  containers:"),
            .init(.removed, "  - image: ledger:4.1"),
            .init(.added, "  - image: ledger:4.2"),
        ]
        + (0..<40).map { .init(.same, "    line \($0)") }

    @Test("a difference is marked by signs as well as by colour, and scrolls")
    func difference() {
        var sheet = SheetDriver(SheetDriver.action(.undoRollout(revision: 3)))
        var plan = SheetDriver.plan
        plan.headline = "roll ledger-api back to revision 3"
        plan.difference = Self.difference
        sheet.say(.planned(plan))
        expectGolden(sheet.frame, "sheet-difference")
        sheet.press("<pagedown>")
        #expect(sheet.rows.contains { $0.contains("line 25") })
        sheet.press("<pageup><pageup>")
        #expect(sheet.rows.contains { $0.contains("- - image: ledger:4.1") || $0.contains("-   - image: ledger:4.1") })
    }

    // Sizes.

    @Test("a small screen shows what is asked")
    func small() {
        var sheet = SheetDriver(SheetDriver.action(in: "production"), width: 20, height: 5)
        sheet.say(.planned(SheetDriver.plan(.type("production"))))
        sheet.press("prod")
        expectGolden(sheet.frame, "sheet-20x5")
    }

    @Test("a large screen keeps lines short enough to read")
    func large() {
        var sheet = SheetDriver(width: 200, height: 50)
        sheet.say(.planned(SheetDriver.plan(.enter, warnings: ["2 alerts are firing for it: KubePodCrashLooping"])))
        expectGolden(sheet.frame, "sheet-200x50")
    }

    @Test("a terminal without symbols gets signs of ASCII")
    func ascii() {
        var sheet = SheetDriver(unicode: false)
        sheet.say(.running(sheet.progress([.done("ready"), .working("deleted"), .failed("no"), .waiting])))
        expectGolden(sheet.frame, "sheet-ascii")
    }

    @Test("draws at any size without a trap", arguments: 0...6)
    func tiny(_ height: Int) {
        for width in 0...14 {
            var sheet = SheetDriver(
                SheetDriver.action(.delete(DeleteOptions()), in: "production"), width: width, height: height)
            _ = sheet.frame
            sheet.say(.planned(SheetDriver.plan(.type("production"), warnings: ["注意 one"])))
            _ = sheet.frame
            sheet.say(.finished(sheet.report(undo: sheet.offer())))
            _ = sheet.frame
        }
    }
}
