extension ProgramTable {
    static let files: [String: Program] = [
        "ls": { try await FileListing($0).run() },
        "mkdir": makeDirectory, "rmdir": removeDirectory, "rm": remove, "mv": move, "cp": copyFiles,
        "chmod": changeMode,
        "touch": touch, "ln": link, "readlink": readLink, "stat": status, "which": which, "basename": baseName,
        "dirname": folderName, "find": find, "chown": { _ in 0 }, "sync": { _ in 0 }, "mktemp": temporary, "du": usage,
        "truncate": { invocation in
            let (options, names) = try invocation.options("", withValue: "s")
            for name in names {
                let number = try named(name) {
                    try invocation.machine.files.openForWriting(invocation.path(name), truncates: true)
                }
                let zeros = [UInt8](repeating: 0, count: min(max(0, options.value("s").flatMap(size) ?? 0), 64 << 20))
                try invocation.machine.files.append(zeros, to: number)
            }
            return 0
        },
        "realpath": { invocation in
            for name in invocation.arguments { try await invocation.print(invocation.path(name) + "\n") }
            return 0
        },
    ]

    /// Says which file it was about when something fails.
    static func named<Value>(_ name: String, _ body: () throws -> Value) throws -> Value {
        do {
            return try body()
        } catch let error as FileError {
            throw ProgramError("\(name): \(error.text)")
        }
    }

    private static let makeDirectory: Program = { invocation in
        let (options, names) = try invocation.options("pv", withValue: "m")
        guard !names.isEmpty else { throw ProgramError("missing operand") }
        for name in names {
            let path = invocation.path(name)
            guard options.has("p") else {
                do {
                    try invocation.machine.files.makeDirectory(path)
                } catch let error as FileError {
                    throw ProgramError("can't create directory '\(name)': \(error.text)")
                }
                continue
            }
            try named(name) { try makeDirectories(path, in: invocation.machine.files) }
        }
        return 0
    }

    /// Makes a directory and what is missing above it.
    static func makeDirectories(_ path: String, in files: FileSystem) throws {
        let parts = Path.parts(path)
        for count in parts.indices {
            let part = "/" + parts[...count].joined(separator: "/")
            do {
                try files.makeDirectory(part)
            } catch FileError.exists {
                guard try files.info(part).isDirectory else { throw FileError.exists }
            }
        }
    }

    private static let removeDirectory: Program = { invocation in
        for name in invocation.arguments {
            try named("'\(name)'") {
                guard try invocation.machine.files.info(invocation.path(name)).isDirectory else {
                    throw FileError.notDirectory
                }
                try invocation.machine.files.remove(invocation.path(name))
            }
        }
        return 0
    }

    private static let remove: Program = { invocation in
        let (options, names) = try invocation.options("rRfvi")
        let isDeep = options.has("r") || options.has("R")
        var status = 0
        for name in names {
            let path = invocation.path(name)
            do {
                let info = try invocation.machine.files.info(path, follows: false)
                if info.isDirectory {
                    guard isDeep else { throw ProgramError("'\(name)' is a directory") }
                    try await removeTree(path, in: invocation.machine.files)
                } else {
                    try invocation.machine.files.remove(path)
                }
            } catch let error as FileError {
                if options.has("f"), error == .noEntry { continue }
                try await invocation.complain("can't remove '\(name)': \(error.text)")
                status = 1
            }
        }
        return status
    }

    private static func removeTree(_ path: String, in files: FileSystem) async throws {
        try Task.checkCancellation()
        for entry in try files.list(path) {
            let inner = path + "/" + entry.name
            if entry.info.isDirectory { try await removeTree(inner, in: files) } else { try files.remove(inner) }
        }
        try files.remove(path)
    }

    /// The place a file goes to: into the target where that is a directory.
    private static func place(_ source: String, _ target: String, _ invocation: Invocation) -> String {
        let path = invocation.path(target)
        // A target that is not there yet is the new name.
        guard (try? invocation.machine.files.info(path))?.isDirectory == true else { return path }
        return path + "/" + Path.name(source)
    }

