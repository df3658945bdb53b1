import Model
import PaneKit
import Testing

struct RowFilterTests {
    private func names(_ filter: String) -> [String] {
        var table = TableFixture([
            TableFixture.pod("ledger-api-1", status: "Running"),
            TableFixture.pod("ledger-db-0", status: "CrashLoopBackOff", restarts: "12"),
            TableFixture.pod("mailer", namespace: "notify", status: "Error"),
        ])
        table.view.setFilter(RowFilter(filter), in: table.world)
        return table.names
    }

    @Test("a word is found in any cell, in any case")
    func word() { #expect(names("crash") == ["ledger-db-0"]) }

    @Test("a capital letter makes the case count")
    func smartCase() { #expect(names("Ledger") == []) }

    @Test("all words must be found")
    func words() { #expect(names("ledger running") == ["ledger-api-1"]) }

    @Test("! takes away")
    func negation() { #expect(names("!ledger") == ["mailer"]) }

    @Test("slashes make a regular expression, blanks inside it included")
    func regex() { #expect(names("/api-[0-9]$/") == ["ledger-api-1"]) }

    @Test("-f finds letters in order")
    func fuzzy() { #expect(names("-f lgdb") == ["ledger-db-0"]) }

    @Test("a column can be asked by the beginning of its title")
    func column() { #expect(names("stat:error") == ["mailer"]) }

    @Test("several words for one column are alternatives")
    func alternatives() { #expect(names("STATUS:Crash STATUS:Error") == ["mailer", "ledger-db-0"]) }

    @Test("a column's word can be taken away on either side of the colon")
    func negatedColumn() {
        #expect(names("STATUS:!Running") == ["mailer", "ledger-db-0"])
        #expect(names("!STATUS:Running") == ["mailer", "ledger-db-0"])
        #expect(names("STATUS:!/^Run ?/") == ["mailer", "ledger-db-0"])
    }

    @Test("a column can be excluded")
    func columnNegation() { #expect(names("!ns:notify") == ["ledger-api-1", "ledger-db-0"]) }

    @Test("-l is kept for the server")
    func labels() {
        let filter = RowFilter("-l app=web api -l tier=front")
        #expect(filter.labelSelector == "app=web,tier=front")
        #expect(!filter.isEmpty)
    }

    @Test("a broken expression is said, and the other words still work")
    func broken() {
        #expect(RowFilter("/(/ api").problem?.hasPrefix("(: ") == true)
        #expect(names("/(/ api") == ["ledger-api-1"])
    }

    @Test("a lone slash, being typed, hides nothing")
    func loneSlash() { #expect(names("/").count == 3) }
}
