import Canvas
import Model
import PaneKit
import TestSupport
import Testing

@testable import Console

@Suite("The : line")
struct PromptTests {
    private static let kinds = ScriptedPane.descriptor(
        "alpha",
        .init(
            completions: [Completion("pods", detail: "po  v1"), Completion("podtemplates", detail: "v1")],
            understands: ["pods": [.notice(Notice("pods it is"))], "po shop": [.notice(Notice("pods of shop"))]]))

    @Test("offers what fits, and shows the rest of the best faintly")
    func offers() { expectGolden(ConsoleDriver(panes: [Self.kinds], press: ":po").frame, "prompt-offers") }

    @Test("tab takes the offers one after the other")
    func tab() {
        var driver = ConsoleDriver(panes: [Self.kinds], press: ":po<tab>")
        #expect(driver.message == " :pods")
        driver.press("<tab>")
        #expect(driver.message == " :podtemplates")
        driver.press("<shift-tab><enter>")
        #expect(driver.message == " pods it is")
    }

    @Test("right takes the suggestion")
    func ghost() { #expect(ConsoleDriver(panes: [Self.kinds], press: ":pod<right><enter>").message == " pods it is") }

    @Test("words and arguments reach the pane that understands them")
    func arguments() {
        #expect(ConsoleDriver(panes: [Self.kinds], press: ":po shop<enter>").message == " pods of shop")
    }

    @Test("an alias stands for its words")
    func alias() {
        var settings = ConsoleSettings.plain
        settings.aliases = ["p": "po shop"]
        #expect(ConsoleDriver(panes: [Self.kinds], settings: settings, press: ":p<enter>").message == " pods of shop")
    }

    @Test("the name of a pane opens it")
    func paneName() { #expect(ConsoleDriver(press: ":beta<enter>").rows[2] == "beta line 0") }

    @Test("an unknown word gets the nearest known one")
    func unknown() {
        #expect(
            ConsoleDriver(press: ":bata<enter>").message
                == " ! bata is no kind, pane or command here · did you mean beta?")
        #expect(ConsoleDriver(press: ":xyzzy<enter>").message == " ! xyzzy is no kind, pane or command here")
    }

    @Test("escape leaves it, and so does backspace on an empty line")
    func leave() {
        #expect(ConsoleDriver(press: ":abc<escape>").message == "")
        #expect(ConsoleDriver(press: ":<backspace>").message == "")
    }

    @Test("up brings former lines, down comes back to what was typed")
    func history() {
        var driver = ConsoleDriver(press: ":ns shop<enter>:ns all<enter>:the<up>")
        #expect(driver.message == " :ns all")
        driver.press("<up>")
        #expect(driver.message == " :ns shop")
        driver.press("<up><down><down>")
        #expect(driver.message.hasPrefix(" :the"))
    }

    @Test("readline's keys edit")
    func editing() {
        var driver = ConsoleDriver(press: ":one two three<ctrl-w><ctrl-w>four<ctrl-a>x<ctrl-e>y")
        #expect(driver.message == " :xone foury")
        driver.press("<left><left><ctrl-k>")
        #expect(driver.message == " :xone fou")
        driver.press("<ctrl-u>z<ctrl-y>")
        #expect(driver.message == " :zxone fou")
    }

    @Test("a paste comes in one piece, its line breaks shown and not obeyed")
    func paste() {
        var driver = ConsoleDriver(press: ":")
        driver.handle(.paste("one\ntwo\u{1B}[2J\n"))
        #expect(driver.message == " :one␊two␛[2J")
    }

    @Test("the text slides when it is longer than the line")
    func slide() {
        let driver = ConsoleDriver(width: 20, height: 10, press: ":abcdefghijklmnopqrstuvwxyz")
        #expect(driver.message == " :<lmnopqrstuvwxyz")
        #expect(driver.frame.cursor == Point(x: 18, y: 8))
    }

    // The console's own words.

    @Test("ctx goes to environments, several at once")
    func environments() {
        let driver = ConsoleDriver(press: ":ctx sandbox,production<enter>")
        #expect(driver.console.scope.environments == ["sandbox", "production"])
        #expect(driver.rows[3] == #" scope ["sandbox", "production"] []"#)
    }

    @Test("an unknown environment gets the nearest known one")
    func unknownEnvironment() {
        #expect(
            ConsoleDriver(press: ":ctx prodution<enter>").message
                == " ! no environment is called prodution · did you mean production?")
    }

