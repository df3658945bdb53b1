import Testing

@testable import Simulator

@Suite("The line at a container's prompt")
struct LineEditorTests {
    /// Types something and gives the screen's bytes and the line.
    private func type(_ keys: String, history: [String] = []) -> (screen: String, outcome: LineEditor.Outcome) {
        var editor = LineEditor(prompt: "# ", history: history) { word, isFirst in
            (isFirst ? ["echo", "env"] : ["/etc/", "/tmp/one", "/tmp/other"]).filter { $0.hasPrefix(word) }
        }
        let fed = editor.feed(Array(keys.utf8))
        return (fed.screen, fed.outcome)
    }

    @Test(
        "keys edit the line",
        arguments: [
            ("abc\r", "abc\n"), ("ac\u{1b}[Db\r", "abc\n"), ("abc\u{7f}\u{7f}x\r", "ax\n"),
            ("bc\u{1}a\u{5}d\r", "abcd\n"),
            ("one two\u{17}2\r", "one 2\n"), ("abc\u{15}d\r", "d\n"), ("abc\u{1b}[D\u{1b}[D\u{b}\r", "a\n"),
            ("abc\u{1b}[H\u{1b}[3~\r", "bc\n"), ("é灯\u{7f}\r", "é\n"), ("x\u{1b}[10;1Ry\r", "xy\n"),
            ("ec\tx\r", "echo x\n"), ("e\t\r", "e\n"), ("ls /e\t\r", "ls /etc/\n"),
            ("ls /tmp/o\tt\t\r", "ls /tmp/other \n"),
            ("\u{1b}[A\r", "second\n"), ("\u{1b}[A\u{1b}[A\r", "first\n"), ("dr\u{1b}[A\u{1b}[Baft\r", "draft\n"),
            ("a\u{4}\r", "a\n"),
        ])
    func lines(keys: String, line: String) {
        #expect(type(keys, history: ["first", "second"]).outcome == .line(line))
    }

    @Test("ctrl-d on an empty line ends the input")
    func end() {
        #expect(type("\u{4}").outcome == .end)
    }

    @Test(
        "the screen follows",
        arguments: [
            ("ab", "ab"), ("ab\u{7f}", "ab\u{8} \u{8}"), ("ac\u{1b}[Db", "ac\u{8}bc\u{1b}[K\u{8}"),
            ("灯\u{7f}", "灯\u{8}\u{8}  \u{8}\u{8}"),
            ("ab\u{1}", "ab\u{8}\u{8}"), ("ab\u{c}", "ab\u{1b}[H\u{1b}[2J# ab"), ("\u{7f}", ""), ("e\t", "e\u{7}"),
        ])
    func screen(keys: String, screen: String) {
        #expect(type(keys).screen == screen)
    }
}
