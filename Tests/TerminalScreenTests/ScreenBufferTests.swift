import Canvas
import Testing

@testable import TerminalScreen

struct ScreenBufferTests {
    @Test("each piece that is written makes a new picture")
    func revision() {
        let screen = ScreenBuffer(columns: 80, rows: 24)
        _ = screen.write(Array("a".utf8))
        #expect(screen.revision == 1)
    }

    @Test("lines that leave the screen can be read again")
    func scrollback() {
        let screen = screen("1\r\n2\r\n3\r\n4\r\n5\r\n6", rows: 3)
        #expect(screen.text == ["4", "5", "6"])
        #expect(screen.everything == ["1", "2", "3", "4", "5", "6"])
        #expect(screen.rows == 0..<6)
    }

    @Test("a picture from higher up stays on its rows while more is written")
    func anchored() {
        let screen = screen("1\r\n2\r\n3\r\n4\r\n5", rows: 2)
        _ = screen.say("\r\n6\r\n7")
        let frame = Frame(Size(width: 10, height: 2))
        screen.picture(rows: 2, from: 1).draw(into: frame.region)
        #expect(frame.textRows == ["2", "3"])
    }

    @Test("the alternate screen leaves the main one and its scrollback alone")
    func alternate() {
        let screen = screen("1\r\n2\r\n3", rows: 2)
        _ = screen.say("\u{1B}[?1049hfull\r\nscreen\r\nprogram")
        #expect(screen.everything == ["screen", "program"])
        _ = screen.say("\u{1B}[?1049l")
        #expect(screen.everything == ["1", "2", "3"])
        #expect(screen.cursor == Point(x: 1, y: 1))
    }

    @Test("a narrower screen wraps lines anew and a wider one joins them again")
    func reflow() {
        let screen = screen("abcdefghij\r\nklm", columns: 10, rows: 4)
        screen.resize(columns: 4, rows: 4)
        #expect(screen.everything == ["abcd", "efgh", "ij", "klm"])
        #expect(screen.cursor == Point(x: 3, y: 3))
        screen.resize(columns: 20, rows: 4)
        #expect(screen.everything == ["abcdefghij", "klm"])
        #expect(screen.cursor == Point(x: 3, y: 1))
    }

    @Test("a lower screen keeps what no longer fits and a higher one brings it back")
    func heights() {
        let screen = screen("1\r\n2\r\n3\r\n4", rows: 4)
        screen.resize(columns: 10, rows: 2)
        #expect(screen.text == ["3", "4"])
        #expect(screen.everything == ["1", "2", "3", "4"])
        screen.resize(columns: 10, rows: 4)
        #expect(screen.text == ["1", "2", "3", "4"])
        #expect(screen.cursor == Point(x: 1, y: 3))
    }
}
