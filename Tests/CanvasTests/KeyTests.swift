import Canvas
import Testing

@Suite("Keys in writing")
struct KeyTests {
    @Test(
        "what is written is what is read",
        arguments: [
            "a", "G", "?", "enter", "escape", "ctrl-d", "alt-x", "shift-tab", "ctrl-space", "f12", "ctrl-alt-left",
            "space", "-", "ctrl--",
        ])
    func round(_ written: String) { #expect(Key(written)?.description == written) }

    @Test("other spellings are understood")
    func spellings() {
        #expect(Key("esc") == Key(.escape))
        #expect(Key("Ctrl-D") == .control("d"))
        #expect(Key("shift-g") == Key("G"))
    }

    @Test("what is no key is refused", arguments: ["", "ctrl-", "ctrl-xx", "f25", "f0", "hello"])
    func refused(_ written: String) { #expect(Key(written) == nil) }
}
