import Foundation

extension ProgramTable {
    static let screens: [String: Program] = [
        "top": { try await TopScreen($0).run() }, "vi": { try await PageScreen($0).run() },
        "vim": { try await PageScreen($0).run() }, "colors": colors, "watch": watch,
    ]

    /// Every way to write colours and attributes, wide and hostile characters: for looking at a terminal.
    private static let colors: Program = { invocation in
        var text = ""
        for base in [40, 100] {
            for color in 0..<8 { text += "\u{1b}[\(base + color)m \(base + color) \u{1b}[0m" }
            text += "\n"
        }
        for color in 16..<52 { text += "\u{1b}[48;5;\(color)m  \u{1b}[0m" }
        text += "\n"
        for step in 0..<36 { text += "\u{1b}[48;2;\(step * 7);80;\(255 - step * 7)m \u{1b}[0m" }
        text += "\n\u{1b}[1mbold\u{1b}[0m \u{1b}[2mdim\u{1b}[0m \u{1b}[3mitalic\u{1b}[0m \u{1b}[4munderlined\u{1b}[0m "
        text += "\u{1b}[7mreverse\u{1b}[0m \u{1b}[9mstruck\u{1b}[0m\n灯 火 🕯 é e\u{301}\n"
        text += "\u{1b}]0;a title that a program set\u{7}\u{1b}]52;c;ZXZpbA==\u{7}\u{1b}[6n\u{1b}P$q q\u{1b}\\done\n"
        try await invocation.print(text)
        return 0
    }

    private static let watch: Program = { invocation in
        let (options, names) = try invocation.options("td", withValue: "n")
        guard !names.isEmpty else { throw ProgramError("missing operand") }
        let seconds = max(0.1, options.value("n").flatMap { Double($0) } ?? 2)
        let command = names.joined(separator: " ")
        while true {
            try await invocation.print("\u{1b}[H\u{1b}[JEvery \(seconds)s: \(command)\n\n")
            _ = try await Shell(invocation, name: "sh", arguments: []).run(command)
            try Task.checkCancellation()
            try await invocation.machine.clock.sleep(seconds: seconds)
        }
    }
}
