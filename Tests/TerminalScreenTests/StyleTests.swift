import Canvas
import Testing

@testable import TerminalScreen

struct StyleTests {
    private static let orange = Colour.rgb(RGB(255, 135, 0), named: nil)
    private static let table: [(String, CellStyle)] = [
        ("", CellStyle()),
        ("1", CellStyle(.text, on: .plain, .bold)),
        ("1;2;3;4;7", CellStyle(.text, on: .plain, [.bold, .dim, .italic, .underline, .reverse])),
        ("1;2;3;4;7;22;23;24;27", CellStyle()),
        ("21", CellStyle(.text, on: .plain, .underline)),
        ("4:3", CellStyle(.text, on: .plain, .underline)),
        ("4;4:0", CellStyle()),
        ("31", CellStyle(paint: Paint(.named(1)))),
        ("91;102", CellStyle(paint: Paint(.named(9), on: .named(10)))),
        ("31;42;39", CellStyle(paint: Paint(.standard, on: .named(2)))),
        ("31;42;49", CellStyle(paint: Paint(.named(1)))),
        ("31;42;0", CellStyle()),
        ("38;5;9", CellStyle(paint: Paint(.named(9)))),
        ("38;5;208", CellStyle(paint: Paint(orange))),
        ("48;5;208", CellStyle(paint: Paint(.standard, on: orange))),
        ("38;5;244", CellStyle(paint: Paint(.rgb(RGB(128, 128, 128), named: nil)))),
        ("38;2;255;135;0", CellStyle(paint: Paint(orange))),
        ("38:2:255:135:0", CellStyle(paint: Paint(orange))),
        ("38:2::255:135:0", CellStyle(paint: Paint(orange))),
        ("38:5:208;1", CellStyle(.text, on: .plain, .bold, paint: Paint(orange))),
        ("38;2;999;135;0", CellStyle(paint: Paint(orange))),
        ("58;2;1;2;3;31", CellStyle(paint: Paint(.named(1)))),
        ("38;5", CellStyle()), ("38;2;1;2", CellStyle()), ("38", CellStyle()),
        ("38;9;31", CellStyle(paint: Paint(.named(1)))),
        ("38;5;999", CellStyle(paint: Paint(.rgb(RGB(238, 238, 238), named: nil)))),
        ("5;31;77", CellStyle(paint: Paint(.named(1)))),
    ]

    @Test("colours and weights are what the sequence says", arguments: table)
    func styles(_ codes: String, _ style: CellStyle) {
        #expect(screen("\u{1B}[\(codes)mx").cell(0, 0).style == style)
    }

    @Test("what is erased takes the background along and nothing else")
    func erased() {
        let screen = screen("\u{1B}[1;4;31;44mab\u{1B}[K\u{1B}[m")
        #expect(
            screen.cell(1, 0).style
                == CellStyle(.text, on: .plain, [.bold, .underline], paint: Paint(.named(1), on: .named(4))))
        #expect(screen.cell(5, 0).style == CellStyle(paint: Paint(.standard, on: .named(4))))
        #expect(screen.cell(9, 0).isBlank)
    }

    @Test("a line that scrolls in has the background too")
    func scrolledIn() {
        let screen = screen("\u{1B}[44m\r\n\r\n\r\n\r\n\u{1B}[m")
        #expect(screen.cell(3, 3).style == CellStyle(paint: Paint(.standard, on: .named(4))))
        #expect(screen.cell(3, 2).style == CellStyle())
    }

    @Test("reverse video turns the whole screen round, and what is reversed back")
    func reversed() {
        let screen = screen("a\u{1B}[7mb\u{1B}[m\u{1B}[?5h", rows: 2)
        #expect(screen.cell(0, 0).style.attributes == .reverse)
        #expect(screen.cell(1, 0).style.attributes == [])
        #expect(screen.cell(9, 1).style.attributes == .reverse)
    }

    @Test("concealed text takes its place and is not shown")
    func concealed() { #expect(drawn("a\u{1B}[8mbc\u{1B}[28md") == ["a  d"]) }

    @Test("the cursor is hidden and shown as the program asks")
    func cursor() {
        let screen = screen("ab")
        #expect(screen.picture(rows: 4).cursor == Point(x: 2, y: 0))
        _ = screen.say("\u{1B}[?25l")
        #expect(screen.picture(rows: 4).cursor == nil)
    }

    @Test("modes are told to whoever sends keys")
    func modes() {
        let screen = screen("\u{1B}[?1;1002;1004;1006;2004h\u{1B}=\u{1B}[20h")
        var modes = ScreenModes()
        (modes.applicationCursor, modes.applicationKeypad, modes.bracketedPaste) = (true, true, true)
        (modes.mouse, modes.mouseIsSGR, modes.reportsFocus, modes.newLine) = (.drags, true, true, true)
        #expect(screen.modes == modes)
        _ = screen.say("\u{1B}c")
        #expect(screen.modes == ScreenModes())
    }
}
