import Glibc

/// Which proxy a request takes: the one its server's settings name, else what the usual variables say.
///
/// `HTTPS_PROXY`, `HTTP_PROXY`, `ALL_PROXY` and `NO_PROXY`, upper case before lower case, with the meaning they have for
/// kubectl: a loopback address is never proxied by a variable, `NO_PROXY` takes names with their subdomains, addresses,
/// networks (`10.0.0.0/8`), `*`, each with an optional port.
public struct HTTPProxyRules: Sendable, Equatable {
    private var variables: [String: String]

    private static let names = ["HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY", "NO_PROXY"]

    /// The rules of this process's environment, read now.
    public static var ofProcess: HTTPProxyRules {
        var environment: [String: String] = [:]
        for name in names.flatMap({ [$0, $0.lowercased()] }) {
            if let value = getenv(name) { environment[name] = String(cString: value) }
        }
        return HTTPProxyRules(environment: environment)
    }

    public init(environment: [String: String]) {
        variables = [:]
        for name in Self.names {
            let value = [name, name.lowercased()].lazy.compactMap { environment[$0] }.first { !$0.isEmpty }
            variables[name] = value
        }
    }

    /// The proxy's address with scheme, or nil for a direct connection. Throws for a proxy that cannot be used.
    ///
    /// `socks5` becomes `socks5h`, as kubectl has it: the proxy looks names up.
    public func proxy(for address: HTTPAddress, settings: HTTPServerSettings) throws(HTTPError) -> String? {
        guard let chosen = settings.proxy ?? variable(for: address), !chosen.isEmpty else { return nil }
        guard let colon = chosen.firstIndex(of: ":"), chosen[colon...].hasPrefix("://") else {
            return "http://" + chosen
        }
        switch chosen[..<colon].lowercased() {
        case "http", "https", "socks5h", "socks4", "socks4a": return chosen
        case "socks5": return "socks5h" + chosen[colon...]
        default:
            throw HTTPError(
                .proxy, target: address.origin,
                detail: "the proxy's address must begin with http://, https:// or socks5://")
        }
    }

    private func variable(for address: HTTPAddress) -> String? {
        guard let proxy = variables[address.scheme == "https" ? "HTTPS_PROXY" : "HTTP_PROXY"] ?? variables["ALL_PROXY"],
            !address.isLoopback, !isExempt(address)
        else { return nil }
        return proxy
    }

    private func isExempt(_ address: HTTPAddress) -> Bool {
        let entries = (variables["NO_PROXY"] ?? "").split { $0 == "," || $0 == " " }
        return entries.contains { HTTPProxyExemption($0).covers(address) }
    }
}
