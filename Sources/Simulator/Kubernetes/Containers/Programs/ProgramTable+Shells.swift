extension ProgramTable {
    static let shells: [String: Program] = [
        "sh": shell, "ash": shell, "bash": shell,
        "true": { _ in 0 }, "false": { _ in 1 },
        "test": { try ShellTest($0).outcome($0.arguments) },
        "[": { invocation in
            guard invocation.arguments.last == "]" else { throw ProgramError("missing ]", code: 2) }
            return try ShellTest(invocation).outcome(invocation.arguments.dropLast())
        },
        "env": env, "printenv": env, "sleep": sleep,
        "chroot": { invocation in
            // A node's file system is the same make-believe one.
            var inner = invocation
            inner.name = invocation.arguments.dropFirst().first ?? "sh"
            inner.arguments = Array(invocation.arguments.dropFirst(2))
            return try await start(inner)
        },
        "nsenter": { invocation in
            var inner = invocation
            var words = invocation.arguments.drop { $0.hasPrefix("-") && $0 != "--" || Int($0) != nil }
            if words.first == "--" { words = words.dropFirst() }
            inner.name = words.first ?? "sh"
            inner.arguments = Array(words.dropFirst())
            return try await start(inner)
        },
        "xargs": { invocation in
            var reader = LineReader(invocation.io.input)
            var words: [String] = []
            while let line = try await reader.nextText() { words += line.split(separator: " ").map(String.init) }
            var inner = invocation
            guard let name = invocation.arguments.first else {
                try await invocation.print(words.joined(separator: " ") + "\n")
                return 0
            }
            inner.name = name
            inner.arguments = Array(invocation.arguments.dropFirst()) + words
            return try await start(inner)
        },
        "timeout": { invocation in
            guard let seconds = invocation.arguments.first.flatMap(Self.seconds), invocation.arguments.count > 1 else {
                throw ProgramError("invalid time interval", code: 125)
            }
            var inner = invocation
            inner.name = invocation.arguments[1]
            inner.arguments = Array(invocation.arguments.dropFirst(2))
            let program = inner
            return try await withThrowingTaskGroup(of: Int.self) { group in
                group.addTask { try await start(program) }
                group.addTask {
                    try await invocation.machine.clock.sleep(seconds: seconds)
                    return 124
                }
                defer { group.cancelAll() }
                return try await group.next() ?? 0
            }
        },
    ]

    /// Runs another program by its name, as `env` and its like do.
    private static func start(_ invocation: Invocation) async throws -> Int {
        let path = invocation.machine.find(
            invocation.name, environment: invocation.environment, directory: invocation.directory)
        guard let path else {
            throw ProgramError("can't execute '\(invocation.name)': No such file or directory", code: 127)
        }
        return try await invocation.machine.run(path, invocation)
    }

    private static let env: Program = { invocation in
        var inner = invocation
        var rest = invocation.arguments[...]
        while let word = rest.first, let sign = word.firstIndex(of: "=") {
            inner.environment[String(word[..<sign])] = String(word[word.index(after: sign)...])
            rest = rest.dropFirst()
        }
        if invocation.name == "printenv", let name = rest.first {
            guard let value = inner.environment[name] else { return 1 }
            try await invocation.print(value + "\n")
            return 0
        }
        if let name = rest.first {
            inner.name = name
            inner.arguments = Array(rest.dropFirst())
            return try await start(inner)
        }
        let lines = inner.environment.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)\n" }
        try await invocation.print(lines.joined())
        return 0
    }

    private static let sleep: Program = { invocation in
        guard !invocation.arguments.isEmpty else { throw ProgramError("missing operand") }
        var total = 0.0
        for argument in invocation.arguments {
            guard let seconds = seconds(argument) else { throw ProgramError("invalid number '\(argument)'") }
            total += seconds
        }
        try await invocation.machine.clock.sleep(seconds: total)
        return 0
    }

    private static func seconds(_ text: String) -> Double? {
        if text == "infinity" { return 1e9 }
        let units: [Character: Double] = ["s": 1, "m": 60, "h": 3600, "d": 86_400]
        guard let last = text.last, let unit = units[last] else { return Double(text) }
        return Double(text.dropLast()).map { $0 * unit }
    }

    private static let shell: Program = { invocation in
        var arguments = invocation.arguments[...]
        var shell = Shell(invocation, name: invocation.name, arguments: [])
        while let word = arguments.first, word.hasPrefix("-"), word != "-", !word.hasPrefix("--") {
            arguments = arguments.dropFirst()
            if word.contains("e") { shell.state.stopsOnError = true }
            if word.contains("x") { shell.state.traces = true }
            guard word.contains("c") else { continue }
            guard let text = arguments.popFirst() else { throw ProgramError("-c requires an argument", code: 2) }
            if let name = arguments.popFirst() { shell.state.name = name }
            shell.state.positional = Array(arguments)
            return try await shell.run(text)
        }
        if let file = arguments.popFirst(), !file.hasPrefix("--") {
            let script = try await Bytes.all(of: invocation.open(file), limit: 1 << 20)
            shell.state.name = file
            shell.state.positional = Array(arguments)
            return try await shell.run(String(decoding: script, as: UTF8.self))
        }
        return try await ShellPrompt(shell: shell, isBash: invocation.name == "bash").run()
    }
}
