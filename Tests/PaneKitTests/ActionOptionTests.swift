import Model
import PaneKit
import Testing

@Suite("Options of actions")
struct ActionOptionTests {
    private static func reference(_ kind: ResourceKind) -> ObjectReference {
        ObjectReference(environment: "sandbox", kind: kind, namespace: "ledger", name: "one")
    }

    private func action(_ verb: ActionVerb, _ kind: ResourceKind = .pods) -> Action {
        Action(verb, on: [Self.reference(kind)], in: "sandbox")
    }

    @Test("deleting a pod asks for propagation, grace and force")
    func pod() {
        let options = action(.delete(DeleteOptions())).options
        #expect(options.map(\.id) == ["propagation", "grace", "force"])
        #expect(options[0].choices == ["goes after it", "goes before it", "stays (orphaned)"])
        #expect(options[1].choices == ["its own", "1 s", "10 s", "30 s", "2 min"])
    }

    @Test("force is for pods alone")
    func deployment() {
        #expect(action(.delete(DeleteOptions()), .deployments).options.map(\.id) == ["propagation", "grace"])
    }

    @Test("another choice changes that option alone")
    func choosing() {
        let start = action(.delete(DeleteOptions(propagation: .orphan, grace: 30)))
        #expect(start.options.map(\.selected) == [2, 3, 0])
        let forced = start.choosing(1, of: "force")
        #expect(forced.verb == .delete(DeleteOptions(propagation: .orphan, grace: 30, isForced: true)))
        #expect(forced.choosing(0, of: "grace").verb == .delete(DeleteOptions(propagation: .orphan, isForced: true)))
    }

    @Test("a time that is none of the usual ones stands among them")
    func unusual() {
        let options = action(.delete(DeleteOptions(grace: 45))).options
        #expect(options[1].choices == ["its own", "1 s", "10 s", "30 s", "45 s", "2 min"])
        #expect(options[1].selected == 4)
    }

    @Test("a choice that there is not changes nothing")
    func none() {
        let start = action(.delete(DeleteOptions()))
        #expect(start.choosing(7, of: "grace") == start)
        #expect(start.choosing(0, of: "colour") == start)
    }

    @Test("a drain has what kubectl drain has")
    func drain() {
        let start = action(.drain(DrainOptions()), .nodes)
        #expect(start.options.map(\.id) == ["emptydir", "unowned", "daemonsets", "grace", "patience"])
        #expect(start.options.map(\.selected) == [0, 0, 0, 0, 1])
        var options = DrainOptions()
        options.patience = 900
        #expect(start.choosing(2, of: "patience").verb == .drain(options))
    }

    @Test("an apply stops at conflicts until the person wants the fields")
    func apply() {
        let start = Action(.apply(manifest: "a", force: false), on: [], in: "sandbox")
        #expect(start.choosing(1, of: "force").verb == .apply(manifest: "a", force: true))
    }

    @Test("a restart has nothing to choose") func restart() { #expect(action(.restart).options == []) }
}

@Suite("Wrapped text")
struct WrappedTextTests {
    @Test("breaks at blanks") func blanks() {
        #expect(WrappedText.lines("one two three", width: 8) == ["one two", "three"])
    }

    @Test("keeps the text's own lines, empty ones too")
    func ownLines() { #expect(WrappedText.lines("one\n\ntwo", width: 8) == ["one", "", "two"]) }

    @Test("cuts a word that is wider than a line")
    func longWord() { #expect(WrappedText.lines("a abcdefghij b", width: 4) == ["a", "abcd", "efgh", "ij b"]) }

    @Test("counts columns, not characters")
    func wide() { #expect(WrappedText.lines("注意注意", width: 5) == ["注意", "注意"]) }

    @Test("pieces lose no blank") func pieces() {
        #expect(WrappedText.pieces("a  b c", width: 3) == ["a  ", "b c"])
    }

    @Test("a line of one column takes wide signs one by one")
    func narrow() { #expect(WrappedText.lines("注意", width: 1) == ["注", "意"]) }
}
