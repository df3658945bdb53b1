import CCurl
import Glibc
import HTTP

/// Reads out of libcurl why a transfer failed. Must be asked before the handle is reset.
struct CurlFailure {
    let code: CURLcode
    let easy: CurlEasy
    let call: CurlCall

    var error: HTTPError { HTTPError(reason, target: call.address.origin, detail: detail) }

    /// How far a connection got that is not complete.
    static func connectPhase(_ easy: CurlEasy) -> String {
        if easy.size(CURLINFO_NAMELOOKUP_TIME_T) == 0 { return "name look-up" }
        // CURLINFO_CONNECT_TIME_T stays 0 until TLS is through as well; the port is known once TCP is.
        return easy.int(CURLINFO_LOCAL_PORT) == 0 ? "connect" : "TLS handshake"
    }

    var reason: HTTPError.Reason {
        switch code {
        case CURLE_COULDNT_RESOLVE_HOST: .nameNotFound
        case CURLE_COULDNT_RESOLVE_PROXY, CURLE_PROXY: .proxy
        case CURLE_COULDNT_CONNECT: connectReason
        case CURLE_OPERATION_TIMEDOUT: .timedOut(phase: Self.connectPhase(easy))
        case CURLE_PEER_FAILED_VERIFICATION: verificationReason
        case CURLE_SSL_CONNECT_ERROR: handshakeReason
        case CURLE_SSL_CERTPROBLEM, CURLE_SSL_CACERT_BADFILE, CURLE_SSL_CIPHER, CURLE_SSL_ISSUER_ERROR,
            CURLE_SSL_INVALIDCERTSTATUS, CURLE_USE_SSL_FAILED:
            .tls
        case CURLE_SEND_ERROR, CURLE_RECV_ERROR: connectionReason
        case CURLE_GOT_NOTHING, CURLE_PARTIAL_FILE, CURLE_HTTP2, CURLE_HTTP2_STREAM: .reset
        case CURLE_UNSUPPORTED_PROTOCOL, CURLE_WEIRD_SERVER_REPLY, CURLE_BAD_CONTENT_ENCODING: .protocolViolation
        case CURLE_URL_MALFORMAT: .badAddress
        default: .other
        }
    }

    private var connectReason: HTTPError.Reason {
        if call.proxy != nil { return .proxy }
        switch Int32(easy.int(CURLINFO_OS_ERRNO)) {
        case ENETUNREACH, EHOSTUNREACH, EADDRNOTAVAIL, EACCES, EPERM: return .unreachable
        case ETIMEDOUT: return .timedOut(phase: "connect")
        default: return .refused
        }
    }

    /// The verdict is OpenSSL's (`openssl-verify(1)`): its number is what libcurl hands on. 1 is libcurl's own
    /// beginning, which stays when the chain was good but the name was not.
    private var verificationReason: HTTPError.Reason {
        switch easy.int(CURLINFO_SSL_VERIFYRESULT) {
        case 0, 1, 62, 64: .wrongHostName(call.settings.serverName ?? call.address.host)
        case 9, 10: .certificateExpired
        case 2, 18, 19, 20, 21: .unknownAuthority
        default: .tls
        }
    }

    private var handshakeReason: HTTPError.Reason {
        let text = easy.errorMessage
        return ["SSL_ERROR_SYSCALL", "unexpected eof", "reset by peer"].contains { text.contains($0) } ? .reset : .tls
    }

    private var connectionReason: HTTPError.Reason {
        let text = easy.errorMessage.lowercased()
        if call.proxy != nil, text.contains("connect tunnel") || text.contains("proxy") { return .proxy }
        if text.contains("alert") { return .tls }
        if text.contains("chunk") || text.contains("too large response headers") { return .protocolViolation }
        return Int32(easy.int(CURLINFO_OS_ERRNO)) == ETIMEDOUT || text.contains("timed out")
            ? .timedOut(phase: "keep-alive") : .reset
    }
}
