import Canvas
import Testing

@testable import TerminalScreen

struct KeyBytesTests {
    /// A key and what xterm-256color's terminfo, or xterm where that is silent, has for it.
    private static let table: [(String, String)] = [
        ("a", "a"), ("é", "é"), ("ctrl-a", "\u{1}"), ("ctrl-z", "\u{1A}"), ("ctrl-space", "\0"), ("ctrl-_", "\u{1F}"),
        ("ctrl-\\", "\u{1C}"), ("alt-b", "\u{1B}b"), ("alt-ctrl-x", "\u{1B}\u{18}"), ("enter", "\r"),
        ("alt-enter", "\u{1B}\r"), ("escape", "\u{1B}"), ("tab", "\t"), ("shift-tab", "\u{1B}[Z"),
        ("backspace", "\u{7F}"), ("alt-backspace", "\u{1B}\u{7F}"), ("delete", "\u{1B}[3~"), ("insert", "\u{1B}[2~"),
        ("up", "\u{1B}[A"), ("ctrl-right", "\u{1B}[1;5C"), ("alt-left", "\u{1B}[1;3D"), ("home", "\u{1B}[H"),
        ("end", "\u{1B}[F"), ("shift-end", "\u{1B}[1;2F"), ("pageup", "\u{1B}[5~"), ("ctrl-pagedown", "\u{1B}[6;5~"),
        ("f1", "\u{1B}OP"), ("f4", "\u{1B}OS"), ("f5", "\u{1B}[15~"), ("f12", "\u{1B}[24~"), ("f13", "\u{1B}[1;2P"),
        ("f20", "\u{1B}[19;2~"), ("shift-f3", "\u{1B}[1;2R"), ("ctrl-f6", "\u{1B}[17;5~"),
    ]

    @Test("keys are sent as xterm sends them", arguments: table)
    func keys(_ written: String, _ bytes: String) throws {
        #expect(String(decoding: KeyBytes.of(try #require(Key(written))), as: UTF8.self) == bytes)
    }

    @Test("a program that asked for it gets its arrows in application mode, but not with modifiers")
    func application() {
        var modes = ScreenModes()
        modes.applicationCursor = true
        #expect(KeyBytes.of(Key(.up), in: modes) == Array("\u{1B}OA".utf8))
        #expect(KeyBytes.of(Key(.home), in: modes) == Array("\u{1B}OH".utf8))
        #expect(KeyBytes.of(Key(.up, .control), in: modes) == Array("\u{1B}[1;5A".utf8))
    }

    @Test("a paste is framed where the program asked for it")
    func bracketed() {
        var modes = ScreenModes()
        modes.bracketedPaste = true
        #expect(pasted("ls\n", modes) == "\u{1B}[200~ls\r\u{1B}[201~")
        #expect(pasted("ls\r\nid", ScreenModes()) == "ls\rid")
    }

    @Test("no pasted text can end its own frame or press keys")
    func hostilePaste() {
        var modes = ScreenModes()
        modes.bracketedPaste = true
        #expect(pasted("a\u{1B}[201~rm -rf /\n", modes) == "\u{1B}[200~arm -rf /\r\u{1B}[201~")
        #expect(pasted("a\u{1B}[20\u{1B}[201~1~b", modes) == "\u{1B}[200~a[201~b\u{1B}[201~")
        #expect(pasted("a\u{3}b\u{9B}201~c\u{7F}\td", modes) == "\u{1B}[200~ab201~c\td\u{1B}[201~")
    }

    private func pasted(_ text: String, _ modes: ScreenModes) -> String {
        String(decoding: KeyBytes.paste(text, in: modes), as: UTF8.self)
    }

    @Test("the mouse is reported in the form that was asked for")
    func mouse() {
        let press = MouseEvent(.press, at: Point(x: 4, y: 2))
        let wheel = MouseEvent(.wheelDown, at: Point(x: 4, y: 2))
        var modes = ScreenModes()
        #expect(KeyBytes.mouse(press, in: modes) == [])
        modes.mouse = .clicks
        #expect(KeyBytes.mouse(press, in: modes) == Array("\u{1B}[M %#\u{1B}[M#%#".utf8))
        modes.mouseIsSGR = true
        #expect(KeyBytes.mouse(press, in: modes) == Array("\u{1B}[<0;5;3M\u{1B}[<0;5;3m".utf8))
        #expect(KeyBytes.mouse(wheel, in: modes) == Array("\u{1B}[<65;5;3M".utf8))
    }

    @Test("without the mouse, the wheel moves a full-screen program's cursor")
    func wheel() {
        var modes = ScreenModes()
        modes.isAlternate = true
        let up = MouseEvent(.wheelUp, at: Point(x: 0, y: 0))
        #expect(KeyBytes.mouse(up, in: modes) == Array("\u{1B}[A\u{1B}[A\u{1B}[A".utf8))
    }
}
