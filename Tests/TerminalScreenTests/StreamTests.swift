import Canvas
import Testing

@testable import TerminalScreen

/// What must hold for any stream of bytes, however it is cut and whoever made it.
struct StreamTests {
    /// A bit of everything that a program may write.
    private static let stream = Array(
        ("$ ls\r\n\u{1B}[01;34mbin\u{1B}[0m  日本語 e\u{301}\r\n\u{1B}]0;title\u{7}\u{1B}[38;2;1;2;3mx\u{1B}[48:5:17my\u{1B}[m"
            + "\u{1B}[?1049h\u{1B}[2J\u{1B}[3;5Hfull\u{1B}[1;3r\u{1B}M\u{1B}(0qq\u{1B}(B\u{1B}P1$r0m\u{1B}\\\u{1B}[6n"
            + "\u{1B}[5@\u{1B}[2P\u{1B}[K\u{1B}#8\u{1B}[2;2H\u{1B}[1J\u{1B}[3b\u{1B}[?25l\u{1B}[!p").utf8)

    /// Everything that can be seen of a screen.
    private static func seen(_ screen: ScreenBuffer) -> [String] {
        let frame = Frame(screen.size)
        screen.picture(rows: screen.size.height).draw(into: frame.region)
        return frame.cells.map { "\($0.text)\($0.style)" } + ["\(screen.cursor)", "\(screen.modes)"]
            + screen.text(of: screen.rows)
    }

    @Test("the picture is the same wherever the stream is cut", arguments: 1..<stream.count)
    func cuts(_ cut: Int) {
        let whole = ScreenBuffer(columns: 12, rows: 5)
        let answers = whole.write(Self.stream)
        let halves = ScreenBuffer(columns: 12, rows: 5)
        let first = halves.write(Array(Self.stream[..<cut]))
        let second = halves.write(Array(Self.stream[cut...]))
        #expect(Self.seen(halves) == Self.seen(whole))
        #expect(first + second == answers)
    }

    @Test("the picture is the same when the stream comes byte by byte")
    func bytes() {
        let whole = ScreenBuffer(columns: 12, rows: 5)
        _ = whole.write(Self.stream)
        let single = ScreenBuffer(columns: 12, rows: 5)
        for byte in Self.stream { _ = single.write([byte]) }
        #expect(Self.seen(single) == Self.seen(whole))
    }

    @Test("bytes of any kind make a picture of whole characters", arguments: 0..<40)
    func noise(_ seed: UInt64) {
        var random = Seeded(state: seed)
        let screen = ScreenBuffer(
            columns: Int.random(in: 1...30, using: &random), rows: Int.random(in: 1...12, using: &random))
        for _ in 0..<30 {
            let noise = (0..<Int.random(in: 1...300, using: &random)).map { _ in
                UInt8.random(in: 0...255, using: &random)
            }
            _ = screen.write(noise)
            _ = screen.write(Self.spoiled(&random))
            if Bool.random(using: &random) {
                screen.resize(
                    columns: Int.random(in: 1...40, using: &random), rows: Int.random(in: 1...15, using: &random))
            }
            expectWhole(screen)
        }
    }

    /// The stream above with some of its bytes changed, taken out or doubled.
    private static func spoiled(_ random: inout Seeded) -> [UInt8] {
        var bytes = stream
        for _ in 0..<Int.random(in: 0...12, using: &random) {
            let place = Int.random(in: 0..<bytes.count, using: &random)
            switch Int.random(in: 0...2, using: &random) {
            case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
            case 1: bytes.remove(at: place)
            default: bytes.insert(contentsOf: bytes[place...].prefix(9), at: place)
            }
        }
        return bytes
    }

    /// No half of a wide character stands alone, and nothing but printable characters stands in a cell.
    private func expectWhole(_ screen: ScreenBuffer) {
        let frame = Frame(screen.size)
        screen.picture(rows: screen.size.height).draw(into: frame.region)
        for y in 0..<frame.size.height {
            let row = Array(frame.row(y))
            let lone = row.indices.filter { x in
                row[x].isRightHalf
                    ? x == 0 || row[x - 1].width != 2
                    : row[x].width == 2 && (x + 1 == row.count || !row[x + 1].isRightHalf)
            }
            #expect(lone == [])
        }
        let controls = screen.text(of: screen.rows).joined().unicodeScalars.filter {
            $0.value < 0x20 || 0x7F...0x9F ~= $0.value
        }
        #expect(controls.isEmpty)
        #expect(screen.cursor.x < screen.size.width && screen.cursor.y < screen.size.height)
    }

