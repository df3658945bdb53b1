extension HTTPError {
    /// One sentence for the person: what failed, on what, why, and what to try.
    public var message: String {
        switch reason {
        case .nameNotFound:
            "cannot reach \(target): its host name was not found; check the spelling, the DNS and the VPN"
        case .refused:
            "cannot reach \(target): the connection was refused; check that the server runs and that the port is right"
        case .unreachable:
            "cannot reach \(target): there is no way to it\(inBrackets); check the network and the VPN"
        case .timedOut(let phase): timeOutMessage(phase)
        case .unknownAuthority:
            "cannot trust \(target): an unknown authority signed its certificate; name the authority's certificate in the settings"
        case .certificateExpired:
            "cannot trust \(target): \(detail.isEmpty ? "its certificate has expired" : detail);"
                + " have it renewed, or check this machine's clock"
        case .wrongHostName(let name):
            "cannot trust \(target): its certificate is not made for \(name); check the address, or set the server name to expect"
        case .tls:
            "no secure connection to \(target)\(because); check that the port speaks TLS, and the certificates and keys"
        case .proxy:
            "cannot reach \(target) through the proxy\(because); check the proxy's address and its credentials"
        case .reset:
            "the connection to \(target) broke off\(because); try again"
        case .bodyTooLarge(let limit):
            "the answer of \(target) is longer than the limit of \(Self.size(limit)); ask for less at once"
        case .badAddress:
            "cannot use the address \(target)\(because); write it as https://HOST:PORT"
        case .protocolViolation:
            "\(target) does not answer as an HTTP server should\(because); check that address and port are the right ones"
        case .guarded:
            "\(detail) may only be sent through the guard"
        case .other:
            "the request to \(target) failed\(because); try again"
        }
    }

    private func timeOutMessage(_ phase: String) -> String {
        switch phase {
        case "name look-up": "cannot reach \(target): looking up its name took too long; check the DNS and the VPN"
        case "connect":
            "cannot reach \(target): it did not take the connection in time; check the network, the VPN and firewalls"
        case "TLS handshake":
            "cannot reach \(target): it did not finish the TLS handshake in time; check that the port speaks TLS, and proxies between"
        case "answer": "\(target) does not answer\(because); it may be overloaded: try again"
        case "body": "\(target) stopped in the middle of its answer\(because); try again"
        case "keep-alive": "\(target) is gone: it no longer answers probes; check the network and the VPN"
        default: "\(target) took too long (\(phase)); try again"
        }
    }

    private var because: String { detail.isEmpty ? "" : ": \(detail)" }
    private var inBrackets: String { detail.isEmpty ? "" : " (\(detail))" }

    private static func size(_ bytes: Int) -> String {
        bytes >= 1 << 20 && bytes % (1 << 20) == 0 ? "\(bytes >> 20) MiB" : "\(bytes) bytes"
    }
}
