import HTTP

/// What went wrong between midwatch and a Kubernetes API server, from the kubeconfig to the last byte of an answer.
public enum KubernetesError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The server refused: the HTTP status and what its `Status` object says. `target` is what was asked for.
    case status(code: Int, reason: String, message: String, target: String)
    /// The server asks to be left alone for so many seconds (429, or 503 with Retry-After).
    case throttled(seconds: Double, code: Int, message: String, target: String)
    /// A list took longer than the server remembers; it can go on from the token, though not with one consistent state.
    case pageExpired(continuation: String, target: String)
    case transport(HTTPError)
    case credentials(CredentialsFault)
    /// The server's answer is not what the protocol promises.
    case decoding(target: String, cause: String)
    case kubeconfig(KubeconfigFault)

    /// One plain sentence for the person, with what they can do; lower case, never a secret. It may hold foreign text
    /// (a server's reason, a plugin's last words), which the screen makes harmless.
    public var message: String {
        switch self {
        case .status(401, _, _, let target):
            return
                "\(target): the server does not accept these credentials (401); log in again, or check the context's user"
        case .status(let code, let reason, let message, let target):
            let words = message.isEmpty ? reason : message
            return words.isEmpty ? "\(target): the server answered \(code)" : "\(target): \(words) (\(code))"
        case .throttled(let seconds, let code, let message, let target):
            let words = message.isEmpty ? "too many requests" : message
            return "\(target): \(words) (\(code)); it asks to wait \(Self.wholeSeconds(seconds)) s"
        case .pageExpired(_, let target): return "\(target): the list took longer than the server remembers (410)"
        case .transport(let error): return error.description
        case .credentials(let fault): return fault.message
        case .decoding(let target, let cause): return "\(target): the server's answer cannot be read: \(cause)"
        case .kubeconfig(let fault): return fault.message
        }
    }

    public var description: String { message }

    private static func wholeSeconds(_ seconds: Double) -> Int {
        Int(max(0, min(seconds, HTTPRetry.longestWait)).rounded(.up))
    }
}
