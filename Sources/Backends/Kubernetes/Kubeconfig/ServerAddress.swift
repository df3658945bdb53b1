/// The address of an API server as a kubeconfig gives it, brought into one form.
struct ServerAddress: Sendable, Equatable {
    /// Scheme, host, port and path, without a trailing slash.
    var text: String
    var host: String
    var isEncrypted: Bool

    /// Nil where it is no http or https address, or where it holds a user name. Without a scheme, TLS is assumed where the
    /// cluster says something about certificates, as kubectl does.
    init?(_ written: String, assumesTLS: Bool) {
        var rest = Substring(written)
        var scheme = assumesTLS ? "https" : "http"
        if let mark = written.firstRange(of: "://") {
            scheme = written[..<mark.lowerBound].lowercased()
            rest = written[mark.upperBound...]
        }
        rest = rest.prefix { $0 != "?" && $0 != "#" }
        while rest.hasSuffix("/") { rest.removeLast() }
        let authority = rest.prefix { $0 != "/" }
        guard ["http", "https"].contains(scheme), !authority.isEmpty, !authority.contains("@"),
            rest.unicodeScalars.allSatisfy({ $0.value > 0x20 && $0.value != 0x7F })
        else { return nil }
        text = "\(scheme)://\(rest)"
        host = Self.host(of: authority)
        isEncrypted = scheme == "https"
        guard !host.isEmpty else { return nil }
    }

    /// What is sent stays on this machine.
    var isLoopback: Bool { host == "localhost" || host == "::1" || host.hasPrefix("127.") }

    private static func host(of authority: Substring) -> String {
        if authority.hasPrefix("[") { return String(authority.dropFirst().prefix { $0 != "]" }) }
        return String(authority.prefix { $0 != ":" })
    }
}
