extension ProgramTable {
    static let texts: [String: Program] = [
        "echo": echo, "printf": printf, "cat": cat, "head": head,
    ]

    private static let echo: Program = { invocation in
        var words = invocation.arguments[...]
        var (newline, escapes) = (true, false)
        while let word = words.first, word.hasPrefix("-"), word.count > 1,
            word.dropFirst().allSatisfy({ "neE".contains($0) })
        {
            if word.contains("n") { newline = false }
            if word.contains("e") { escapes = true }
            words = words.dropFirst()
        }
        let text = words.joined(separator: " ")
        try await invocation.io.output.write(
            (escapes ? EscapeText.bytes(text) : Array(text.utf8)) + (newline ? [0x0a] : []))
        return 0
    }

    private static let printf: Program = { invocation in
        guard let format = invocation.arguments.first else { throw ProgramError("usage: printf FORMAT [ARGUMENT]...") }
        try await invocation.io.output.write(PrintFormat(format).bytes(Array(invocation.arguments.dropFirst())))
        return 0
    }

    private static let cat: Program = { invocation in
        let (_, files) = try invocation.options("unveAT")
        var status = 0
        for file in files.isEmpty ? ["-"] : files {
            do {
                let source = try invocation.open(file)
                while let chunk = try await source.read(atMost: 1 << 16) { try await invocation.io.output.write(chunk) }
            } catch let error as ProgramError {
                try await invocation.complain(error.text)
                status = 1
            }
        }
        return status
    }

    private static let head: Program = { invocation in
        let (options, files) = try invocation.options("q", withValue: "nc")
        for file in files.isEmpty ? ["-"] : files {
            let source = try invocation.open(file)
            if let text = options.value("c") {
                guard let count = Self.size(text) else { throw ProgramError("invalid number '\(text)'") }
                try await copy(count, from: source, to: invocation.io.output)
            } else {
                var reader = LineReader(source)
                var output = BufferedOutput(invocation.io.output)
                for _ in 0..<max(0, options.number("n") ?? 10) {
                    guard let line = try await reader.next() else { break }
                    try await output.write(line + [0x0a])
                }
                try await output.flush()
            }
        }
        return 0
    }

    /// Copies so many bytes.
    static func copy(_ count: Int, from source: any ByteSource, to sink: any ByteSink) async throws {
        var left = count
        while left > 0, let chunk = try await source.read(atMost: min(left, 1 << 16)) {
            left -= chunk.count
            try await sink.write(chunk)
        }
    }

    /// `10`, `4k`, `100M`, `1G`
    static func size(_ text: String) -> Int? {
        let units: [Character: Int] = ["k": 1 << 10, "K": 1 << 10, "M": 1 << 20, "G": 1 << 30, "b": 512]
        guard let last = text.last, let unit = units[last] else { return Int(text) }
        guard let number = Int(text.dropLast()) else { return nil }
        let (product, isTooLarge) = number.multipliedReportingOverflow(by: unit)
        return isTooLarge ? nil : product
    }
}
