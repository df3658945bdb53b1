import Testing

@testable import Canvas

struct PaintTests {
    @Test("a pair of colours comes back as it was given")
    func pairs() {
        let exact = Colour.rgb(RGB(1, 2, 3), named: nil)
        #expect(Paint(.named(3), on: .named(12)).foreground == .named(3))
        #expect(Paint(.named(3), on: .named(12)).background == .named(12))
        #expect(Paint(exact, on: .standard).foreground == exact)
        #expect(Paint(exact, on: .standard).background == .standard)
        #expect(Paint(.standard, on: .standard) == .none)
    }

    @Test("a cell with colours still takes twelve bytes")
    func size() { #expect(MemoryLayout<Cell>.stride == 12) }

    @Test("once very many pairs were seen, new ones become the nearest of a few colours")
    func bounded() {
        let paints = ExactPaints(limit: 2)
        let (one, two, three) = (RGB(1, 0, 0), RGB(2, 0, 0), RGB(250, 100, 3))
        let first = paints.number(.rgb(one, named: nil), .standard)
        #expect(paints.number(.rgb(two, named: nil), .standard) == first + 1)
        #expect(paints.number(.rgb(one, named: nil), .standard) == first)
        let late = Paint(number: paints.number(.rgb(three, named: nil), .named(5)))
        #expect(late.foreground == .rgb(RGB(255, 95, 0), named: nil))
        #expect(late.background == .named(5))
    }

    @Test("the sixteen look as the theme has them, exact colours as they are")
    func themed() {
        let red = Colour.rgb(RGB(200, 60, 60), named: 1)
        let palette = Palette(roles: [.text: TextStyle(.named(7)), .ansi1: TextStyle(red)])
        let exact = Colour.rgb(RGB(1, 2, 3), named: nil)
        #expect(
            palette.style(of: CellStyle(paint: Paint(.named(1), on: exact))) == TextStyle(red, on: exact, []))
        #expect(palette.style(of: CellStyle(paint: Paint(.standard, on: exact))).foreground == .named(7))
    }

    @Test("a selection that names colours stays legible over a program's own")
    func selected() {
        let palette = Palette(grounds: [.selection: TextStyle(.named(15), on: .named(4))])
        let style = CellStyle(.text, on: .selection, paint: Paint(.named(4)))
        #expect(palette.style(of: style).foreground == .named(15))
    }
}
