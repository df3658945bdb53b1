import Canvas

/// Exact colours for terminals whose terminfo description knows only 256.
///
/// Most terminals that take exact colours (COLORTERM says so) run with TERM=xterm-256color, and the descriptions that end
/// in "-direct" are seldom installed. ncurses can draw exact colours only by such a description, so one is made here from
/// the terminal's own: with 2²⁴ colours, `RGB`, and `setaf`/`setab` that spell them. ncurses reads it from the variable
/// TERMINFO (as "b64:…", see term(7)) while the terminal is opened. Redefining the 256 (`initc`) was the other way; it
/// changes the person's palette for every program and does not work over tmux.
enum DirectColour {
    /// The description with exact colours; nil when the bytes are no description.
    static func description(from compiled: [UInt8]) -> [UInt8]? {
        guard var entry = CompiledTerminfo(compiled) else { return nil }
        entry.set(number: 13, to: 1 << 24)  // max_colors
        entry.set(number: 15, to: 0x10000)  // max_pairs
        entry.set(flag: 27, to: 0)  // can_change
        entry.set(string: 299, to: nil)  // initialize_color
        entry.set(string: 302, to: nil)  // set_foreground
        entry.set(string: 303, to: nil)  // set_background
        entry.set(string: 359, to: Array(capability(3, 9, 38).utf8))  // set_a_foreground
        entry.set(string: 360, to: Array(capability(4, 10, 48).utf8))  // set_a_background
        entry.setFlag(named: "RGB")
        return entry.bytes
    }

    /// The number under which ncurses knows an exact colour. Below 256 are the palette's own, so the few darkest blues are
    /// moved by one step of green.
    static func number(of rgb: RGB) -> Int32 {
        let value = Int32(rgb.red) << 16 | Int32(rgb.green) << 8 | Int32(rgb.blue)
        return value < 256 ? value | 0x100 : value
    }

    /// Palette numbers in their short forms, exact colours as semicolon-separated parts, which every terminal reads.
    private static func capability(_ dark: Int, _ bright: Int, _ extended: Int) -> String {
        "\u{1B}[%?%p1%{8}%<%t\(dark)%p1%d%e%p1%{16}%<%t\(bright)%p1%{8}%-%d%e%p1%{256}%<%t\(extended);5;%p1%d"
            + "%e\(extended);2;%p1%{65536}%/%d;%p1%{256}%/%{255}%&%d;%p1%{255}%&%d%;m"
    }

    /// As ncurses wants it in TERMINFO: the URL alphabet of base 64, without a line break.
    static func environmentValue(_ description: [UInt8]) -> String { "b64:" + Base64.encode(description, url: true) }
}

extension CompiledTerminfo {
    fileprivate mutating func set(number index: Int, to value: Int32) {
        while numbers.count <= index { numbers.append(-1) }
        numbers[index] = value
    }

    fileprivate mutating func set(flag index: Int, to value: UInt8) {
        if flags.count > index { flags[index] = value }
    }

    fileprivate mutating func set(string index: Int, to value: [UInt8]?) {
        if value == nil, strings.count <= index { return }
        while strings.count <= index { strings.append(nil) }
        strings[index] = value
    }

    /// Extended names stay sorted within their type, as ncurses keeps them.
    fileprivate mutating func setFlag(named name: String) {
        let name = Array(name.utf8)
        extendedFlags.removeAll { $0.name == name }
        extendedFlags.append((name, 1))
        extendedFlags.sort { $0.name.lexicographicallyPrecedes($1.name) }
    }
}
