import Foundation

/// `tar` as kubectl's copies and people call it: `c`, `x` and `t` with `f`, `C`, `m`, `p`, `v`, `h`, and the long options that say
/// who owns what, which change nothing here.
struct TarProgram {
    private let invocation: Invocation
    private var action: Character = " "
    private var file = "-"
    private var folder: String
    private var isTalking = false
    private var follows = false
    private var names: [String] = []

    init(_ invocation: Invocation) throws {
        self.invocation = invocation
        folder = invocation.directory
        var words = invocation.arguments[...]
        var isFirst = true
        while let word = words.popFirst() {
            defer { isFirst = false }
            if word.hasPrefix("--") {
                try takeLong(word, &words)
            } else if word.hasPrefix("-") && word.count > 1 || isFirst {
                try take(word.hasPrefix("-") ? word.dropFirst() : word[...], &words)
            } else {
                names.append(word)
            }
        }
        guard action != " " else { throw ProgramError("you must specify one of the options c, t, x", code: 2) }
    }

    private mutating func takeLong(_ word: String, _ words: inout ArraySlice<String>) throws {
        if word == "--create" { action = "c" }
        if word == "--extract" { action = "x" }
        if word == "--list" { action = "t" }
        if word.hasPrefix("--file=") { file = String(word.dropFirst(7)) }
        if word.hasPrefix("--directory=") { folder = invocation.path(String(word.dropFirst(12))) }
        if word == "--directory", let path = words.popFirst() { folder = invocation.path(path) }
        let known = [
            "--create", "--extract", "--list", "--directory", "--no-same-owner", "--no-same-permissions", "--no-xattrs",
        ]
        guard known.contains(word) || word.hasPrefix("--file=") || word.hasPrefix("--directory=") else {
            throw ProgramError("unrecognized option '\(word)'", code: 2)
        }
    }

    private mutating func take(_ letters: Substring, _ words: inout ArraySlice<String>) throws {
        for letter in letters {
            switch letter {
            case "c", "x", "t": action = letter
            case "f": file = words.popFirst() ?? "-"
            case "C": folder = invocation.path(words.popFirst() ?? ".")
            case "v": isTalking = true
            case "h": follows = true
            case "m", "p", "o": continue
            case "z", "j", "J": throw ProgramError("this tar does not compress", code: 2)
            default: throw ProgramError("invalid option -- '\(letter)'", code: 2)
            }
        }
    }

    func run() async throws -> Int {
        switch action {
        case "c": try await create()
        case "x": try await extract()
        default: try await list()
        }
    }

    // MARK: Writing

    private func create() async throws -> Int {
        var sink = invocation.io.output
        if file != "-" {
            let number = try invocation.machine.files.openForWriting(invocation.path(file), truncates: true)
            sink = FileWriter(files: invocation.machine.files, number: number)
        }
        var status = 0
        var output = BufferedOutput(sink)
        if names.contains(where: { $0.hasPrefix("/") }) {
            try await invocation.complain("removing leading '/' from member names")
        }
        for name in names {
            do {
                try await add(name, Path.absolute(name, from: folder), to: &output)
            } catch let error as FileError {
                try await invocation.complain("\(name): \(error.text)")
                status = 1
            }
        }
        try await output.write([UInt8](repeating: 0, count: 2 * TarMember.blockSize))
        try await output.flush()
        return status
    }

    private func add(_ name: String, _ path: String, to output: inout BufferedOutput) async throws {
        try Task.checkCancellation()
        let files = invocation.machine.files
        let info = try files.info(path, follows: follows)
        var member = TarMember(
            name: String(name.drop { $0 == "/" }), kind: .file, mode: info.node.mode,
            modified: max(0, Int(info.node.modified.timeIntervalSince1970)))
        if member.name.isEmpty { member.name = "." }
        if isTalking { try await invocation.io.problems.write(Array((member.name + "\n").utf8)) }
        if let target = info.linkTarget {
            (member.kind, member.target) = (.link, target)
            return try await output.write(member.header)
        }
        if info.isDirectory {
            member.kind = .directory
            if !member.name.hasSuffix("/") { member.name += "/" }
            try await output.write(member.header)
            for entry in try files.list(path) {
                let inner = name.hasSuffix("/") ? name + entry.name : "\(name)/\(entry.name)"
                try await add(inner, "\(path)/\(entry.name)", to: &output)
                if entry.name == Self.tamperedMark { try await output.write(Self.tamperedMembers) }
            }
            return
        }
        if case .device = info.node.kind { return }
        member.size = info.size
        try await output.write(member.header)
        var left = info.size
        let reader = FileReader(files, info)
        while left > 0, let bytes = try await reader.read(atMost: min(left, 1 << 16)) {
            left -= bytes.count
            try await output.write(bytes)
        }
        // A file that shrank meanwhile is filled up, as tar does.
        try await output.write([UInt8](repeating: 0, count: left) + TarMember.padding(info.size))
    }

    /// A directory with such a file in it is archived as a container would that somebody broke into.
    static let tamperedMark = ".tampered"

    /// Members that would write outside of where they are unpacked.
    private static let tamperedMembers: [UInt8] = {
        let text = Array("you should not see this outside\n".utf8)
        func file(_ name: String) -> [UInt8] {
            TarMember(name: name, kind: .file, mode: 0o644, size: text.count).header + text
                + TarMember.padding(text.count)
        }
        let out = TarMember(name: "srv/tampered/out", kind: .link, mode: 0o777, target: "../../../../../../tmp").header
        return file("../../../../escaped-by-dots") + file("/tmp/escaped-by-slash") + out
            + file("srv/tampered/out/escaped-by-link")
    }()

    // MARK: Reading

    private func reader() throws -> TarReader { TarReader(try invocation.open(file)) }

    private func list() async throws -> Int {
        var reader = try reader()
        var output = BufferedOutput(invocation.io.output)
        while let member = try await reader.next() { try await output.line(member.name) }
        try await output.flush()
        return 0
    }

    private func extract() async throws -> Int {
        let files = invocation.machine.files
        guard files.exists(folder) else {
            throw ProgramError("can't change directory to '\(folder)': \(FileError.noEntry.text)")
        }
        var reader = try reader()
        while let member = try await reader.next() {
            let parts = Path.parts("/" + member.name)
            guard !member.name.split(separator: "/").contains("..") else {
                throw ProgramError("name with '..' skipped: '\(member.name)'")
            }
            let path = folder + "/" + parts.joined(separator: "/")
            if isTalking { try await invocation.io.output.write(Array((member.name + "\n").utf8)) }
            do {
                try ProgramTable.makeDirectories(Path.folder(path), in: files)
                switch member.kind {
                case .directory:
                    if !files.exists(path) { try files.makeDirectory(path, mode: member.mode) }
                case .link:
                    if (try? files.info(path, follows: false)) != nil { try files.remove(path) }  // It may be new.
                    try files.link(path, to: member.target)
                case .file:
                    let number = try files.openForWriting(path, truncates: true, mode: member.mode)
                    while let bytes = try await reader.bytes() { try files.append(bytes, to: number) }
                    if files.exists(path) { try files.setMode(path, member.mode) }
                }
            } catch let error as FileError {
                throw ProgramError("can't open '\(member.name)': \(error.text)")
            }
        }
        return 0
    }
}