    private static let move: Program = { invocation in
        let (_, names) = try invocation.options("fnv")
        guard names.count >= 2, let target = names.last else { throw ProgramError("missing operand") }
        for name in names.dropLast() {
            try named("can't rename '\(name)'") {
                try invocation.machine.files.rename(invocation.path(name), to: place(name, target, invocation))
            }
        }
        return 0
    }

    private static let copyFiles: Program = { invocation in
        let (options, names) = try invocation.options("rRafpv")
        guard names.count >= 2, let target = names.last else { throw ProgramError("missing operand") }
        let isDeep = options.has("r") || options.has("R") || options.has("a")
        for name in names.dropLast() {
            do {
                try await copyTree(
                    invocation.path(name), to: place(name, target, invocation), isDeep: isDeep,
                    in: invocation.machine.files)
            } catch let error as FileError {
                let reason =
                    error == .isDirectory ? "omitting directory '\(name)'" : "can't stat '\(name)': \(error.text)"
                throw ProgramError(reason)
            }
        }
        return 0
    }

    private static func copyTree(_ source: String, to target: String, isDeep: Bool, in files: FileSystem) async throws {
        try Task.checkCancellation()
        let info = try files.info(source, follows: !isDeep)
        if let link = info.linkTarget { return try files.link(target, to: link) }
        if info.isDirectory {
            guard isDeep, !(target + "/").hasPrefix(source + "/") else { throw FileError.isDirectory }
            if !files.exists(target) { try files.makeDirectory(target, mode: info.node.mode) }
            for entry in try files.list(source) {
                try await copyTree("\(source)/\(entry.name)", to: "\(target)/\(entry.name)", isDeep: true, in: files)
            }
            return
        }
        let number = try files.openForWriting(target, truncates: true, mode: info.node.mode)
        let reader = FileReader(files, info)
        while !reader.isDevice, let bytes = try await reader.read(atMost: 1 << 16) {
            try files.append(bytes, to: number)
        }
    }

    private static let changeMode: Program = { invocation in
        let (options, names) = try invocation.options("Rf")
        guard names.count >= 2 else { throw ProgramError("missing operand") }
        for name in names.dropFirst() {
            let path = invocation.path(name)
            try named(name) {
                let present = try invocation.machine.files.info(path).node.mode
                guard let mode = FileMode.changed(present, by: names[0]) else { throw FileError.invalid }
                try invocation.machine.files.setMode(path, mode)
            }
        }
        _ = options
        return 0
    }

    private static let touch: Program = { invocation in
        let (_, names) = try invocation.options("camf", withValue: "dtr")
        for name in names {
            try named(name) {
                let path = invocation.path(name)
                if invocation.machine.files.exists(path) {
                    try invocation.machine.files.touch(path)
                } else {
                    _ = try invocation.machine.files.openForWriting(path, truncates: false)
                }
            }
        }
        return 0
    }

    private static let link: Program = { invocation in
        let (options, names) = try invocation.options("sfn")
        guard names.count == 2, options.has("s") else { throw ProgramError("only symbolic links: ln -s TARGET NAME") }
        let path = place(names[0], names[1], invocation)
        if options.has("f") { try? invocation.machine.files.remove(path) }  // There may be nothing to replace.
        try named(names[1]) { try invocation.machine.files.link(path, to: names[0]) }
        return 0
    }

    private static let readLink: Program = { invocation in
        let (_, names) = try invocation.options("f")
        for name in names {
            let info = try named(name) { try invocation.machine.files.info(invocation.path(name), follows: false) }
            guard let target = info.linkTarget else { return 1 }
            try await invocation.print(target + "\n")
        }
        return 0
    }

    private static let status: Program = { invocation in
        let (options, names) = try invocation.options("L", withValue: "c")
        for name in names {
            let info = try named(name) {
                try invocation.machine.files.info(invocation.path(name), follows: options.has("L"))
            }
            let mode = String(info.node.mode, radix: 8)
            let seconds = "\(Int(info.node.modified.timeIntervalSince1970))"
            if let format = options.value("c") {
                let text = format.replacing("%s", with: "\(info.size)").replacing("%a", with: mode)
                    .replacing("%n", with: name).replacing("%Y", with: seconds).replacing("%U", with: "root")
                try await invocation.print(text + "\n")
            } else {
                try await invocation.print(
                    "  File: \(name)\n  Size: \(info.size)\nAccess: (0\(mode)/\(info.modeText))\n")
            }
        }
        return 0
    }

