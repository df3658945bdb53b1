import CCurl
import HTTP

/// The cause in words: ours where a person must mend settings, else libcurl's.
extension CurlFailure {
    var detail: String {
        switch code {
        case CURLE_PEER_FAILED_VERIFICATION where reason == .certificateExpired:
            return easy.int(CURLINFO_SSL_VERIFYRESULT) == 9
                ? "its certificate is not valid yet" : "its certificate has expired"
        case CURLE_SSL_CACERT_BADFILE: return authorityDetail
        case CURLE_SSL_CERTPROBLEM: return identityDetail
        default: break
        }
        return alertDetail ?? libraryWords
    }

    private var libraryWords: String {
        let text = easy.errorMessage.isEmpty ? String(cString: curl_easy_strerror(code)) : easy.errorMessage
        let first = text.prefix { $0 != " " }
        // Not "sSL", not "cONNECT".
        guard first.dropFirst().allSatisfy(\.isLowercase) else { return text }
        return first.lowercased() + text[first.endIndex...]
    }

    private var authorityDetail: String {
        switch call.settings.trust {
        case .file(let path): "the certificate authority file \(path) cannot be read or holds no certificate"
        case .data: "the certificate authority data holds no certificate"
        case .system, .insecure: libraryWords
        }
    }

    private var identityDetail: String {
        let isKey = easy.errorMessage.contains("private key")
        let broken =
            isKey
            ? "the client certificate's key cannot be read: it is locked by a password, broken, or belongs to another certificate"
            : "the client certificate cannot be read"
        guard case .files(let certificate, let key) = call.settings.identity else { return broken }
        return "\(broken) (\(isKey ? key : certificate))"
    }

    /// What the server said about our certificate (RFC 8446 §6.2), in words.
    private var alertDetail: String? {
        let text = easy.errorMessage
        guard reason == .tls, text.contains("alert") else { return nil }
        if text.contains("certificate required") { return "the server wants a client certificate" }
        let refusals = [
            "bad certificate", "unknown ca", "certificate expired", "certificate revoked", "certificate unknown",
        ]
        guard let refusal = refusals.first(where: { text.contains($0) }) else { return nil }
        return "the server does not accept the client certificate (\(refusal))"
    }
}
