import CCurl
import HTTP

/// Whom to trust, who we are, and under which name the server must show itself.
///
/// A server name of its own (kubectl's `tls-server-name`) changes SNI and verification but neither the machine that is
/// connected to nor the `Host` field. libcurl takes SNI and the name to verify from the address alone, so the address
/// carries the server name, CONNECT_TO leads the connection to the real place, and `Host` is set by hand.
struct CurlTLSOptions {
    let call: CurlCall

    /// The address that libcurl is given.
    var url: String {
        guard let name = serverName else { return call.address.text }
        return "https://\(name):\(call.address.port)\(call.address.pathAndQuery)"
    }

    /// What `Host` must say, where the address does not say it already.
    var hostField: String? { serverName == nil ? nil : call.address.authority }

    func apply(to easy: CurlEasy) throws {
        try applyServerName(to: easy)
        try applyTrust(to: easy)
        applyIdentity(to: easy)
        easy.set(CURLOPT_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2))
        // OpenSSL would ask for the password of a locked key on the terminal, in the midst of the screen; an empty one fails.
        easy.set(CURLOPT_KEYPASSWD, "")
    }

    private var serverName: String? {
        guard call.address.scheme == "https", let name = call.settings.serverName, !name.isEmpty,
            name.lowercased() != call.address.host
        else { return nil }
        return name
    }

    private func applyServerName(to easy: CurlEasy) throws {
        guard let name = serverName else { return }
        guard name.utf8.allSatisfy(Self.isHostByte) else {
            throw HTTPError(
                .badAddress, target: call.address.origin,
                detail: "the server name holds characters that no host name has")
        }
        let (host, port) = (call.address.host, call.address.port)
        let place = host.contains(":") ? "[\(host)]" : host
        easy.set(CURLOPT_CONNECT_TO, list: ["\(name):\(port):\(place):\(port)"])
    }

    /// With an authority of its own, the system's are not trusted: the file and the directory are both defaults of libcurl.
    private func applyTrust(to easy: CurlEasy) throws {
        switch call.settings.trust {
        case .system: break
        case .file(let path):
            easy.set(CURLOPT_CAPATH, nil)
            easy.set(CURLOPT_CAINFO, path)
            easy.set(CURLOPT_PROXY_CAINFO, path)
        case .data(let pem):
            guard !pem.isEmpty else {
                throw HTTPError(.tls, target: call.address.origin, detail: "the certificate authority data is empty")
            }
            easy.set(CURLOPT_CAPATH, nil)
            easy.set(CURLOPT_CAINFO, nil)
            easy.set(CURLOPT_CAINFO_BLOB, blob: pem)
            easy.set(CURLOPT_PROXY_CAINFO_BLOB, blob: pem)
        case .insecure:
            easy.set(CURLOPT_SSL_VERIFYPEER, 0)
            easy.set(CURLOPT_SSL_VERIFYHOST, 0)
        }
    }

    private func applyIdentity(to easy: CurlEasy) {
        switch call.settings.identity {
        case nil: break
        case .files(let certificate, let key):
            easy.set(CURLOPT_SSLCERT, certificate)
            easy.set(CURLOPT_SSLKEY, key)
        case .data(let certificate, let key):
            easy.set(CURLOPT_SSLCERT_BLOB, blob: certificate)
            easy.set(CURLOPT_SSLKEY_BLOB, blob: key)
        }
    }

    private static func isHostByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "_"):
            true
        default: false
        }
    }
}
