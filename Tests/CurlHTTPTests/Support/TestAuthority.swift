import Foundation

/// Certificates made by `openssl` for this run: an authority, servers that it signed, a client.
final class TestAuthority: Sendable {
    static let isAvailable = FileManager.default.isExecutableFile(atPath: OpenSSL.path)
    static let shared = TestAuthority()

    let folder: URL

    private init() {
        folder = FileManager.default.temporaryDirectory.appending(
            path: "midwatch-tls-\(ProcessInfo.processInfo.processIdentifier)")
        do {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            try Self.script.write(to: folder.appending(path: "make.sh"), atomically: true, encoding: .utf8)
            let shell = Process()
            shell.executableURL = URL(filePath: "/bin/sh")
            shell.currentDirectoryURL = folder
            shell.arguments = ["-e", "make.sh"]
            shell.standardError = FileHandle.nullDevice
            shell.standardOutput = FileHandle.nullDevice
            try shell.run()
            shell.waitUntilExit()
            precondition(shell.terminationStatus == 0, "openssl could not make the certificates")
        } catch {
            preconditionFailure("no certificates for the tests: \(error)")
        }
        atexit { TestAuthority.shared.remove() }
    }

    func path(_ name: String) -> String { folder.appending(path: name).path(percentEncoded: false) }

    func bytes(_ name: String) throws -> [UInt8] { Array(try Data(contentsOf: folder.appending(path: name))) }

    private func remove() {
        // Leftovers of a test run in the temporary folder are no reason to fail.
        try? FileManager.default.removeItem(at: folder)
    }

    private static let script = """
        authority() {
            openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 \\
                -keyout $1.key -out $1.crt -subj "/CN=$1"
        }
        signed() { # NAME DAYS EXTENSION
            openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout $1.key -out $1.csr -subj "/CN=$1"
            echo "$3" > $1.ext
            openssl x509 -req -in $1.csr -CA authority.crt -CAkey authority.key -CAcreateserial -days $2 \\
                -extfile $1.ext -out $1.crt
        }
        authority authority
        authority stranger
        signed server 2 subjectAltName=IP:127.0.0.1
        signed expired -1 subjectAltName=IP:127.0.0.1
        signed named 2 subjectAltName=DNS:kubernetes.default.svc
        signed ann 2 extendedKeyUsage=clientAuth
        openssl ec -in ann.key -aes256 -passout pass:locked -out locked.key
        """
}
