import Glibc

/// One entry of `NO_PROXY`.
struct HTTPProxyExemption {
    private var host: String
    private var port: Int?

    init(_ entry: Substring) {
        let text = entry.lowercased()
        let isBare = text.filter { $0 == ":" }.count > 1 && !text.hasPrefix("[")
        if !isBare, let colon = text.lastIndex(of: ":"), let port = Int(text[text.index(after: colon)...]) {
            self.port = port
            host = String(text[..<colon])
        } else {
            host = text
        }
        if host.hasPrefix("["), host.hasSuffix("]") { host = String(host.dropFirst().dropLast()) }
    }

    func covers(_ address: HTTPAddress) -> Bool {
        if let port, port != address.port { return false }
        if host == "*" || host == address.host { return true }
        if let network = IPNetwork(host) { return network.contains(address.host) }
        guard IPNumber(address.host) == nil else { return false }
        let suffix = host.hasPrefix("*.") ? String(host.dropFirst()) : host.hasPrefix(".") ? host : "." + host
        return address.host.hasSuffix(suffix)
    }
}

/// `10.0.0.0/8`, `fd00::/8`.
struct IPNetwork {
    private var base: IPNumber
    private var bits: Int

    init?(_ text: String) {
        let parts = text.split(separator: "/")
        guard parts.count == 2, let base = IPNumber(String(parts[0])), let bits = Int(parts[1]),
            (0...base.bytes.count * 8).contains(bits)
        else { return nil }
        self.base = base
        self.bits = bits
    }

    func contains(_ host: String) -> Bool {
        guard let number = IPNumber(host), number.bytes.count == base.bytes.count else { return false }
        return (0..<bits).allSatisfy { number.bit($0) == base.bit($0) }
    }
}

/// An IPv4 or IPv6 address as its bytes; nil for a name.
struct IPNumber {
    var bytes: [UInt8]

    init?(_ text: String) {
        var room = [UInt8](repeating: 0, count: 16)
        if inet_pton(AF_INET, text, &room) == 1 {
            bytes = Array(room[..<4])
        } else if inet_pton(AF_INET6, text, &room) == 1 {
            bytes = room
        } else {
            return nil
        }
    }

    func bit(_ index: Int) -> UInt8 { bytes[index / 8] >> (7 - UInt8(index % 8)) & 1 }
}
