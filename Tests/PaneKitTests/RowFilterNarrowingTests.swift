import Testing

@testable import PaneKit

@Suite("A filter that grows")
struct RowFilterNarrowingTests {
    private func narrows(_ filter: String, _ former: String) -> Bool { RowFilter(filter).narrows(RowFilter(former)) }

    @Test("a longer word, or one more, looks among what passed before")
    func grows() {
        #expect(narrows("pay", "pa"))
        #expect(narrows("repay", "pay"))
        #expect(narrows("pay api", "pay"))
        #expect(narrows("pay", ""))
        #expect(narrows("payM", "pay"))
        #expect(narrows("pay !crash", "pay"))
        #expect(narrows("STATUS:Run pay", "STATUS:Run"))
    }

    @Test("anything else looks at all rows again")
    func doesNot() {
        #expect(!narrows("pa", "pay"))
        #expect(!narrows("", "pay"))
        #expect(!narrows("pay", "payM"))
        #expect(!narrows("paym", "payM"))
        #expect(!narrows("!pay", "!pa"))
        #expect(!narrows("/pay/", "/pa/"))
        #expect(!narrows("-f pay", "-f pa"))
        #expect(!narrows("STATUS:Run STATUS:Crash", "STATUS:Run"))
        #expect(!narrows("STATUS:Run", "pay"))
    }

    @Test("letter by letter gives what the whole word gives at once, there and back")
    func sameRows() {
        let rows = [
            TableFixture.pod("ledger-api-1", status: "Running"),
            TableFixture.pod("ledger-db-0", status: "CrashLoopBackOff", restarts: "12"),
            TableFixture.pod("mailer", namespace: "notify", status: "Error"),
        ]
        var typed = TableFixture(rows)
        typed.view.setFilter(RowFilter("l"), in: typed.world)
        #expect(typed.names == ["mailer", "ledger-api-1", "ledger-db-0"])
        typed.view.setFilter(RowFilter("le"), in: typed.world)
        typed.view.setFilter(RowFilter("led"), in: typed.world)
        typed.view.setFilter(RowFilter("led run"), in: typed.world)
        #expect(typed.names == ["ledger-api-1"])
        typed.view.setFilter(RowFilter("led"), in: typed.world)
        #expect(typed.names == ["ledger-api-1", "ledger-db-0"])
    }
}
