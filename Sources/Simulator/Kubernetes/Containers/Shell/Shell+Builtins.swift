/// The commands that change the shell itself.
extension Shell {
    typealias Builtin = @Sendable (Shell, [String], inout ShellState, ProcessIO) async throws -> Int

    init(_ shell: Shell, io: ProcessIO) {
        machine = shell.machine
        terminal = shell.terminal
        state = shell.state
        self.io = io
    }

    static let builtins: [String: Builtin] = [
        ":": { _, _, _, _ in 0 },
        "exit": { _, words, state, _ in throw ShellJump.exit(number(words, state.status) & 255) },
        "return": { _, words, state, _ in throw ShellJump.back(number(words, state.status) & 255) },
        "break": { _, words, _, _ in throw ShellJump.leave(loops: number(words, 1)) },
        "continue": { _, words, _, _ in throw ShellJump.again(loops: number(words, 1)) },
        "cd": changeDirectory,
        "pwd": { _, _, state, io in
            try await io.output.write(Array((state.directory + "\n").utf8))
            return 0
        },
        "export": { _, words, state, io in
            for word in words where !word.hasPrefix("-") {
                let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
                if parts.count > 1 { state.variables[parts[0]] = parts[1] }
                state.exported.insert(parts[0])
            }
            guard words.isEmpty || words == ["-p"] else { return 0 }
            let lines = state.environment.sorted { $0.key < $1.key }.map { "export \($0.key)='\($0.value)'\n" }
            try await io.output.write(Array(lines.joined().utf8))
            return 0
        },
        "unset": { _, words, state, _ in
            for word in words {
                state.variables[word] = nil
                state.functions[word] = nil
                state.exported.remove(word)
            }
            return 0
        },
        "local": { _, words, state, _ in
            for word in words {
                let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
                state.variables[parts[0]] = parts.count > 1 ? parts[1] : ""
            }
            return 0
        },
        "set": { _, words, state, _ in
            var rest = words[...]
            while let word = rest.first, word.count > 1, word.hasPrefix("-") || word.hasPrefix("+") {
                rest = rest.dropFirst()
                if word == "--" { break }
                if word.contains("e") { state.stopsOnError = word.hasPrefix("-") }
                if word.contains("x") { state.traces = word.hasPrefix("-") }
                if word.hasSuffix("o") { rest = rest.dropFirst() }
                if rest.isEmpty { return 0 }
            }
            state.positional = Array(rest)
            return 0
        },
        "shift": { _, words, state, _ in
            let count = number(words, 1)
            guard count <= state.positional.count else { return 1 }
            state.positional.removeFirst(count)
            return 0
        },
        "eval": { shell, words, state, io in
            try await Shell(shell, io: io).execute(words.joined(separator: " "), &state)
        },
        ".": source, "source": source,
        "exec": { shell, words, state, io in
            guard let name = words.first else { return 0 }
            throw ShellJump.exit(try await shell.runProgram(name, Array(words.dropFirst()), [:], state, io))
        },
        "command": { shell, words, state, io in
            if words.first == "-v" { return try await which(shell, Array(words.dropFirst()), state, io) }
            guard let name = words.first else { return 0 }
            return try await shell.runProgram(name, Array(words.dropFirst()), [:], state, io)
        },
        "type": { shell, words, state, io in try await which(shell, words, state, io) },
        "read": readLine,
        "trap": { _, _, _, _ in 0 }, "umask": { _, _, _, _ in 0 },
        "wait": { shell, _, state, _ in
            for number in state.background { await shell.machine.jobs.wait(for: number) }
            state.background = []
            return 0
        },
        "jobs": { _, _, _, _ in 0 }, "alias": { _, _, _, _ in 0 }, "ulimit": { _, _, _, _ in 0 },
    ]

    private static func number(_ words: [String], _ fallback: Int) -> Int {
        words.first.flatMap { Int($0) } ?? fallback
    }

    private static let changeDirectory: Builtin = { shell, words, state, io in
        var target = words.first ?? state.variables["HOME"] ?? "/"
        if target == "-" { target = state.variables["OLDPWD"] ?? state.directory }
        let path = Path.absolute(target, from: state.directory)
        do {
            guard try shell.machine.files.info(path).isDirectory else { throw FileError.notDirectory }
        } catch let error as FileError {
            try await shell.complain("cd: can't cd to \(target): \(error.text)", io)
            return 2
        }
        state.variables["OLDPWD"] = state.directory
        state.directory = path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
        state.variables["PWD"] = state.directory
        return 0
    }

    private static let source: Builtin = { shell, words, state, io in
        guard let file = words.first else { return 2 }
        do {
            let info = try shell.machine.files.info(Path.absolute(file, from: state.directory))
            let text = String(decoding: shell.machine.files.read(info.number, at: 0, count: 1 << 20), as: UTF8.self)
            return try await Shell(shell, io: io).execute(text, &state)
        } catch let error as FileError {
            try await shell.complain("\(file): \(error.text)", io)
            return 2
        }
    }

    private static func which(_ shell: Shell, _ words: [String], _ state: ShellState, _ io: ProcessIO) async throws
        -> Int
    {
        var status = 0
        for word in words {
            if builtins[word] != nil {
                try await io.output.write(Array("\(word)\n".utf8))
            } else if let path = shell.machine.find(word, environment: state.variables, directory: state.directory) {
                try await io.output.write(Array("\(path)\n".utf8))
            } else {
                status = 127
            }
        }
        return status
    }

    private static let readLine: Builtin = { _, words, state, io in
        let names = words.filter { !$0.hasPrefix("-") }
        var line: [UInt8] = []
        var isEnded = false
        while true {
            guard let byte = try await io.input.read(atMost: 1), let first = byte.first else {
                isEnded = true
                break
            }
            if first == 0x0a { break }
            line.append(first)
        }
        var rest = String(decoding: line, as: UTF8.self)[...]
        for (index, name) in (names.isEmpty ? ["REPLY"] : names).enumerated() {
            rest = rest.drop { $0 == " " }
            if index == max(names.count, 1) - 1 {
                state.variables[name] = String(rest)
            } else {
                let word = rest.prefix { $0 != " " }
                state.variables[name] = String(word)
                rest = rest.dropFirst(word.count)
            }
        }
        return isEnded && line.isEmpty ? 1 : 0
    }
}
