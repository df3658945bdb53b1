/// What is switched on beyond terminfo, and how: by the type's name alone, since asking the terminal is ruled out.
struct TerminalFeatures: Hashable {
    /// Understands xterm's private modes, or ignores them without a trace.
    let isXtermLike: Bool
    let hasMouse: Bool

    init(type: String, environment: [String: String], mouse: Bool) {
        let families = [
            "xterm", "tmux", "screen", "rxvt", "alacritty", "foot", "kitty", "wezterm", "ghostty", "contour", "st-",
            "konsole", "vte", "gnome", "putty", "mintty", "iterm", "mlterm", "eterm",
        ]
        isXtermLike = type == "st" || families.contains { type.hasPrefix($0) }
        hasMouse = mouse && isXtermLike
    }

    /// Bracketed paste; presses and wheel of the mouse, in the form without a limit of columns.
    var entering: [UInt8] {
        guard isXtermLike else { return [] }
        return Array(("\u{1B}[?2004h" + (hasMouse ? "\u{1B}[?1000h\u{1B}[?1006h" : "")).utf8)
    }

    var leaving: [UInt8] {
        guard isXtermLike else { return [] }
        return Array(((hasMouse ? "\u{1B}[?1006l\u{1B}[?1000l" : "") + "\u{1B}[?2004l").utf8)
    }
}
