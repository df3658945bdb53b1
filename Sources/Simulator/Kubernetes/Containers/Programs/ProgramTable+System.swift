import Foundation

extension ProgramTable {
    static let system: [String: Program] = [
        "stty": stty, "tput": tput,
        "clear": { invocation in
            try await invocation.print("\u{1b}[H\u{1b}[2J\u{1b}[3J")
            return 0
        },
        "hostname": { invocation in
            try await invocation.print(invocation.machine.identity.pod + "\n")
            return 0
        },
        "whoami": { invocation in
            try await invocation.print("root\n")
            return 0
        },
        "id": { invocation in
            try await invocation.print(
                invocation.arguments == ["-u"] ? "0\n" : "uid=0(root) gid=0(root) groups=0(root)\n")
            return 0
        },
        "uname": { invocation in
            let all = "Linux \(invocation.machine.identity.pod) 6.1.0-28-amd64 #1 SMP x86_64 GNU/Linux\n"
            try await invocation.print(invocation.arguments == ["-a"] ? all : "Linux\n")
            return 0
        },
        "nproc": { invocation in
            try await invocation.print("2\n")
            return 0
        },
        "tty": { invocation in
            try await invocation.print(invocation.readsTerminal ? "/dev/pts/0\n" : "not a tty\n")
            return invocation.readsTerminal ? 0 : 1
        },
        "date": date, "ps": processes, "kill": kill,
        "uptime": { invocation in
            try await invocation.print(" up 3 days, load average: 0.08, 0.03, 0.01\n")
            return 0
        },
        "df": { invocation in
            try await invocation.print(
                "Filesystem           1K-blocks      Used Available Use% Mounted on\n"
                    + "overlay               262144000  52428800 209715200  20% /\n")
            return 0
        },
        "free": { invocation in
            try await invocation.print(
                "              total        used        free\nMem:       16384000     8192000     8192000\n")
            return 0
        },
    ]

    private static let stty: Program = { invocation in
        guard let terminal = invocation.terminal else { throw ProgramError("standard input: Not a tty") }
        switch invocation.arguments.first {
        case "size": try await invocation.print("\(terminal.size.rows) \(terminal.size.columns)\n")
        case "raw": terminal.mode = .raw
        case "sane", "cooked", "-raw": terminal.mode = .cooked
        case "-echo": terminal.mode.echoes = false
        case "echo": terminal.mode.echoes = true
        case nil, "-a":
            let size = terminal.size
            try await invocation.print("speed 38400 baud; rows \(size.rows); columns \(size.columns);\n")
        case .some(let word): throw ProgramError("invalid argument '\(word)'")
        }
        return 0
    }

    private static let tput: Program = { invocation in
        let size = invocation.terminal?.size ?? Terminal.Size(columns: 80, rows: 24)
        let texts = [
            "cols": "\(size.columns)\n", "lines": "\(size.rows)\n", "clear": "\u{1b}[H\u{1b}[2J", "bold": "\u{1b}[1m",
            "smul": "\u{1b}[4m", "rev": "\u{1b}[7m", "sgr0": "\u{1b}(B\u{1b}[m", "smcup": "\u{1b}[?1049h",
            "rmcup": "\u{1b}[?1049l", "civis": "\u{1b}[?25l", "cnorm": "\u{1b}[?25h", "colors": "256\n",
        ]
        let words = invocation.arguments
        if words.first == "setaf", words.count > 1 { try await invocation.print("\u{1b}[3\(words[1])m") }
        if words.first == "cup", words.count > 2, let row = Int(words[1]), let column = Int(words[2]) {
            try await invocation.print("\u{1b}[\(row + 1);\(column + 1)H")
        }
        if let text = words.first.flatMap({ texts[$0] }) { try await invocation.print(text) }
        return words.isEmpty ? 2 : 0
    }

    private static let date: Program = { invocation in
        let now = invocation.machine.clock.now
        let formatter = DateFormatter()
        formatter.locale = Locale(identifier: "en_US_POSIX")
        formatter.timeZone = TimeZone(identifier: "UTC")
        guard let format = invocation.arguments.last, format.hasPrefix("+") else {
            formatter.dateFormat = "EEE MMM d HH:mm:ss 'UTC' yyyy"
            try await invocation.print(formatter.string(from: now) + "\n")
            return 0
        }
        let parts: [Character: String] = [
            "Y": "yyyy", "m": "MM", "d": "dd", "H": "HH", "M": "mm", "S": "ss", "F": "yyyy-MM-dd", "T": "HH:mm:ss",
            "a": "EEE", "b": "MMM", "Z": "'UTC'",
        ]
        var out = ""
        var rest = format.dropFirst()
        while let character = rest.popFirst() {
            guard character == "%", let kind = rest.popFirst() else {
                out.append(character)
                continue
            }
            if kind == "s" {
                out += "\(Int(now.timeIntervalSince1970))"
            } else if kind == "N" {
                out += "000000000"
            } else if let pattern = parts[kind] {
                formatter.dateFormat = pattern
                out += formatter.string(from: now)
            }
        }
        try await invocation.print(out + "\n")
        return 0
    }

    private static let processes: Program = { invocation in
        let identity = invocation.machine.identity
        let seconds = max(0, Int(invocation.machine.clock.now.timeIntervalSince(identity.startedAt)))
        let time = String(format: "%d:%02d", seconds / 60 / 40, seconds / 40 % 60)
        try await invocation.print(
            "PID   USER     TIME  COMMAND\n    1 root     \(time.leftPadded(5)) \(identity.mainCommand)\n"
                + "   42 root      0:00 sh\n   57 root      0:00 ps \(invocation.arguments.joined(separator: " "))\n")
        return 0
    }

    /// Only the main process can be told to end; the container ends with it.
    private static let kill: Program = { invocation in
        var words = invocation.arguments
        var signal = "TERM"
        if words.first == "-l" {
            try await invocation.print("HUP INT QUIT KILL TERM\n")
            return 0
        }
        if let word = words.first, word.hasPrefix("-"), words.count > 1 {
            signal = String(word.dropFirst()).replacing("SIG", with: "")
            words.removeFirst()
            if signal == "s" { signal = words.removeFirst() }
        }
        let codes = ["TERM": 143, "15": 143, "KILL": 137, "9": 137, "INT": 130, "2": 130, "HUP": 129, "1": 129, "0": 0]
        for word in words {
            guard let code = codes[signal] else { throw ProgramError("bad signal name '\(signal)'") }
            if let number = Int(word), invocation.machine.jobs.cancel(number) { continue }
            guard word == "1" else { throw ProgramError("can't kill pid \(word): No such process") }
            if code != 0 { await invocation.machine.kill(code) }
        }
        return 0
    }
}

extension String {
    /// Filled with blanks on the left.
    func leftPadded(_ width: Int) -> String { String(repeating: " ", count: max(0, width - count)) + self }

    /// Filled with blanks on the right.
    func rightPadded(_ width: Int) -> String { self + String(repeating: " ", count: max(0, width - count)) }
}
