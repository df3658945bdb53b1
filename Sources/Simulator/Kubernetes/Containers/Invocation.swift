/// A program's three streams.
struct ProcessIO: Sendable {
    var input: any ByteSource
    var output: any ByteSink
    var problems: any ByteSink
}

/// One run of a program in a container: everything it gets when it starts.
struct Invocation: Sendable {
    let machine: ContainerMachine
    var name: String
    var arguments: [String]
    var environment: [String: String]
    var directory: String
    var io: ProcessIO
    /// The terminal it belongs to, if it has one.
    var terminal: Terminal?

    /// Whether what it writes goes straight to its terminal.
    var writesToTerminal: Bool { io.output is TerminalOutput }
    var readsTerminal: Bool { io.input is TerminalInput }

    func path(_ text: String) -> String { Path.absolute(text, from: directory) }

    func print(_ text: String) async throws { try await io.output.write(Array(text.utf8)) }

    /// Says what went wrong, with the program's name before it.
    func complain(_ text: String) async throws { try await io.problems.write(Array("\(name): \(text)\n".utf8)) }

    /// The options that are single letters, and the rest; `--` ends them.
    func options(_ known: String, withValue: String = "") throws -> (Options, [String]) {
        try Options.parse(arguments, known: known, withValue: withValue)
    }

    /// Opens a file to read; `-` is the standard input.
    func open(_ file: String) throws -> any ByteSource {
        if file == "-" { return io.input }
        do {
            let info = try machine.files.info(path(file))
            guard !info.isDirectory else { throw FileError.isDirectory }
            if case .device(.tty) = info.node.kind, let terminal { return TerminalInput(terminal: terminal) }
            return FileReader(machine.files, info)
        } catch let error as FileError {
            throw ProgramError("\(file): \(error.text)")
        }
    }
}

/// A program ends with this complaint.
struct ProgramError: Error {
    var text: String
    var code = 1

    init(_ text: String, code: Int = 1) {
        self.text = text
        self.code = code
    }
}

/// The single-letter options of a command line.
struct Options {
    private var values: [Character: String] = [:]

    func has(_ letter: Character) -> Bool { values[letter] != nil }
    func value(_ letter: Character) -> String? { values[letter] }
    func number(_ letter: Character) -> Int? { values[letter].flatMap { Int($0) } }

    static func parse(_ arguments: [String], known: String, withValue: String) throws -> (Options, [String]) {
        var options = Options()
        var rest = arguments[...]
        while let argument = rest.first, argument.hasPrefix("-"), argument.count > 1 {
            rest = rest.dropFirst()
            if argument == "--" { break }
            if let digit = argument.dropFirst().first, digit.isNumber, withValue.contains("n") {
                options.values["n"] = String(argument.dropFirst())
                continue
            }
            var letters = argument.dropFirst()[...]
            while let letter = letters.popFirst() {
                if withValue.contains(letter) {
                    options.values[letter] = letters.isEmpty ? rest.popFirst() ?? "" : String(letters)
                    break
                }
                guard known.contains(letter) else {
                    throw ProgramError("unrecognized option: \(argument)")
                }
                options.values[letter] = ""
            }
        }
        return (options, Array(rest))
    }
}
