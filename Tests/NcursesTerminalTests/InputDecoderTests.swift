import Canvas
import Testing

@testable import NcursesTerminal

@Suite("Bytes of a terminal become events")
struct InputDecoderTests {
    private func events(_ bytes: String) -> [InputEvent] {
        var decoder = InputDecoder()
        return decoder.feed(Array(bytes.utf8)) + decoder.flush()
    }

    private func keys(_ bytes: String) -> [String] {
        events(bytes).map { event in
            guard case .key(let key) = event else { return "\(event)" }
            return key.description
        }
    }

    @Test("letters, marks and wide characters are keys") func letters() {
        #expect(keys("aZ5é日") == ["a", "Z", "5", "é", "日"])
    }

    @Test("control letters have their names")
    func controls() {
        #expect(keys("\u{1}\u{4}\u{1A}\u{0}\u{1C}") == ["ctrl-a", "ctrl-d", "ctrl-z", "ctrl-space", "ctrl-\\"])
    }

    @Test("enter, tab and backspace in each of their forms")
    func plain() { #expect(keys("\r\n\t\u{7F}\u{8}") == ["enter", "enter", "tab", "backspace", "backspace"]) }

    @Test("arrows in both modes") func arrows() {
        #expect(keys("\u{1B}[A\u{1B}OB\u{1B}[C\u{1B}OD") == ["up", "down", "right", "left"])
    }

    @Test("modified keys as xterm sends them")
    func modified() {
        #expect(
            keys("\u{1B}[1;5C\u{1B}[1;3A\u{1B}[3;2~\u{1B}[Z") == ["ctrl-right", "alt-up", "shift-delete", "shift-tab"])
    }

    @Test("function keys in each of their forms")
    func functions() { #expect(keys("\u{1B}OP\u{1B}[15~\u{1B}[24~\u{1B}[1;2P") == ["f1", "f5", "f12", "shift-f1"]) }

    @Test("an escape alone is the escape key once nothing follows")
    func escape() {
        var decoder = InputDecoder()
        #expect(decoder.feed([0x1B]).isEmpty)
        #expect(decoder.isWaiting)
        #expect(decoder.flush() == [.key(Key(.escape))])
        #expect(!decoder.isWaiting)
    }

    @Test("escape before a character is alt") func alt() { #expect(keys("\u{1B}x\u{1B}é") == ["alt-x", "alt-é"]) }

    @Test("two escapes and then nothing are one escape each") func twice() {
        #expect(keys("\u{1B}\u{1B}") == ["escape", "escape"])
    }

    @Test("a sequence that comes in pieces is one key")
    func pieces() {
        var decoder = InputDecoder()
        let events = [0x1B, 0x5B, 0x31, 0x3B, 0x35, 0x43].flatMap { decoder.feed([$0]) }
        #expect(events == [.key(Key(.right, .control))])
    }

    @Test("a character that comes in pieces is one key")
    func utf8Pieces() {
        var decoder = InputDecoder()
        let events = Array("日".utf8).flatMap { decoder.feed([$0]) }
        #expect(events == [.key(Key("日"))])
    }

    @Test("bytes that are no UTF-8 are left out") func invalid() {
        var decoder = InputDecoder()
        #expect(decoder.feed([0xFF, 0x61, 0xC3, 0x62, 0x80]) == [.key(Key("a")), .key(Key("b"))])
    }

    @Test("a bracketed paste is one piece, its escapes unread")
    func paste() {
        #expect(events("\u{1B}[200~ls\r\n\u{1B}[A\u{1B}[201~x") == [.paste("ls\r\n\u{1B}[A"), .key(Key("x"))])
    }

    @Test("a paste whose closing bracket comes in pieces")
    func splitPaste() {
        var decoder = InputDecoder()
        let bytes = Array("\u{1B}[200~one two\u{1B}[201~q".utf8)
        #expect(bytes.flatMap { decoder.feed([$0]) } == [.paste("one two"), .key(Key("q"))])
    }

    @Test("a paste that comes in pieces with pauses is not read as keys")
    func slowPaste() {
        var decoder = InputDecoder()
        let before = decoder.feed(Array("\u{1B}[200~delete\n".utf8)) + decoder.flush()
        let after = decoder.feed(Array("y\n\u{1B}[20".utf8)) + decoder.flush() + decoder.feed(Array("1~q".utf8))
        #expect(before == [])
        #expect(after == [.paste("delete\ny\n"), .key(Key("q"))])
    }

    @Test("a paste without its end can be given up, and keys are keys again")
    func lostPaste() {
        var decoder = InputDecoder()
        let lost = decoder.feed(Array("\u{1B}[200~half\u{1B}".utf8)) + decoder.giveUpPaste()
        #expect(lost == [.paste("half\u{1B}")])
        #expect(decoder.feed(Array("q".utf8)) == [.key(Key("q"))])
    }

    @Test("presses and wheel in the form without limits")
    func mouse() {
        #expect(
            events("\u{1B}[<0;130;5M\u{1B}[<0;130;5m\u{1B}[<64;1;1M\u{1B}[<65;2;3M") == [
                .mouse(MouseEvent(.press, at: Point(x: 129, y: 4))),
                .mouse(MouseEvent(.wheelUp, at: Point(x: 0, y: 0))),
                .mouse(MouseEvent(.wheelDown, at: Point(x: 1, y: 2))),
            ])
    }

    @Test("presses in the old form")
    func oldMouse() { #expect(events("\u{1B}[M !\"") == [.mouse(MouseEvent(.press, at: Point(x: 0, y: 1)))]) }

    @Test("replies and unknown sequences are swallowed whole")
    func replies() {
        #expect(
            keys("\u{1B}]11;rgb:00/00/00\u{7}a\u{1B}P1$r0m\u{1B}\\b\u{1B}[?62;4cc\u{1B}[Id") == ["a", "b", "c", "d"])
    }

    @Test("terminfo's own sequences win")
    func table() {
        var decoder = InputDecoder(table: KeyTable { $0 == "kf1" ? Array("\u{1B}[[A".utf8) : nil })
        #expect(decoder.feed(Array("\u{1B}[[A".utf8)) == [.key(Key(.function(1)))])
    }

    @Test("keys that say their code point")
    func codePoints() { #expect(keys("\u{1B}[27;5;13~\u{1B}[97;5u\u{1B}[27u") == ["ctrl-enter", "ctrl-a", "escape"]) }

    @Test("any bytes are taken to the end without a trap")
    func fuzz() {
        var random = SystemRandomNumberGenerator()
        let alphabet: [UInt8] = [
            0x1B, 0x5B, 0x4F, 0x5D, 0x50, 0x3C, 0x3B, 0x30, 0x32, 0x39, 0x7E, 0x4D, 0x6D, 0x41, 0xC3, 0xFF, 0x07, 0x5C,
        ]
        var decoder = InputDecoder()
        for _ in 0..<20_000 {
            _ = decoder.feed(
                (0..<Int(random.next() % 12)).map { _ in
                    random.next() % 3 == 0
                        ? UInt8(truncatingIfNeeded: random.next())
                        : alphabet[Int(random.next() % UInt64(alphabet.count))]
                })
            if random.next() % 4 == 0 {
                _ = decoder.flush()
                #expect(!decoder.isWaiting)
            }
        }
    }
}
