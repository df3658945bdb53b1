import HTTP

/// What went wrong between midwatch and a Kubernetes API server, from the kubeconfig to the last byte of an answer.
public enum KubernetesError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The server refused: the HTTP status and what its `Status` object says. `target` is what was asked for.
    case status(code: Int, reason: String, message: String, target: String)
    case transport(HTTPError)
    case credentials(CredentialsFault)
    /// The server's answer is not what the protocol promises.
    case decoding(target: String, cause: String)
    case kubeconfig(KubeconfigFault)

    /// One plain sentence for the person, with what they can do; lower case, never a secret. It may hold foreign text
    /// (a server's reason, a plugin's last words), which the screen makes harmless.
    public var message: String {
        switch self {
        case .status(let code, let reason, let message, let target):
            let words = message.isEmpty ? reason : message
            return words.isEmpty ? "\(target): the server answered \(code)" : "\(target): \(words) (\(code))"
        case .transport(let error): return error.description
        case .credentials(let fault): return fault.message
        case .decoding(let target, let cause): return "\(target): the server's answer cannot be read: \(cause)"
        case .kubeconfig(let fault): return fault.message
        }
    }

    public var description: String { message }
}
