import Foundation

/// Runs a clipboard program with the text on its standard input.
enum NativeClipboard {
    /// False when the program is missing, fails, or does not take the text within a second.
    static func run(_ program: [String], input: String) -> Bool {
        guard let path = path(of: program[0]) else { return false }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = Array(program.dropFirst())
        let pipe = Pipe()
        process.standardInput = pipe
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        let ended = DispatchSemaphore(value: 0)
        process.terminationHandler = { _ in ended.signal() }
        do {
            try process.run()
            try pipe.fileHandleForWriting.write(contentsOf: Data(input.utf8))
            try pipe.fileHandleForWriting.close()
        } catch {
            return false  // the next way is tried; the caller says which one worked
        }
        guard ended.wait(timeout: .now() + 1) == .success else {
            process.terminate()
            return false
        }
        return process.terminationStatus == 0
    }

    private static func path(of name: String) -> String? {
        let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
        return folders.map { "\($0)/\(name)" }.first { access($0, X_OK) == 0 }
    }
}
