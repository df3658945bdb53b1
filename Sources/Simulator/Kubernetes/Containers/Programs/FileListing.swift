import Foundation

/// `ls`: names in columns on a terminal, one a line elsewhere, `-l` with everything about them.
struct FileListing {
    private let invocation: Invocation
    private let options: Options
    private let names: [String]

    init(_ invocation: Invocation) throws {
        self.invocation = invocation
        (options, names) = try invocation.options("laA1hdFRtrSin")
    }

    func run() async throws -> Int {
        var output = BufferedOutput(invocation.io.output)
        var status = 0
        var plain: [(String, FileInfo)] = []
        var folders: [String] = []
        for name in names.isEmpty ? ["."] : names {
            do {
                let info = try invocation.machine.files.info(invocation.path(name), follows: !options.has("l"))
                if info.isDirectory, !options.has("d") { folders.append(name) } else { plain.append((name, info)) }
            } catch let error as FileError {
                try await invocation.complain("\(name): \(error.text)")
                status = 1
            }
        }
        try await write(plain, to: &output)
        for (index, folder) in folders.enumerated() {
            if folders.count + plain.count > 1 {
                try await output.line((index > 0 || !plain.isEmpty ? "\n" : "") + shown(folder) + ":")
            }
            try await write(try entries(folder), to: &output)
        }
        try await output.flush()
        return status
    }

    private func entries(_ folder: String) throws -> [(String, FileInfo)] {
        let path = invocation.path(folder)
        var entries = try invocation.machine.files.list(path).map { ($0.name, $0.info) }
        if options.has("a") {
            let own = try invocation.machine.files.info(path)
            entries = [(".", own), ("..", try invocation.machine.files.info(path + "/.."))] + entries
        } else if !options.has("A") {
            entries.removeAll { $0.0.hasPrefix(".") }
        }
        if options.has("t") { entries.sort { $0.1.node.modified > $1.1.node.modified } }
        if options.has("S") { entries.sort { $0.1.size > $1.1.size } }
        return options.has("r") ? entries.reversed() : entries
    }

    private func write(_ entries: [(String, FileInfo)], to output: inout BufferedOutput) async throws {
        guard !entries.isEmpty else { return }
        if options.has("l") {
            let width = entries.map { size($0.1).count }.max() ?? 0
            for (name, info) in entries { try await output.line(long(name, info, width)) }
        } else if invocation.writesToTerminal, !options.has("1"), let terminal = invocation.terminal {
            try await columns(entries.map { decorated($0.0, $0.1) }, terminal.size.columns, to: &output)
        } else {
            for (name, info) in entries { try await output.line(decorated(name, info)) }
        }
    }

    private func long(_ name: String, _ info: FileInfo, _ width: Int) -> String {
        let arrow = info.linkTarget.map { " -> \($0)" } ?? ""
        return "\(info.modeText)    1 root     root     \(size(info).leftPadded(max(9, width))) \(Self.time(info)) "
            + decorated(name, info) + arrow
    }

    private func size(_ info: FileInfo) -> String {
        guard options.has("h"), info.size >= 1024 else { return "\(info.size)" }
        var (value, unit) = (Double(info.size), 0)
        while value >= 1024, unit < 4 { (value, unit) = (value / 1024, unit + 1) }
        return String(format: "%.1f", value) + String(Array("BKMGT")[unit])
    }

    private static func time(_ info: FileInfo) -> String {
        let formatter = DateFormatter()
        formatter.locale = Locale(identifier: "en_US_POSIX")
        formatter.timeZone = TimeZone(identifier: "UTC")
        formatter.dateFormat = "MMM dd HH:mm"
        return formatter.string(from: info.node.modified)
    }

    private func decorated(_ name: String, _ info: FileInfo) -> String {
        let mark =
            !options.has("F")
            ? "" : info.isDirectory ? "/" : info.linkTarget != nil ? "@" : info.isExecutable ? "*" : ""
        return shown(name) + mark
    }

    /// As busybox does, control characters become question marks on a terminal, and stay what they are elsewhere.
    private func shown(_ name: String) -> String {
        guard invocation.writesToTerminal else { return name }
        return String(
            String.UnicodeScalarView(name.unicodeScalars.map { $0.value < 0x20 || $0.value == 0x7f ? "?" : $0 }))
    }

    private func columns(_ names: [String], _ width: Int, to output: inout BufferedOutput) async throws {
        let column = (names.map(\.count).max() ?? 0) + 2
        let count = max(1, width / column)
        let rows = (names.count + count - 1) / count
        for row in 0..<rows {
            let line = stride(from: row, to: names.count, by: rows).map { names[$0] }
            try await output.line(line.dropLast().map { $0.rightPadded(column) }.joined() + (line.last ?? ""))
        }
    }
}
