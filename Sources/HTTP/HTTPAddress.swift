/// An absolute http or https address in its parts: for error targets, redirects and proxy rules.
///
/// User and password in an address are not kept, so that no error message can show them.
public struct HTTPAddress: Sendable, Equatable {
    /// `http` or `https`.
    public var scheme: String
    /// Lower case, without the brackets of an IPv6 address.
    public var host: String
    /// The scheme's own where the address has none.
    public var port: Int
    /// Begins with a slash; no fragment.
    public var pathAndQuery: String

    /// Nil for anything that is not an absolute http or https address, and for one that holds blanks or control characters.
    public init?(_ text: String) {
        guard text.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7F }), let colon = text.firstIndex(of: ":") else {
            return nil
        }
        let scheme = text[..<colon].lowercased()
        guard scheme == "http" || scheme == "https", text[colon...].hasPrefix("://") else { return nil }
        let rest = text[colon...].dropFirst(3).prefix { $0 != "#" }
        let authority = rest.prefix { $0 != "/" && $0 != "?" }
        guard let (host, port) = Self.hostAndPort(authority) else { return nil }
        self.scheme = scheme
        self.host = host
        self.port = port ?? (scheme == "https" ? 443 : 80)
        let path = rest[authority.endIndex...]
        pathAndQuery = path.hasPrefix("/") ? String(path) : "/" + path
    }

    /// The same with the reason why not, for whoever sends a request.
    public init(checking text: String) throws(HTTPError) {
        guard let address = HTTPAddress(text) else {
            throw HTTPError(.badAddress, target: Self.shown(text), detail: "it is no absolute http or https address")
        }
        guard !text.dropFirst(address.scheme.count + 3).prefix(while: { $0 != "/" && $0 != "?" }).contains("@") else {
            throw HTTPError(
                .badAddress, target: address.origin, detail: "user and password do not belong in an address")
        }
        self = address
    }

    /// What of a text that is no address can stand in a message: no query, no user, no control characters.
    private static func shown(_ text: String) -> String {
        let place = text.prefix { $0 != "?" && $0 != "#" }
        let start = place.lastIndex(of: "@").map(place.index(after:)) ?? place.startIndex
        return String(place[start...].filter { $0.isASCII && !$0.isWhitespace && $0 > " " }.prefix(100))
    }

    /// Host and port as they stand in a `Host` field: brackets around IPv6, the scheme's own port left out.
    public var authority: String {
        let name = host.contains(":") ? "[\(host)]" : host
        return port == (scheme == "https" ? 443 : 80) ? name : "\(name):\(port)"
    }

    /// Whether what is sent there stays on this machine.
    public var isLoopback: Bool {
        host == "localhost" || host == "::1" || (host.hasPrefix("127.") && IPNumber(host) != nil)
    }

    /// Scheme, host and port: what an `HTTPError` names as its target.
    public var origin: String { "\(scheme)://\(authority)" }

    /// The whole address.
    public var text: String { origin + pathAndQuery }

    /// Where a `Location` field leads from here (RFC 3986 §5.2); nil when it is no http or https address.
    public func resolving(_ location: String) -> HTTPAddress? {
        if location.hasPrefix("//") { return HTTPAddress("\(scheme):\(location)") }
        if let absolute = HTTPAddress(location) { return absolute }
        let reference = location.prefix { $0 != "#" }
        guard !reference.prefix(while: { $0 != "/" && $0 != "?" }).contains(":") else { return nil }
        return HTTPAddress(origin + merged(with: reference))
    }

    private func merged(with reference: Substring) -> String {
        let path = pathAndQuery.prefix { $0 != "?" }
        if reference.isEmpty { return pathAndQuery }
        if reference.hasPrefix("?") { return String(path + reference) }
        let folder = reference.hasPrefix("/") ? "" : path[...(path.lastIndex(of: "/") ?? path.startIndex)]
        let whole = String(folder + reference)
        let query = whole.firstIndex(of: "?") ?? whole.endIndex
        return Self.withoutDots(whole[..<query]) + whole[query...]
    }

    private static func withoutDots(_ path: Substring) -> String {
        var kept: [Substring] = []
        let segments = path.dropFirst().split(separator: "/", omittingEmptySubsequences: false)
        for (index, segment) in segments.enumerated() {
            let isLast = index == segments.count - 1
            switch segment {
            case ".": if isLast { kept.append("") }
            case "..":
                _ = kept.popLast()
                if isLast { kept.append("") }
            default: kept.append(segment)
            }
        }
        return "/" + kept.joined(separator: "/")
    }

    private static func hostAndPort(_ authority: Substring) -> (String, Int?)? {
        let place = authority[(authority.lastIndex(of: "@").map(authority.index(after:)) ?? authority.startIndex)...]
        let host: Substring
        let tail: Substring
        if place.hasPrefix("[") {
            guard let close = place.firstIndex(of: "]") else { return nil }
            host = place[..<close].dropFirst()
            tail = place[close...].dropFirst()
        } else {
            host = place.prefix { $0 != ":" }
            tail = place[host.endIndex...]
        }
        guard !host.isEmpty else { return nil }
        if tail.isEmpty || tail == ":" { return (host.lowercased(), nil) }
        guard tail.hasPrefix(":"), let port = UInt16(tail.dropFirst()) else { return nil }
        return (host.lowercased(), Int(port))
    }
}
