import HTTP

/// What went wrong between midwatch and a system beside the cluster: Elasticsearch, Jenkins, Alertmanager.
public struct ServiceError: Error, Sendable, Equatable, CustomStringConvertible {
    public enum Cause: Sendable, Equatable {
        case transport(HTTPError)
        /// The server refused; `words` is its reason, foreign text.
        case status(Int, words: String)
        /// A page for browsers came where data was asked for; its title.
        case webPage(title: String)
        /// An answer that is not what the protocol promises.
        case garbage(String)
        /// The login itself could not be had: an unset variable, a missing file.
        case login(String)
        /// What was asked for is not there, in the system's own terms.
        case missing(String)
    }

    /// "Jenkins", "Elasticsearch", "Alertmanager".
    public var system: String
    /// Scheme, host and port, or the service address.
    public var target: String
    /// What was tried: "list jobs".
    public var operation: String
    public var cause: Cause
    /// Seconds after which the server wants to be asked again.
    public var retryAfter: Double?

    public init(
        system: String, target: String, operation: String, cause: Cause, retryAfter: Double? = nil
    ) {
        self.system = system
        self.target = target
        self.operation = operation
        self.cause = cause
        self.retryAfter = retryAfter
    }

    /// One plain sentence: what failed, where, why, and what the person can do.
    public var message: String { "cannot \(operation): \(reason)" }
    public var description: String { message }

    /// Whether it is a question of rights: trying again does not help, another login may.
    public var isRefusal: Bool {
        if case .status(let code, _) = cause { return code == 401 || code == 403 }
        if case .login = cause { return true }
        return false
    }

    private var place: String { "\(system) at \(target)" }

    private var reason: String {
        switch cause {
        case .transport(let error): return error.message
        case .status(let code, let words): return refusal(code, words.isEmpty ? "" : ": \(words)")
        case .webPage(let title):
            let named = title.isEmpty ? "a page for browsers" : "the page \"\(title)\""
            return "\(place) answered with \(named) instead of data; "
                + "check the address, and whether a login page stands before it"
        case .garbage(let words): return "the answer of \(place) cannot be read: \(words)"
        case .login(let words): return "there is no login for \(place): \(words)"
        case .missing(let words): return "\(place) has no \(words)"
        }
    }

    private func refusal(_ code: Int, _ words: String) -> String {
        switch code {
        case 401: "\(place) refused the login\(words); check its user and token in the configuration"
        case 403: "\(place) does not permit it\(words); ask for the right, or use another login"
        case 404:
            "\(place) has nothing at this address\(words); it may be gone, or the url in the configuration is wrong"
        case 429: "\(place) is too busy\(words); it is asked again later"
        case 502, 503, 504: "\(place) is not available (\(code))\(words)"
        default: "\(place) answered with status \(code)\(words)"
        }
    }
}
