import Testing

@testable import TerminalScreen

struct AnswerTests {
    private static let questions: [(String, String)] = [
        ("\u{1B}[5n", "\u{1B}[0n"), ("ab\r\nc\u{1B}[6n", "\u{1B}[2;2R"), ("\u{1B}[c", "\u{1B}[?62;22c"),
        ("\u{1B}[0c", "\u{1B}[?62;22c"), ("\u{1B}Z", "\u{1B}[?62;22c"), ("\u{1B}[>c", "\u{1B}[>0;0;0c"),
        ("\u{1B}[18t", "\u{1B}[8;4;10t"), ("\u{1B}[?2004$p", "\u{1B}[?2004;2$y"),
        ("\u{1B}[?2004h\u{1B}[?2004$p", "\u{1B}[?2004;1$y"), ("\u{1B}[2;3r\u{1B}[?6h\u{1B}[6n", "\u{1B}[1;1R"),
    ]

    @Test("programs are told where the cursor is and what kind of terminal this is", arguments: questions)
    func answers(_ question: String, _ answer: String) {
        #expect(ScreenBuffer(columns: 10, rows: 4).say(question) == answer)
    }

    /// Whatever would come back as input to a shell, and run there, if it were answered as some terminals do.
    private static let traps = [
        "\u{1B}]0;rm -rf /\u{7}\u{1B}[21t", "\u{1B}]0;id\u{7}\u{1B}[20t", "\u{1B}P$q;id\r\u{1B}\\",
        "\u{1B}P+q6964\u{1B}\\",
        "\u{1B}]10;?\u{7}", "\u{1B}]4;0;?\u{7}", "\u{1B}]52;c;?\u{7}", "\u{5}", "\u{1B}[>q", "\u{1B}[x",
        "\u{1B}[?31337$p",
        "\u{1B}[1;1;1;1;1;1*y", "\u{1B}]50;?\u{7}", "\u{1B}[?26n", "\u{1B}[14t", "\u{1B}_Gi=1,a=q;AAAA\u{1B}\\",
    ]

    @Test("nothing that a program wrote ever comes back as input", arguments: traps)
    func silence(_ trap: String) { #expect(ScreenBuffer(columns: 10, rows: 4).say(trap) == "") }

    @Test("a stream of questions does not become an endless stream of answers")
    func bounded() {
        let answers = ScreenBuffer(columns: 10, rows: 4).say(String(repeating: "\u{1B}[c", count: 100_000))
        #expect(answers.utf8.count < 900_000)
        let slice = ScreenBuffer(columns: 10, rows: 4).say(String(repeating: "\u{1B}[c", count: 1365))
        #expect(slice.utf8.count == 4104)
    }
}
