import Foundation

/// The built `midwatch`, run as a process with folders of its own, as a person or a script would run it.
final class Program: Sendable {
    /// Lies beside the test bundle.
    static let path: String? = {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let folders = [
            URL(filePath: ProcessInfo.processInfo.arguments[0]).deletingLastPathComponent(), Bundle.main.bundleURL,
            root.appending(path: ".build/debug"),
        ]
        return folders.map { $0.appending(path: "midwatch").path }
            .first { FileManager.default.isExecutableFile(atPath: $0) }
    }()

    struct Outcome: Sendable, Equatable {
        var code: Int32
        var output: String
        var problem: String

        var lines: [String] { output.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) }
    }

    /// Home and working folder of the program; empty at first.
    let folder: URL

    init() throws {
        folder = FileManager.default.temporaryDirectory.resolvingSymlinksInPath()
            .appending(path: "midwatch-program-\(UUID().uuidString)")
        try FileManager.default.createDirectory(
            at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    }

    deinit {
        // What stays is a small folder among the temporary ones.
        try? FileManager.default.removeItem(at: folder)
    }

    /// Writes a file into the folder, for its owner alone, and gives its path.
    @discardableResult
    func write(_ text: String, to name: String) throws -> String {
        let file = folder.appending(path: name)
        try Data(text.utf8).write(to: file)
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file.path)
        return file.path
    }

    /// Runs it to its end. One that hangs is killed after `seconds`, and what it printed is still told.
    func callAsFunction(_ arguments: String..., seconds: Int = 60) async throws -> Outcome {
        try await run(Self.path ?? "midwatch", arguments, seconds: seconds)
    }

    /// Runs another program in the same surroundings.
    func run(_ program: String, _ arguments: [String], seconds: Int = 60) async throws -> Outcome {
        let name = UUID().uuidString
        let (out, problem) = (folder.appending(path: "\(name).out"), folder.appending(path: "\(name).err"))
        for file in [out, problem] { _ = FileManager.default.createFile(atPath: file.path, contents: nil) }
        let process = process(program, arguments, seconds: seconds)
        process.standardOutput = try FileHandle(forWritingTo: out)
        process.standardError = try FileHandle(forWritingTo: problem)
        let code = try await withCheckedThrowingContinuation { continuation in
            process.terminationHandler = { continuation.resume(returning: $0.terminationStatus) }
            do { try process.run() } catch { continuation.resume(throwing: error) }
        }
        return Outcome(
            code: code, output: String(decoding: try Data(contentsOf: out), as: UTF8.self),
            problem: String(decoding: try Data(contentsOf: problem), as: UTF8.self))
    }

    /// Runs it until it has printed so many lines into a pipe, or ended; gives what it printed.
    func firstLines(_ count: Int, _ arguments: String...) throws -> String {
        let process = process(Self.path ?? "midwatch", arguments, seconds: 60)
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = FileHandle.nullDevice
        try process.run()
        var text = ""
        while text.count(where: { $0 == "\n" }) < count {
            let piece = pipe.fileHandleForReading.availableData
            guard !piece.isEmpty else { break }
            text += String(decoding: piece, as: UTF8.self)
        }
        // The program and the timeout before it are one process group.
        kill(-process.processIdentifier, SIGKILL)
        process.waitUntilExit()
        return text
    }

    private func process(_ program: String, _ arguments: [String], seconds: Int) -> Process {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/timeout")
        // It inherits this thread's signal mask, in which only KILL is sure to get through.
        process.arguments = ["-s", "KILL", "\(seconds)", program] + arguments
        process.environment = [
            "HOME": folder.path, "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8",
            "XDG_CONFIG_HOME": folder.appending(path: "config").path,
            "XDG_CACHE_HOME": folder.appending(path: "cache").path,
            "XDG_STATE_HOME": folder.appending(path: "state").path,
        ]
        process.currentDirectoryURL = folder
        process.standardInput = FileHandle.nullDevice
        return process
    }
}
