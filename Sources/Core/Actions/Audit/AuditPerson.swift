import Foundation

/// Who sits at this machine, as the system knows them.
struct AuditPerson: Sendable, Equatable {
    var login: String
    var host: String

    init(login: String, host: String) {
        self.login = login
        self.host = host
    }

    static func ofThisProcess() -> AuditPerson {
        // The real user: sudo's own environment says who asked for it.
        let sudo = getenv("SUDO_USER").map { String(cString: $0) } ?? ""
        let name = getpwuid(getuid()).map { String(cString: $0.pointee.pw_name) } ?? String(getuid())
        return AuditPerson(login: sudo.isEmpty ? name : "\(name) (\(sudo))", host: hostName)
    }

    /// Not Foundation's: that may ask the name servers.
    private static var hostName: String {
        var buffer = [UInt8](repeating: 0, count: 256)
        let length = buffer.count - 1
        let isKnown = buffer.withUnsafeMutableBytes {
            gethostname($0.baseAddress!.assumingMemoryBound(to: CChar.self), length) == 0
        }
        return isKnown ? String(decoding: buffer.prefix { $0 != 0 }, as: UTF8.self) : ""
    }
}