    @Test("ctx without a name offers a choice")
    func chooseEnvironment() {
        var driver = ConsoleDriver(press: ":ctx<enter>")
        expectGolden(driver.frame, "choose-environment")
        driver.press("<down><enter>")
        #expect(driver.console.scope.environments == ["production"])
    }

    @Test("ns goes to namespaces, and all to all of them")
    func namespaces() {
        var driver = ConsoleDriver(press: ":ns shop,ledger<enter>")
        #expect(driver.console.scope.namespaces == .some(["ledger", "shop"]))
        driver.press(":ns all<enter>")
        #expect(driver.console.scope.namespaces == .all)
    }

    @Test("theme changes the looks")
    func theme() {
        #expect(ConsoleDriver(press: ":theme other<enter>").console.theme.name == "other")
        #expect(
            ConsoleDriver(press: ":theme othr<enter>").message == " ! no theme is called othr · did you mean other?")
    }

    @Test("names after a comma are completed too")
    func listed() { #expect(ConsoleDriver(press: ":ctx sandbox,p<tab>").message == " :ctx sandbox,production") }

    @Test("q quits") func quit() { #expect(ConsoleDriver(press: ":q<enter>").effects.last == .quit) }
}

@Suite("Lines of input of panes")
struct PanePromptTests {
    private static func pane(_ prompt: Prompt) -> PaneDescriptor {
        let ask = Command("ask", "ask", help: "ask", keys: ["/"], group: "Test")
        return ScriptedPane.descriptor("alpha", .init(rows: [ask], effects: ["ask": [.ask(prompt)]]))
    }

    @Test("a live one reports each change")
    func live() {
        let driver = ConsoleDriver(panes: [Self.pane(Prompt("filter", label: "/", isLive: true))], press: "/ab<enter>")
        #expect(
            driver.rows[3...7] == [
                " ask", #" filter changed("a")"#, #" filter changed("ab")"#, #" filter accepted("ab")"#, "",
            ])
    }

    @Test("escape cancels")
    func cancel() {
        let driver = ConsoleDriver(panes: [Self.pane(Prompt("filter", label: "/"))], press: "/ab<escape>")
        #expect(driver.rows[4] == " filter cancelled")
    }

    @Test("a choice takes what is selected, narrowed by typing")
    func choice() {
        let prompt = Prompt(
            "sort", label: "sort by ", completions: ["Name", "Ready", "Age"].map { Completion($0) }, isChoice: true)
        var driver = ConsoleDriver(panes: [Self.pane(prompt)], press: "/a")
        expectGolden(driver.frame, "choice")
        driver.press("<down><down><enter>")
        #expect(driver.rows[4] == #" sort accepted("Age")"#)
    }

    @Test("a choice that nothing fits stays open")
    func noChoice() {
        let prompt = Prompt("sort", label: "sort by ", completions: [Completion("Name")], isChoice: true)
        let driver = ConsoleDriver(panes: [Self.pane(prompt)], press: "/xx<enter>")
        #expect(driver.console.prompt != nil)
    }

    @Test("the only environment that begins so is meant")
    func onlyOne() {
        var driver = ConsoleDriver(press: ":ctx prod<enter>")
        #expect(driver.console.scope.environments == ["production"])
        driver.press(":ctx x<enter>")
        #expect(driver.message == " ! no environment is called x")
    }

    @Test("a namespace that is not there is said")
    func noNamespace() {
        var driver = ConsoleDriver()
        var delta = TableDelta(reset: [TableColumn(name: "Name")])
        delta.put(TableRow(namespace: "", name: "ledger", cells: ["ledger"]))
        let feed = FeedID.table(TableQuery(environment: "sandbox", kind: .namespaces))
        driver.apply(FeedUpdate(feed, status: FeedStatus(.live), change: .table(delta)))
        driver.press(":ns nowhere<enter>")
        #expect(driver.message == " ! there is no namespace nowhere in sandbox")
        driver.press(":ns led<enter>")
        #expect(driver.console.scope.namespaces == .some(["ledger"]))
    }
}
