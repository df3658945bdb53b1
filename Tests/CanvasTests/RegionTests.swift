import Canvas
import Testing

@Suite("Drawing into a region")
struct RegionTests {
    private func frame(_ width: Int, _ height: Int, _ draw: (Region) -> Void) -> Frame {
        let frame = Frame(Size(width: width, height: height))
        draw(frame.region)
        return frame
    }

    @Test("text is clipped at the right edge")
    func right() { #expect(frame(4, 1) { $0.put("abcdef", x: 1, y: 0) }.textRows == [" abc"]) }

    @Test("text is clipped at the left edge")
    func left() { #expect(frame(4, 1) { $0.put("abcdef", x: -2, y: 0) }.textRows == ["cdef"]) }

    @Test("nothing is drawn above, below or without room")
    func outside() {
        let drawn = frame(3, 1) { region in
            #expect(region.put("x", x: 0, y: -1) == 0)
            #expect(region.put("x", x: 0, y: 1) == 0)
            #expect(region.put("x", x: 3, y: 0) == 0)
            #expect(region.put("x", x: 0, y: 0, limit: 0) == 0)
        }
        #expect(drawn.textRows == [""])
    }

    @Test("the columns used count wide characters twice")
    func used() { #expect(Frame(Size(width: 9, height: 1)).region.put("日a本", x: 0, y: 0) == 5) }

    @Test("a wide character that does not fit is left out")
    func wideAtEdge() { #expect(frame(4, 1) { $0.put("a日本", x: 0, y: 0) }.textRows == ["a日"]) }

    @Test("a wide character cut by the left edge becomes a blank")
    func wideAtLeft() { #expect(frame(4, 1) { $0.put("日ab", x: -1, y: 0) }.textRows == [" ab"]) }

    @Test("overwriting the left half of a wide character blanks the right one")
    func overLeft() {
        let drawn = frame(4, 1) { region in
            region.put("日本", x: 0, y: 0)
            region.put("x", x: 0, y: 0)
        }
        #expect(drawn.textRows == ["x 本"])
    }

    @Test("overwriting the right half of a wide character blanks the left one")
    func overRight() {
        let drawn = frame(4, 1) { region in
            region.put("日本", x: 0, y: 0)
            region.put("x", x: 1, y: 0)
        }
        #expect(drawn.textRows == [" x本"])
    }

    @Test("a wide character over the halves of two others blanks both remains")
    func wideOverHalves() {
        let drawn = frame(4, 1) { region in
            region.put("日本", x: 0, y: 0)
            region.put("語", x: 1, y: 0)
        }
        #expect(drawn.textRows == [" 語"])
        #expect(drawn[3, 0].width == 1)
    }

    @Test("a wide character never crosses into the neighbouring region")
    func neighbour() {
        let drawn = frame(6, 1) { region in
            region.put("......", x: 0, y: 0)
            region.sub(Rect(x: 0, y: 0, width: 3, height: 1)).put("日日", x: 0, y: 0)
        }
        #expect(drawn.textRows == ["日...."])
    }

    @Test("a combining mark joins the character before it")
    func combining() {
        let drawn = frame(4, 1) { $0.put("e\u{301}x", x: 0, y: 0) }
        #expect(drawn.textRows == ["e\u{301}x"])
        #expect(drawn[0, 0].text == "e\u{301}")
        #expect(drawn[1, 0].text == "x")
    }

    @Test("a combining mark joins a wide character before it")
    func combiningWide() { #expect(frame(4, 1) { $0.put("か\u{3099}x", x: 0, y: 0) }.textRows == ["か\u{3099}x"]) }

    @Test("of many combining marks three stay")
    func zalgo() {
        #expect(
            frame(2, 1) { $0.put("e\u{301}\u{302}\u{303}\u{304}\u{305}", x: 0, y: 0) }.textRows == [
                "e\u{301}\u{302}\u{303}"
            ])
    }

    @Test("a combining mark without a character before it is dropped")
    func lonelyMark() { #expect(frame(2, 1) { $0.put("\u{301}a", x: 0, y: 0) }.textRows == ["a"]) }

    @Test("what picks a variant of a symbol is dropped")
    func variant() { #expect(frame(6, 1) { $0.put("☺\u{FE0F}a👍\u{1F3FD}b", x: 0, y: 0) }.textRows == ["☺a👍b"]) }

    @Test("invisible characters are seen")
    func invisible() {
        #expect(
            frame(8, 1) { $0.put("a\u{200B}\u{FEFF}\u{34F}\u{E0041}b", x: 0, y: 0) }.textRows == [
                "a\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}b"
            ])
    }

    @Test("control characters are pictures of themselves, drawn dim")
    func controls() {
        let drawn = frame(8, 1) { $0.put("a\u{1B}[2J\n\u{7F}", x: 0, y: 0) }
        #expect(drawn.textRows == ["a␛[2J␊␡"])
        #expect(drawn[1, 0].style.attributes == .dim)
        #expect(drawn[2, 0].style.attributes == [])
    }

    @Test("text that does not fit ends in an ellipsis")
    func ellipsis() {
        #expect(frame(9, 1) { $0.putClipped("abcdef", x: 0, y: 0, limit: 4) }.textRows == ["abc…"])
        #expect(frame(9, 1) { $0.putClipped("abcd", x: 0, y: 0, limit: 4) }.textRows == ["abcd"])
        #expect(frame(9, 1) { $0.putClipped("日本語", x: 0, y: 0, limit: 4) }.textRows == ["日…"])
    }

    @Test("text stands at the right")
    func atRight() { #expect(frame(9, 1) { $0.putRight("12", x: 1, y: 0, limit: 6) }.textRows == ["     12"]) }

    @Test("a fill goes over wide characters whole")
    func fill() {
        let drawn = frame(4, 1) { region in
            region.put("日本", x: 0, y: 0)
            region.fill(Rect(x: 1, y: 0, width: 2, height: 1), with: "-")
        }
        #expect(drawn.textRows == [" --"])
    }

    @Test("a ground is laid behind what is there")
    func restyle() {
        let drawn = frame(3, 1) { region in
            region.put("a日", x: 0, y: 0, style: CellStyle(.good))
            region.restyle(region.bounds, ground: .selection)
        }
        #expect(drawn.textRows == ["a日"])
        #expect(drawn[0, 0].style == CellStyle(.good, on: .selection))
    }

    @Test("a region of a region stays inside both")
    func nested() {
        let drawn = frame(6, 2) { region in
            let inner = region.sub(Rect(x: 1, y: 0, width: 3, height: 5)).sub(Rect(x: 1, y: 0, width: 9, height: 9))
            #expect(inner.size == Size(width: 2, height: 2))
            inner.put("abcdef", x: 0, y: 1)
        }
        #expect(drawn.textRows == ["", "  ab"])
    }

    @Test("an empty frame takes anything")
    func empty() {
        #expect(
            frame(0, 0) {
                $0.put("x", x: 0, y: 0)
                $0.fill()
                $0.restyle($0.bounds, ground: .bar)
            }.textRows == [])
    }
}