    @Test("no text is lost when the size changes", arguments: 0..<20)
    func resized(_ seed: UInt64) {
        var random = Seeded(state: seed)
        let words = ["a", "word", "日本語", "e\u{301}", "something-longer", "漢"]
        let text = (0..<120).map { _ in
            (words.randomElement(using: &random) ?? "") + (Int.random(in: 0..<9, using: &random) == 0 ? "\r\n" : "")
        }.joined()
        let screen = screen(text, columns: 20, rows: 6)
        let whole = screen.text(of: screen.rows).joined()
        for _ in 0..<12 {
            screen.resize(columns: Int.random(in: 2...60, using: &random), rows: Int.random(in: 1...30, using: &random))
            #expect(screen.text(of: screen.rows).joined() == whole)
            expectWhole(screen)
        }
    }

    @Test("a line that was written over is not joined to the next when the screen gets wider")
    func writtenOver() {
        let screen = screen("abcdefghijklm\u{1B}[1;1H\u{1B}[Kshort\r\nx", columns: 10, rows: 4)
        screen.resize(columns: 20, rows: 4)
        #expect(screen.everything == ["short", "xlm"])
    }

    /// Each would take minutes, or all memory, if its numbers were taken at their word.
    private static let greedy = [
        "a\u{1B}[999999999b", "\u{1B}[999999999L", "\u{1B}[999999999M", "\u{1B}[999999999S", "\u{1B}[999999999T",
        "\u{1B}[999999999@", "\u{1B}[999999999P", "\u{1B}[999999999X", "\u{1B}[999999999I", "\u{1B}[999999999Z",
        "\u{1B}[999999999A\u{1B}[999999999B\u{1B}[999999999C\u{1B}[999999999D", "\u{1B}[99999999999999999999999999m",
        "\u{1B}[" + String(repeating: "1;", count: 5000) + "m",
        "\u{1B}]0;" + String(repeating: "x", count: 5000) + "\u{7}",
    ]

    @Test("large numbers cost no more than the screen has room for", arguments: greedy)
    func bounded(_ sequence: String) {
        let screen = ScreenBuffer(columns: 200, rows: 50)
        for _ in 0..<2000 { _ = screen.write(Array(sequence.utf8)) }
        #expect(screen.rows.count <= 8192 + 50)
    }

    @Test("the scrollback keeps so many lines and cells, and forgets the oldest first")
    func limits() {
        var lines = Scrollback(lineLimit: 64, cellLimit: 1024)
        for number in 0..<100 { append("\(number)", to: &lines) }
        #expect(lines.count == 64)
        #expect(lines.forgotten == 36)
        #expect(text(lines, 0) == "36")
        #expect(text(lines, 63) == "99")
        let wide = String(repeating: "x", count: 200)
        for _ in 0..<10 { append(wide, to: &lines) }
        #expect(lines.count == 5)
        #expect(lines.forgotten == 105)
        #expect(text(lines, 4) == wide)
    }

    private func append(_ text: String, to lines: inout Scrollback) {
        let cells = text.utf8.map { Cell.blank.showing($0) }
        lines.append(cells, CellGrid.RowState(length: Int32(cells.count)))
    }

    private func text(_ lines: borrowing Scrollback, _ index: Int) -> String {
        lines.cells(of: lines.line(index)).map(\.text).joined()
    }

    @Test("a flood of lines leaves the last ones")
    func flood() {
        let screen = ScreenBuffer(columns: 80, rows: 24)
        for number in 0..<20_000 { _ = screen.write(Array("line \(number)\r\n".utf8)) }
        #expect(screen.rows == 11_785..<20_001)
        #expect(screen.text(of: 11_785..<11_786) == ["line 11785"])
        #expect(screen.text[22] == "line 19999")
    }

    @Test("clearing the scrollback leaves the screen and the numbers of its rows")
    func cleared() {
        let screen = screen("1\r\n2\r\n3\r\n4", rows: 2)
        _ = screen.say("\u{1B}[3J")
        #expect(screen.rows == 2..<4)
        #expect(screen.everything == ["3", "4"])
    }
}
