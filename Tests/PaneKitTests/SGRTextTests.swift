import Canvas
import PaneKit
import Testing

struct SGRTextTests {
    private func line(_ text: String) -> [StyledLine.Span] { SGRText.line(Array(text.utf8)).spans }

    @Test("colours become roles")
    func colours() {
        #expect(
            line("\u{1B}[32mINFO\u{1B}[0m up") == [
                .init("INFO", CellStyle(.ansi2)), .init(" up", .text),
            ])
    }

    @Test("bold and bright are kept together")
    func attributes() { #expect(line("\u{1B}[1;91mx") == [.init("x", CellStyle(.ansi9, .bold))]) }

    @Test("256 colours and true colour go to the nearest of sixteen")
    func extended() {
        #expect(line("\u{1B}[38;5;196mx") == [.init("x", CellStyle(.ansi9))])
        #expect(line("\u{1B}[38;2;0;0;200mx") == [.init("x", CellStyle(.ansi12))])
    }

    @Test("any other sequence stays as text, to be made visible")
    func others() { #expect(line("\u{1B}]0;title\u{07}") == [.init("\u{1B}]0;title\u{07}", .text)]) }

    @Test("an unfinished sequence stays as text")
    func unfinished() { #expect(line("a\u{1B}[31") == [.init("a\u{1B}[31", .text)]) }

    @Test("tabs go to the next multiple of eight")
    func tabs() { #expect(line("ab\tc") == [.init("ab      c", .text)]) }

    @Test("bytes that are no UTF-8 become replacement characters")
    func invalid() { #expect(SGRText.line([0x61, 0xFF, 0x62]).text == "a\u{FFFD}b") }

    @Test("numbers without bounds do no harm")
    func numbers() {
        #expect(line("\u{1B}[38;2;9223372036854775807;0;0mx") == [.init("x", CellStyle(.ansi9))])
        #expect(line("\u{1B}[38;5;9223372036854775807mx") == [.init("x", CellStyle(.ansi7))])
    }
}
