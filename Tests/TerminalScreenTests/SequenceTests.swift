import Canvas
import Testing

@testable import TerminalScreen

struct SequenceTests {
    /// What a program writes, and the rows that a screen of ten by four then shows.
    private static let table: [(String, [String])] = [
        // Text and wrapping.
        ("hello", ["hello"]),
        ("hello\r\nworld", ["hello", "world"]),
        ("hello\nworld", ["hello", "     world"]),
        ("abcdefghijk", ["abcdefghij", "k"]),
        ("abcdefghij\rX", ["Xbcdefghij"]),
        ("abcdefghij\r\nX", ["abcdefghij", "X"]),
        ("abcdefghij\u{8}X", ["abcdefghXj"]),
        ("\u{1B}[?7labcdefghijkl", ["abcdefghil"]),
        ("a\tb", ["a       b"]),
        ("a\tb\tc", ["a       bc"]),
        ("\u{1B}[3g\u{1B}[4G\u{1B}H\r\tx", ["   x"]),
        ("\u{7F}a\u{0}b\u{7}c", ["abc"]),
        // The cursor.
        ("\u{1B}[2;3Hx", ["", "  x"]),
        ("\u{1B}[99;99Hx", ["", "", "", "         x"]),
        ("\u{1B}[0;0Hx", ["x"]),
        ("abc\u{1B}[2Dx", ["axc"]),
        ("abc\u{1B}[99Dx", ["xbc"]),
        ("a\u{1B}[3Cx", ["a   x"]),
        ("a\u{1B}[Bb\u{1B}[Ac", ["a c", " b"]),
        ("ab\u{1B}[2Ec", ["ab", "", "c"]),
        ("\u{1B}[4;5Hab\u{1B}[2Fc", ["", "c", "", "    ab"]),
        ("abc\u{1B}[5Gx\u{1B}[2`y", ["ayc x"]),
        ("\u{1B}[3dx", ["", "", "x"]),
        ("a\u{1B}7\u{1B}[3;3Hb\u{1B}8c", ["ac", "", "  b"]),
        ("a\u{1B}[s\u{1B}[3;3Hb\u{1B}[uc", ["ac", "", "  b"]),
        ("a\u{1B}[Ix\u{1B}[Zy", ["a       y"]),
        // Erasing.
        ("abcdef\u{1B}[4G\u{1B}[K", ["abc"]),
        ("abcdef\u{1B}[4G\u{1B}[1K", ["    ef"]),
        ("abcdef\u{1B}[4G\u{1B}[2Kx", ["   x"]),
        ("a\r\nb\r\nc\u{1B}[2;1H\u{1B}[J", ["a"]),
        ("a\r\nb\r\nc\u{1B}[2;1H\u{1B}[1J", ["", "", "c"]),
        ("a\r\nb\r\nc\u{1B}[2J", []),
        ("abcdef\u{1B}[2G\u{1B}[3X", ["a   ef"]),
        // Inserting and deleting.
        ("abcdef\u{1B}[2G\u{1B}[2@", ["a  bcdef"]),
        ("abcdefghij\u{1B}[2G\u{1B}[2@", ["a  bcdefgh"]),
        ("abcdef\u{1B}[2G\u{1B}[2P", ["adef"]),
        ("abcdef\u{1B}[2G\u{1B}[99P", ["a"]),
        ("abc\u{1B}[2G\u{1B}[4hX\u{1B}[4lY", ["aXYc"]),
        ("a\r\nb\r\nc\u{1B}[2;1H\u{1B}[L", ["a", "", "b", "c"]),
        ("a\r\nb\r\nc\u{1B}[1;1H\u{1B}[M", ["b", "c"]),
        ("a\r\nb\r\nc\r\nd\u{1B}[1;1H\u{1B}[99L", []),
        // Regions.
        ("a\r\nb\r\nc\r\nd\u{1B}[2;3r\u{1B}[3;1H\nX", ["a", "c", "X", "d"]),
        ("a\r\nb\r\nc\r\nd\u{1B}[2;3r\u{1B}[2;1H\u{1B}MX", ["a", "X", "b", "d"]),
        ("a\r\nb\r\nc\r\nd\u{1B}[2;3r\u{1B}[4;1H\nX", ["a", "b", "c", "X"]),
        ("a\r\nb\r\nc\r\nd\u{1B}[S", ["b", "c", "d"]),
        ("a\r\nb\r\nc\r\nd\u{1B}[2T", ["", "", "a", "b"]),
        ("\u{1B}[2;3r\u{1B}[?6hX\u{1B}[9;1HY", ["", "X", "Y"]),
        ("\u{1B}[2;3r\u{1B}[?6h\u{1B}[?6lX", ["X"]),
        ("\u{1B}[3;2ra\r\nb\r\nc\r\nd\r\ne", ["b", "c", "d", "e"]),
        ("a\r\nb\r\nc\r\nd\u{1B}[2;3r\u{1B}[1;1H\u{1B}[LX", ["X", "b", "c", "d"]),
        // Characters.
        ("日本", ["日本"]),
        ("123456789日", ["123456789", "日"]),
        ("日本\u{1B}[2Gx", [" x本"]),
        ("日本\u{1B}[3Gx", ["日x"]),
        ("日本\u{1B}[1Gx", ["x 本"]),
        ("日本\u{1B}[2G\u{1B}[P", [" 本"]),
        ("日本語漢字\u{1B}[1G\u{1B}[@", [" 日本語漢"]),
        ("e\u{301}x", ["e\u{301}x"]),
        ("abcdefghie\u{301}", ["abcdefghie\u{301}"]),
        ("日\u{301}", ["日\u{301}"]),
        ("a\u{200D}b\u{FE0F}c\u{202E}d\u{FEFF}e", ["abcde"]),
        ("\u{1B}(0lqqk\u{1B}(Bq", ["┌──┐q"]),
        ("\u{1B})0\u{E}x\u{F}x", ["│x"]),
        ("ab\u{1B}[3bc", ["abbbbc"]),
        ("ab\u{1B}[999999999b", ["abbbbbbbbb"]),
        ("日\u{1B}[9b", ["日日日日日"]),
        ("\u{1B}#8\u{1B}[2;1H\u{1B}[J", ["EEEEEEEEEE"]),
        // Strings that nobody reads, and what ends them.
        ("a\u{1B}]0;title\u{7}b", ["ab"]),
        ("a\u{1B}]0;title\u{1B}\\b", ["ab"]),
        ("a\u{1B}]52;c;Zm9v\u{7}b", ["ab"]),
        ("a\u{1B}P1$r0m\u{1B}\\b", ["ab"]),
        ("a\u{1B}_apc\u{1B}\\b\u{1B}^pm\u{1B}\\c\u{1B}Xsos\u{1B}\\d", ["abcd"]),
        ("a\u{1B}]0;cut\u{18}b", ["ab"]),
        ("a\u{1B}[3\u{18}b", ["ab"]),
        ("a\u{1B}[3\u{1B}[Cb", ["a b"]),
        ("ab\u{1B}[1\rCx", ["ax"]),
        ("a\u{1B}[?1;2zb\u{1B}[ qc\u{1B}[>4;1md\u{1B}[<e", ["abcd"]),
        ("a\u{1B}c", []),
    ]

    @Test("what programs write becomes the picture that terminals show", arguments: table.indices)
    func pictures(_ index: Int) {
        let (output, rows) = Self.table[index]
        #expect(drawn(output) == rows, "\(output.debugDescription)")
    }
}
