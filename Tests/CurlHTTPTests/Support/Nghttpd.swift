import Foundation

/// The HTTP/2 server that nghttp2 brings, serving `small` (2 bytes) and `huge` (64 MiB of zeros) over TLS.
final class Nghttpd {
    static let path = ["/usr/sbin/nghttpd", "/usr/bin/nghttpd"].first {
        FileManager.default.isExecutableFile(atPath: $0)
    }
    static let hugeLength = 64 << 20

    let port = Loopback.closedPort()
    private let process = Process()
    private let log: ProgramLog

    var origin: String { "https://127.0.0.1:\(port)" }
    /// How many connections its log tells of.
    var connections: Int { Set(log.text.matches(of: /\[id=\d+\]/).map { String($0.output) }).count }

    init() throws {
        let authority = TestAuthority.shared
        let folder = authority.folder
        try Data("ok".utf8).write(to: folder.appending(path: "small"))
        try Data().write(to: folder.appending(path: "huge"))
        truncate(authority.path("huge"), Self.hugeLength)
        process.executableURL = URL(filePath: Self.path ?? "")
        process.arguments =
            ["-v", "-a", "127.0.0.1", "-d", folder.path(percentEncoded: false), "\(port)"]
            + [authority.path("server.key"), authority.path("server.crt")]
        log = ProgramLog(of: process)
        try process.run()
    }

    /// Returns when the log says `text` so many times in all.
    func wait(for text: String, times: Int = 1) async { await log.wait(for: text, times: times) }

    /// Stops it as a machine that hangs: the kernel still answers, the server does not.
    func freeze() { kill(process.processIdentifier, SIGSTOP) }

    func stop() {
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
    }
}
