import Foundation
import Synchronization

/// An Alertmanager as Debian ships it, started on a free port of the loopback and stopped when the test lets go of it.
public final class RealAlertmanager: Sendable {
    /// On the PATH, or where `.ci/setup test` unpacks it; nil: this machine has none.
    private static let program: String? = {
        let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let folders =
            path.split(separator: ":").map(String.init) + [
                "/usr/bin", root.appending(path: ".build-tools/root/usr/bin").path,
            ]
        return folders.map { "\($0)/prometheus-alertmanager" }
            .first { FileManager.default.isExecutableFile(atPath: $0) }
    }()
    public static var isInstalled: Bool { program != nil }

    public let url: String
    private let folder: URL
    private let process: Mutex<Process>

    /// Returns when it listens.
    public init() throws {
        let port = try Self.freePort()
        url = "http://127.0.0.1:\(port)"
        folder = FileManager.default.temporaryDirectory.appending(path: "midwatch-am-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let configuration = folder.appending(path: "alertmanager.yml")
        try Data("route: {receiver: oncall}\nreceivers: [{name: oncall}]\n".utf8).write(to: configuration)
        let process = Process()
        process.executableURL = URL(filePath: Self.program ?? "prometheus-alertmanager")
        process.arguments = [
            "--config.file=\(configuration.path)", "--storage.path=\(folder.path)", "--cluster.listen-address=",
            "--web.listen-address=127.0.0.1:\(port)",
        ]
        let log = Pipe()
        process.standardError = log
        process.standardOutput = FileHandle.nullDevice
        try process.run()
        self.process = Mutex(process)
        try Self.waitUntilListening(log.fileHandleForReading)
    }

    deinit {
        process.withLock { process in
            process.terminate()
            process.waitUntilExit()
        }
        // What stays is a small folder among the temporary ones.
        try? FileManager.default.removeItem(at: folder)
    }

    struct NotStarted: Error { var log: String }

    /// Its own log tells, so that nobody has to sleep; afterwards the log is read on, so that the pipe never fills.
    private static func waitUntilListening(_ log: FileHandle) throws {
        var said = ""
        while !said.contains("Listening on") {
            let piece = log.availableData
            guard !piece.isEmpty else { throw NotStarted(log: said) }
            said += String(decoding: piece, as: UTF8.self)
        }
        log.readabilityHandler = { _ = $0.availableData }
    }

    private static func freePort() throws -> UInt16 {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let bound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, length) == 0 && getsockname(descriptor, $0, &length) == 0
            }
        }
        guard bound else { throw NotStarted(log: "no free port") }
        return UInt16(bigEndian: address.sin_port)
    }
}
