import Testing

@testable import NcursesTerminal

@Suite("The clipboard")
struct ClipboardTests {
    private func clipboard(
        _ setting: TerminalSettings.Clipboard = .auto, _ environment: [String: String] = [:], works: Set<String> = []
    ) -> Clipboard {
        Clipboard(
            setting: setting, environment: environment, takesOSC52: false,
            run: { program, _ in works.contains(program[0]) })
    }

    @Test("the sequence holds the text in base 64")
    func sequence() { #expect(Clipboard.sequence("pod-1", inTmux: false) == "\u{1B}]52;c;cG9kLTE=\u{7}") }

    @Test("inside tmux it goes bare and wrapped")
    func tmux() {
        #expect(
            Clipboard.sequence("a", inTmux: true)
                == "\u{1B}]52;c;YQ==\u{7}\u{1B}Ptmux;\u{1B}\u{1B}]52;c;YQ==\u{7}\u{1B}\\")
    }

    @Test("a text that no terminal would take is not sent")
    func long() {
        #expect(Clipboard.sequence(String(repeating: "x", count: 56_244), inTmux: false) != nil)
        #expect(Clipboard.sequence(String(repeating: "x", count: 56_248), inTmux: false) == nil)
    }

    @Test("a display's own programs are tried, in order")
    func native() {
        #expect(
            clipboard(.auto, ["WAYLAND_DISPLAY": "w", "DISPLAY": ":0"], works: ["wl-copy", "xclip"]).copy("x")
                == "wl-copy")
        #expect(clipboard(.native, ["WAYLAND_DISPLAY": "w", "DISPLAY": ":0"], works: ["xsel"]).copy("x") == "xsel")
    }

    @Test("over SSH the display is not the person's")
    func ssh() {
        #expect(clipboard(.auto, ["DISPLAY": ":0", "SSH_CONNECTION": "x"], works: ["xclip"]).copy("x") == nil)
    }

    @Test("tmux takes it and passes it on")
    func throughTmux() {
        #expect(clipboard(.auto, ["TMUX": "x", "SSH_CONNECTION": "x"], works: ["tmux"]).copy("x") == "tmux")
    }

    @Test("off is off") func off() { #expect(clipboard(.off, ["DISPLAY": ":0"], works: ["xclip"]).copy("x") == nil) }

    @Test("control characters do not reach it")
    func safe() {
        let heard = Heard()
        let clipboard = Clipboard(
            setting: .native, environment: ["DISPLAY": ":0"], takesOSC52: false,
            run: {
                heard.text = $1
                return !$0.isEmpty
            })
        #expect(clipboard.copy("a\u{1B}[31m\n\tb\r") == "xclip")
        #expect(heard.text == "a␛[31m\n\tb␍")
    }

    @Test("a program gets the text on its standard input")
    func program() {
        #expect(NativeClipboard.run(["grep", "-q", "pod-1"], input: "pod-1\n"))
        #expect(!NativeClipboard.run(["grep", "-q", "pod-2"], input: "pod-1\n"))
        #expect(!NativeClipboard.run(["midwatch-has-no-such-program"], input: ""))
    }

    @Test("a program that leaves a child behind is not waited for")
    func child() { #expect(NativeClipboard.run(["sh", "-c", "sleep 30 & exit 0"], input: "")) }

    private final class Heard { var text = "" }
}
