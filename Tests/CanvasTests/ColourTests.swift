import Canvas
import Testing

@Suite("Colours at each depth")
struct ColourTests {
    private let sky = Colour.rgb(RGB(0x5F, 0xAF, 0xFF), named: 12)

    @Test("an exact colour stays exact where it can")
    func direct() {
        let colour = RGB(0x5F, 0xAF, 0xFE)
        #expect(ColourDepth.direct.index(of: .rgb(colour, named: 12)) == .rgb(colour))
    }
    @Test("an exact colour that has a number is written by its number")
    func numbered() { #expect(ColourDepth.direct.index(of: sky) == .palette(75)) }
    @Test("of 256 the cube's nearest is taken") func cube() {
        #expect(ColourDepth.twoHundredFiftySix.index(of: sky) == .palette(75))
    }
    @Test("greys come from the grey ramp")
    func grey() {
        #expect(ColourDepth.twoHundredFiftySix.index(of: .rgb(RGB(0x30, 0x30, 0x30), named: nil)) == .palette(236))
    }
    @Test("of sixteen the one that the theme names is taken") func sixteen() {
        #expect(ColourDepth.sixteen.index(of: sky) == .palette(12))
    }
    @Test("of sixteen the nearest is taken where the theme names none")
    func nearest() { #expect(ColourDepth.sixteen.index(of: .rgb(RGB(250, 10, 10), named: nil)) == .palette(9)) }
    @Test("a named colour is its number") func named() {
        #expect(ColourDepth.twoHundredFiftySix.index(of: .named(9)) == .palette(9))
    }
    @Test("bright colours become dark ones where there are eight") func eight() {
        #expect(ColourDepth.eight.index(of: .named(9)) == .palette(1))
    }
    @Test("without colours everything is the default") func none() {
        #expect(ColourDepth.none.index(of: sky) == .palette(-1))
    }
    @Test("a hexadecimal colour is read") func hex() { #expect(RGB("#0aF010") == RGB(10, 240, 16)) }
    @Test(
        "what is no hexadecimal colour is refused",
        arguments: ["", "#12345", "#1234567", "123456", "#+12345", "#gg0000"])
    func noHex(_ text: String) { #expect(RGB(text) == nil) }
}

@Suite("Palettes")
struct PaletteTests {
    private let palette = Palette(
        roles: [
            .text: TextStyle(.named(7)), .critical: TextStyle(.named(1), on: nil, .bold),
            .danger: TextStyle(.named(15), on: .named(1)),
        ],
        grounds: [
            .plain: TextStyle(nil, on: .named(0)), .bar: TextStyle(nil, on: .named(4)),
            .selection: TextStyle(.named(0), on: .named(3)),
        ])

    @Test("a role on the plain ground") func plain() {
        #expect(palette.style(of: CellStyle(.critical)) == TextStyle(.named(1), on: .named(0), .bold))
    }
    @Test("a ground lies beneath the role's colour") func bar() {
        #expect(palette.style(of: CellStyle(.critical, on: .bar)) == TextStyle(.named(1), on: .named(4), .bold))
    }
    @Test("a ground with a text colour of its own wins") func selection() {
        #expect(palette.style(of: CellStyle(.critical, on: .selection)) == TextStyle(.named(0), on: .named(3), .bold))
    }
    @Test("a role's own ground shows on the plain one only")
    func own() {
        #expect(palette.style(of: CellStyle(.danger)) == TextStyle(.named(15), on: .named(1)))
        #expect(palette.style(of: CellStyle(.danger, on: .bar)) == TextStyle(.named(15), on: .named(4)))
    }
    @Test("a role that is not named looks like text") func missing() {
        #expect(palette.style(of: CellStyle(.link)).foreground == .named(7))
    }
    @Test("a log line's own colours are the terminal's") func ansi() {
        #expect(palette.style(of: CellStyle(.ansi9)).foreground == .named(9))
    }
}
