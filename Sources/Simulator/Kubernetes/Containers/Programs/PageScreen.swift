/// `vi`, to look at a file: a screen of its own, `j`, `k`, page keys, `:q`; it does not write.
struct PageScreen {
    private let invocation: Invocation
    private let name: String
    private let lines: [String]

    init(_ invocation: Invocation) async throws {
        self.invocation = invocation
        guard invocation.terminal != nil else { throw ProgramError("standard input is not a terminal") }
        name = invocation.arguments.last ?? ""
        // A new file is empty.
        let bytes =
            name.isEmpty || !invocation.machine.files.exists(invocation.path(name))
            ? [] : try await Bytes.all(of: invocation.open(name), limit: 8 << 20)
        var lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false).map(
            String.init)
        if lines.last == "" { lines.removeLast() }
        self.lines = lines
    }

    func run() async throws -> Int {
        guard let terminal = invocation.terminal else { return 1 }
        terminal.mode = .raw
        defer { terminal.mode = .cooked }
        try await invocation.print("\u{1b}[?1049h")
        var (top, command): (Int, String?) = (0, nil)
        try await draw(terminal, top, command)
        while let keys = try await invocation.io.input.read(atMost: 256) {
            for key in String(decoding: keys, as: UTF8.self).unicodeScalars {
                if let typed = command {
                    switch key {
                    case "\r", "\n":
                        if typed.hasPrefix("q") || typed.hasPrefix("x") || typed.hasPrefix("wq") {
                            try await invocation.print("\u{1b}[?1049l")
                            return 0
                        }
                        command = nil
                    case "\u{1b}": command = nil
                    case "\u{7f}": command = String(typed.dropLast())
                    default: command = typed + String(key)
                    }
                    continue
                }
                let page = max(1, terminal.size.rows - 2)
                switch key {
                case "j", "\r", "B": top += 1
                case "k", "A": top -= 1
                case "\u{6}", " ": top += page
                case "\u{2}": top -= page
                case "G": top = lines.count
                case "g": top = 0
                case ":": command = ""
                default: continue
                }
                top = max(0, min(top, lines.count - 1))
            }
            try await draw(terminal, top, command)
        }
        return 1
    }

    private func draw(_ terminal: Terminal, _ top: Int, _ command: String?) async throws {
        let size = terminal.size
        var text = "\u{1b}[?25l\u{1b}[H"
        for row in 0..<max(1, size.rows - 1) {
            let line = top + row < lines.count ? shown(lines[top + row], size.columns) : "\u{1b}[34m~\u{1b}[0m"
            text += line + "\u{1b}[K\r\n"
        }
        let status =
            command.map { ":" + $0 } ?? "\u{1b}[7m\(name.isEmpty ? "[No Name]" : name) \(lines.count)L\u{1b}[0m"
        try await invocation.print(text + status + "\u{1b}[K\u{1b}[?25h")
    }

    /// Control characters as `^X`, cut at the edge.
    private func shown(_ line: String, _ columns: Int) -> String {
        var text = ""
        for scalar in line.unicodeScalars.prefix(columns) {
            text += scalar.value < 0x20 ? "^" + String(UnicodeScalar(UInt8(scalar.value + 0x40))) : String(scalar)
        }
        return String(text.prefix(columns))
    }
}
