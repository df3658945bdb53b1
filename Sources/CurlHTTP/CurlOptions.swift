import CCurl
import HTTP

/// Turns a call into libcurl's options. Everything that the environment could change behind our back is set explicitly.
struct CurlOptions {
    let call: CurlCall

    func apply(to easy: CurlEasy) throws {
        applyBasics(to: easy)
        if call.isUpgrade { applyUpgrade(to: easy) } else { try applyRequest(to: easy) }
        applyProxy(to: easy)
        if call.address.scheme == "https" { try CurlTLSOptions(call: call).apply(to: easy) }
    }

    private func applyBasics(to easy: CurlEasy) {
        easy.keepErrorMessage()
        easy.set(CURLOPT_NOSIGNAL, true)
        // Without this, ending a transfer that is looking up a name blocks the one curl thread until the resolver gives up
        // (measured with a silent name server: 9 s).
        easy.set(CURLOPT_QUICK_EXIT, true)
        easy.set(CURLOPT_PROTOCOLS_STR, "http,https")
        // Redirects are followed by the transport: libcurl would send our own credential fields on to another host.
        easy.set(CURLOPT_FOLLOWLOCATION, false)
        easy.set(CURLOPT_CONNECTTIMEOUT_MS, max(1, Int(min(call.request.limits.connect, 1e6) * 1000)))
        easy.set(CURLOPT_BUFFERSIZE, Self.receiveBuffer)
        easy.set(CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_2TLS)
        // Wait for the first connection to say whether it multiplexes, rather than opening one for each request.
        easy.set(CURLOPT_PIPEWAIT, call.address.scheme == "https")
        // Not every coding that libcurl knows: brotli and zstd inflate a few bytes without bound before we see any.
        easy.set(CURLOPT_ACCEPT_ENCODING, "gzip")
    }

    /// Only the connection, with TLS and through the proxy: what goes over it is ours. HTTP/2 has no upgrade.
    private func applyUpgrade(to easy: CurlEasy) {
        easy.set(CURLOPT_URL, CurlTLSOptions(call: call).url)
        easy.set(CURLOPT_USERAGENT, call.userAgent)
        easy.set(CURLOPT_CONNECT_ONLY, 1)
        easy.set(CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_1_1)
        easy.set(CURLOPT_PIPEWAIT, false)
        easy.set(CURLOPT_FRESH_CONNECT, true)
        easy.set(CURLOPT_HTTPPROXYTUNNEL, true)
    }

    private func applyRequest(to easy: CurlEasy) throws {
        easy.set(CURLOPT_URL, CurlTLSOptions(call: call).url)
        easy.set(CURLOPT_USERAGENT, call.userAgent)
        let method = call.request.method
        if call.isPing {
            easy.set(CURLOPT_HTTPGET, true)
            easy.set(CURLOPT_CUSTOMREQUEST, "OPTIONS")
            easy.set(CURLOPT_REQUEST_TARGET, "*")
        } else if let body = call.request.body ?? (method == .post || method == .put || method == .patch ? [] : nil) {
            easy.setBody(body)
            easy.set(CURLOPT_CUSTOMREQUEST, method.rawValue)
        } else if method == .head {
            easy.set(CURLOPT_NOBODY, true)
        } else {
            easy.set(CURLOPT_HTTPGET, true)
            easy.set(CURLOPT_CUSTOMREQUEST, method.rawValue)
        }
        easy.set(CURLOPT_HTTPHEADER, list: try headerLines())
    }

    private func headerLines() throws -> [String] {
        let headers = call.request.headers
        var lines = try headers.fields.map { field in
            guard field.isSafe else {
                throw HTTPError(
                    .protocolViolation, target: call.address.origin,
                    detail: "the header \(field.name.filter(\.isLetter)) holds a character that HTTP forbids")
            }
            return field.value.isEmpty ? "\(field.name);" : "\(field.name): \(field.value)"
        }
        // libcurl adds these by itself: a pause of a second before bigger bodies, and a form's media type.
        lines.append("Expect:")
        if headers["Content-Type"] == nil { lines.append("Content-Type:") }
        if headers["Host"] == nil, let host = CurlTLSOptions(call: call).hostField { lines.append("Host: \(host)") }
        return lines
    }

    /// The proxy was chosen by the transport; the empty texts keep libcurl from reading the variables itself.
    private func applyProxy(to easy: CurlEasy) {
        easy.set(CURLOPT_PROXY, call.proxy ?? "")
        easy.set(CURLOPT_NOPROXY, "")
        // Answers of the proxy to CONNECT are not the server's.
        easy.set(CURLOPT_SUPPRESS_CONNECT_HEADERS, true)
    }

    private static let receiveBuffer = 128 << 10
}
