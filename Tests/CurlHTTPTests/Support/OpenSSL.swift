import Foundation

/// A TLS server of `openssl s_server` on loopback; what it prints, requests included, can be waited for.
final class OpenSSL {
    static let path = "/usr/bin/openssl"

    let port: Int
    private let process = Process()
    private let input = Pipe()
    private let log: ProgramLog

    var origin: String { "https://127.0.0.1:\(port)" }

    /// Answers every GET with a page about the connection.
    static func page(_ certificate: String, _ arguments: String...) async throws -> OpenSSL {
        try await OpenSSL(certificate, ["-www"] + arguments)
    }

    /// Prints what the client sends and sends what it is told to.
    static func raw(_ certificate: String, _ arguments: String...) async throws -> OpenSSL {
        try await OpenSSL(certificate, arguments)
    }

    private init(_ certificate: String, _ arguments: [String]) async throws {
        process.executableURL = URL(filePath: Self.path)
        process.currentDirectoryURL = TestAuthority.shared.folder
        process.arguments =
            ["s_server", "-accept", "127.0.0.1:0", "-cert", "\(certificate).crt", "-key", "\(certificate).key"]
            + arguments
        process.standardInput = input
        log = ProgramLog(of: process)
        try process.run()
        await log.wait(for: "ACCEPT 127.0.0.1:")
        await log.wait(for: "\n")
        let printed = log.text.split(separator: "ACCEPT 127.0.0.1:").last?.prefix(while: \.isNumber)
        port = printed.flatMap { Int($0) } ?? 0
    }

    /// Returns all that was printed as soon as `text` is in it.
    func wait(for text: String) async -> String {
        await log.wait(for: text)
        return log.text
    }

    func send(_ text: String) { send(Array(text.utf8)) }

    func send(_ bytes: [UInt8]) { input.fileHandleForWriting.write(Data(bytes)) }

    /// Not `terminate`: a child started from a task's thread inherits that thread's mask, which blocks SIGTERM.
    func stop() {
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
    }
}
