import HTTP

/// Whom a person acts as: the kubeconfig's `as`, `as-uid`, `as-groups` and `as-user-extra`.
struct Impersonation: Sendable, Equatable {
    var user = ""
    var uid = ""
    var groups: [String] = []
    /// In the order of the file.
    var extra: [Extra] = []

    struct Extra: Sendable, Equatable {
        var key: String
        var values: [String]
    }

    /// Groups and the rest mean nothing to the server without a user.
    var lacksUser: Bool { user.isEmpty && !(uid.isEmpty && groups.isEmpty && extra.isEmpty) }

    /// The request headers that the API server reads, in the names that client-go writes.
    var headers: HTTPHeaders {
        var headers = HTTPHeaders()
        if !user.isEmpty { headers.add("Impersonate-User", user) }
        if !uid.isEmpty { headers.add("Impersonate-Uid", uid) }
        for group in groups { headers.add("Impersonate-Group", group) }
        for extra in extra {
            for value in extra.values { headers.add("Impersonate-Extra-" + Self.escaped(extra.key), value) }
        }
        return headers
    }

    /// Extra keys may hold anything; what a header name may not is percent-encoded, and the server decodes it.
    private static func escaped(_ key: String) -> String {
        let allowed = "!#$&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ".utf8
        return key.utf8.reduce(into: "") { text, byte in
            if allowed.contains(byte) {
                text.unicodeScalars.append(Unicode.Scalar(byte))
            } else {
                let digits = String(byte, radix: 16, uppercase: true)
                text += "%" + (digits.count == 1 ? "0" : "") + digits
            }
        }
    }
}
