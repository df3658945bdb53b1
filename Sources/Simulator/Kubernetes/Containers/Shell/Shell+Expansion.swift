import Synchronization

extension Shell {
    /// The fields a list of words becomes.
    func expand(_ words: [ShellWord], _ state: inout ShellState, _ io: ProcessIO) async throws -> [String] {
        var fields: [String] = []
        for word in words { fields += try await expand(word, &state, io) }
        return fields
    }

    /// One text, without cutting it into fields: for assignments, redirections, patterns.
    func text(of word: ShellWord, _ state: inout ShellState, _ io: ProcessIO) async throws -> String {
        var text = ""
        for part in word.parts { text += try await value(of: part, &state, io) }
        return text.hasPrefix("~/") || text == "~" ? (state.variables["HOME"] ?? "/root") + text.dropFirst() : text
    }

    private func expand(_ word: ShellWord, _ state: inout ShellState, _ io: ProcessIO) async throws -> [String] {
        if case .parameter("@", "", nil, true)? = word.parts.first, word.parts.count == 1 { return state.positional }
        var fields: [(text: String, hasPattern: Bool)] = []
        var current: (text: String, hasPattern: Bool)?
        func add(_ text: String, hasPattern: Bool) {
            current = ((current?.text ?? "") + text, (current?.hasPattern ?? false) || hasPattern)
        }
        for (index, part) in word.parts.enumerated() {
            let value = try await value(of: part, &state, io)
            switch part {
            case .bare:
                let isHome = index == 0 && (value == "~" || value.hasPrefix("~/"))
                let text = isHome ? (state.variables["HOME"] ?? "/root") + value.dropFirst() : value
                add(text, hasPattern: text.contains { "*?[".contains($0) })
            case .quoted, .parameter(_, _, _, true), .command(_, true), .arithmetic(_, true):
                add(value, hasPattern: false)
            default:
                let pieces = value.split(omittingEmptySubsequences: true) { " \t\n".contains($0) }
                if value.first.map({ " \t\n".contains($0) }) == true, let done = current {
                    fields.append(done)
                    current = nil
                }
                for (number, piece) in pieces.enumerated() {
                    if number > 0, let done = current {
                        fields.append(done)
                        current = nil
                    }
                    add(String(piece), hasPattern: piece.contains { "*?[".contains($0) })
                }
                if value.last.map({ " \t\n".contains($0) }) == true, !pieces.isEmpty, let done = current {
                    fields.append(done)
                    current = nil
                }
            }
        }
        if let current { fields.append(current) }
        return fields.flatMap { field -> [String] in
            guard field.hasPattern else { return [field.text] }
            let found = Glob.paths(field.text, from: state.directory, in: machine.files)
            return found.isEmpty ? [field.text] : found
        }
    }

    private func value(of part: ShellWord.Part, _ state: inout ShellState, _ io: ProcessIO) async throws -> String {
        switch part {
        case .bare(let text), .quoted(let text): return text
        case .arithmetic(let word, _):
            let expression = try await text(of: word, &state, io)
            guard let number = Arithmetic.value(expression, variables: state.variables) else {
                throw ProgramError("arithmetic syntax error", code: 2)
            }
            return "\(number)"
        case .command(let script, _):
            let capture = Capture()
            var inner = io
            inner.output = capture
            let stream = inner
            state.status = try await subshell(state) { try await run(script, &$0, stream) }
            return capture.text
        case .parameter(let name, let operation, let word, _):
            return try await parameter(name, operation, word, &state, io)
        }
    }

    private func parameter(
        _ name: String, _ operation: String, _ word: ShellWord?, _ state: inout ShellState, _ io: ProcessIO
    ) async throws -> String {
        let value = Self.parameter(name, state)
        if operation.isEmpty { return value ?? "" }
        if operation == "length" { return "\((value ?? "").count)" }
        let isMissing = operation.hasPrefix(":") ? (value ?? "").isEmpty : value == nil
        let other = try await word.asyncText { try await text(of: $0, &state, io) }
        switch operation.last {
        case "-": return isMissing ? other : value ?? ""
        case "+": return isMissing ? "" : other
        case "=":
            if isMissing { state.variables[name] = other }
            return isMissing ? other : value ?? ""
        case "?":
            guard isMissing else { return value ?? "" }
            try await complain("\(name): \(other.isEmpty ? "parameter not set" : other)", io)
            throw ShellJump.exit(2)
        case "#": return Glob.trimmed(value ?? "", other, fromStart: true, longest: operation == "##")
        default: return Glob.trimmed(value ?? "", other, fromStart: false, longest: operation == "%%")
        }
    }

    static func parameter(_ name: String, _ state: ShellState) -> String? {
        switch name {
        case "?": "\(state.status)"
        case "$": "1042"
        case "!": state.background.last.map { "\($0)" } ?? ""
        case "#": "\(state.positional.count)"
        case "@", "*": state.positional.joined(separator: " ")
        case "-": state.stopsOnError ? "e" : ""
        case "0": state.name
        default:
            if let index = Int(name) {
                index <= state.positional.count ? state.positional[index - 1] : nil
            } else {
                state.variables[name]
            }
        }
    }
}

extension ShellWord? {
    fileprivate func asyncText(_ body: (ShellWord) async throws -> String) async throws -> String {
        guard let word = self else { return "" }
        return try await body(word)
    }
}

/// What a command substitution wrote, one mebibyte at most.
final class Capture: ByteSink {
    private let bytes = Mutex<[UInt8]>([])

    func write(_ more: [UInt8]) async throws {
        try Task.checkCancellation()
        try bytes.withLock { bytes in
            guard bytes.count + more.count <= 1 << 20 else { throw PipeError.broken }
            bytes += more
        }
    }

    /// The text without the newlines at its end.
    var text: String {
        var bytes = bytes.withLock { $0 }
        while bytes.last == 0x0a { bytes.removeLast() }
        return String(decoding: bytes, as: UTF8.self)
    }
}

/// A text to read.
final class TextSource: ByteSource {
    private let rest: Mutex<[UInt8]>

    init(_ text: String) { rest = Mutex(Array(text.utf8)) }

    func read(atMost limit: Int) async throws -> [UInt8]? {
        rest.withLock { rest in
            guard !rest.isEmpty else { return nil }
            let piece = Array(rest.prefix(limit))
            rest.removeFirst(piece.count)
            return piece
        }
    }
}