    private static let which: Program = { invocation in
        var status = 0
        for name in invocation.arguments {
            let path = invocation.machine.find(
                name, environment: invocation.environment, directory: invocation.directory)
            if let path { try await invocation.print(path + "\n") } else { status = 1 }
        }
        return status
    }

    private static let baseName: Program = { invocation in
        guard let path = invocation.arguments.first else { throw ProgramError("missing operand") }
        let name = Path.name(path)
        let suffix = invocation.arguments.dropFirst().first ?? ""
        let isCut = !suffix.isEmpty && name.hasSuffix(suffix) && name != suffix
        try await invocation.print((isCut ? String(name.dropLast(suffix.count)) : name) + "\n")
        return 0
    }

    private static let folderName: Program = { invocation in
        guard let path = invocation.arguments.first else { throw ProgramError("missing operand") }
        let parts = path.split(separator: "/", omittingEmptySubsequences: false).dropLast()
        let folder = parts.joined(separator: "/")
        try await invocation.print((folder.isEmpty ? (path.hasPrefix("/") ? "/" : ".") : folder) + "\n")
        return 0
    }

    private static let find: Program = { invocation in
        var words = invocation.arguments[...]
        var starts: [String] = []
        while let word = words.first, !word.hasPrefix("-") { starts.append(words.popFirst() ?? word) }
        var (pattern, type, depth): (String?, String?, Int) = (nil, nil, .max)
        while let word = words.popFirst() {
            switch word {
            case "-name": pattern = words.popFirst()
            case "-type": type = words.popFirst()
            case "-maxdepth": depth = words.popFirst().flatMap { Int($0) } ?? 0
            case "-print": continue
            default: throw ProgramError("unrecognized: \(word)")
            }
        }
        var output = BufferedOutput(invocation.io.output)
        var pending = (starts.isEmpty ? ["."] : starts).reversed().map { ($0, 0) }
        while let (name, level) = pending.popLast() {
            let info = try named(name) { try invocation.machine.files.info(invocation.path(name), follows: false) }
            let kind = info.isDirectory ? "d" : info.linkTarget == nil ? "f" : "l"
            let fits = pattern.map { Glob.fits($0, Path.name(name)) } ?? true
            if fits, type ?? kind == kind { try await output.line(name) }
            guard info.isDirectory, level < depth else { continue }
            let prefix = name.hasSuffix("/") ? name : name + "/"
            pending += try invocation.machine.files.list(invocation.path(name)).reversed().map {
                (prefix + $0.name, level + 1)
            }
        }
        try await output.flush()
        return 0
    }

    private static let temporary: Program = { invocation in
        let (options, _) = try invocation.options("d")
        for number in 0..<10_000 {
            let path = "/tmp/tmp.\(String(number, radix: 36).leftPadded(6).replacing(" ", with: "a"))"
            guard !invocation.machine.files.exists(path) else { continue }
            if options.has("d") {
                try invocation.machine.files.makeDirectory(path, mode: 0o700)
            } else {
                _ = try invocation.machine.files.openForWriting(path, truncates: false, mode: 0o600)
            }
            try await invocation.print(path + "\n")
            return 0
        }
        throw ProgramError("too many temporary files")
    }

    private static let usage: Program = { invocation in
        let (_, names) = try invocation.options("shkm")
        for name in names.isEmpty ? ["."] : names {
            let total = try named(name) { () throws -> Int in
                try Self.total(invocation.path(name), in: invocation.machine.files)
            }
            try await invocation.print("\(max(4, (total + 1023) / 1024))\t\(name)\n")
        }
        return 0
    }

    private static func total(_ path: String, in files: FileSystem) throws -> Int {
        let info = try files.info(path, follows: false)
        guard info.isDirectory else { return info.size }
        return try files.list(path).reduce(info.size) { try $0 + total("\(path)/\($1.name)", in: files) }
    }
}
