import Canvas
import Glibc

/// The person's clipboard: OSC 52 (written, never asked), or a program on this machine.
struct Clipboard {
    let setting: TerminalSettings.Clipboard
    let environment: [String: String]
    let takesOSC52: Bool
    var run: (_ program: [String], _ input: String) -> Bool = NativeClipboard.run

    /// What most terminals take in one sequence, encoded.
    static let limit = 74_994

    /// Copies the text with its control characters replaced; returns the way it took, nil when there was none.
    func copy(_ text: String) -> String? {
        let safe = DisplayText.safe(text, keeping: ["\n", "\t"])
        switch setting {
        case .off: return nil
        case .osc52: return byTerminal(safe)
        case .native: return byProgram(safe)
        case .auto: return byProgram(safe) ?? byTerminal(safe)
        }
    }

    private func byProgram(_ text: String) -> String? {
        for program in programs where run(program, text) { return program[0] }
        return nil
    }

    /// Programs that reach the person's own clipboard. Over SSH a display would be the far machine's. tmux passes its buffer
    /// on to the terminal outside, in its usual set-up too, where it ignores OSC 52 from inside.
    var programs: [[String]] {
        var list: [[String]] = []
        if environment["SSH_CONNECTION"] == nil {
            if environment["WAYLAND_DISPLAY"] != nil { list.append(["wl-copy"]) }
            if environment["DISPLAY"] != nil {
                list += [["xclip", "-selection", "clipboard"], ["xsel", "--clipboard", "--input"]]
            }
            #if os(macOS)
                list.append(["pbcopy"])
            #endif
        }
        if environment["TMUX"] != nil { list.append(["tmux", "load-buffer", "-w", "-"]) }
        return list
    }

    private func byTerminal(_ text: String) -> String? {
        guard takesOSC52, let sequence = Self.sequence(text, inTmux: environment["TMUX"] != nil) else { return nil }
        var rest = Array(sequence.utf8)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { write(STDOUT_FILENO, $0.baseAddress, $0.count) }
            guard count > 0 || errno == EINTR || errno == EAGAIN else { return nil }
            rest = rest.dropFirst(max(0, count))
        }
        return "OSC 52"
    }

    /// Nil when the text is too long. Inside tmux it goes bare (for `set-clipboard on`) and wrapped (for
    /// `allow-passthrough on`): which of them holds cannot be known without asking, and twice does no harm.
    static func sequence(_ text: String, inTmux: Bool) -> String? {
        let encoded = Base64.encode(Array(text.utf8))
        guard encoded.utf8.count <= limit else { return nil }
        let bare = "\u{1B}]52;c;\(encoded)\u{7}"
        return inTmux ? bare + "\u{1B}Ptmux;\u{1B}\(bare)\u{1B}\\" : bare
    }
}
