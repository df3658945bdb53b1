import Backends
import HTTP
import Model

/// What an error means to whoever looks at a feed.
struct FeedFault: Equatable {
    enum Kind: Equatable { case failed, forbidden, absent }
    var kind: Kind
    var reason: String
    var hint = ""
    /// Seconds that the server wants to be left alone.
    var retryAfter: Double?
    /// Asking again cannot help: it is the configuration or the kubeconfig that says so.
    var isFinal = false

    init(_ error: any Error) {
        switch error {
        case let error as AbsentSystem:
            (kind, reason, hint, isFinal) = (.absent, error.reason, error.advice, true)
        case let error as ServiceError:
            (kind, reason) = (error.isRefusal ? .forbidden : .failed, error.message)
            retryAfter = error.retryAfter
        case let error as KubernetesError:
            (kind, reason) = (error.statusCode == 403 ? .forbidden : .failed, error.message)
            if case .kubeconfig = error { isFinal = true }
            if case .credentials(let fault) = error { hint = Self.hint(of: fault) }
            if case .throttled(let seconds, _, _, _) = error { retryAfter = seconds }
        case let error as EnvironmentError: (kind, reason) = (.failed, error.message)
        default: (kind, reason) = (.failed, "\(error)")
        }
    }

    /// A plugin's last words often hold what to do: an address, a code, a command.
    private static func hint(of fault: CredentialsFault) -> String {
        let lines = PluginWords.lines(fault.output).suffix(3)
        return lines.isEmpty ? "" : "the plugin wrote: " + lines.joined(separator: "; ")
    }

    /// The phase while there is nothing to show.
    var phase: FeedStatus.Phase {
        switch kind {
        case .failed: .failed(reason: reason)
        case .forbidden: .forbidden(reason: reason)
        case .absent: .absent(reason: reason)
        }
    }
}
