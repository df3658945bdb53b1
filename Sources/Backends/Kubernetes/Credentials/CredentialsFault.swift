/// Why a user of the kubeconfig has no valid credentials now.
public struct CredentialsFault: Sendable, Equatable {
    /// The user's name in the kubeconfig.
    public var user: String
    /// What failed, on what, why.
    public var cause: String
    /// What the person can do; "" when there is nothing to say.
    public var advice: String
    /// What a plugin wrote to its stderr, its last few kilobytes, as it came: foreign text.
    public var output: String

    public init(user: String, cause: String, advice: String = "", output: String = "") {
        self.user = user
        self.cause = cause
        self.advice = advice
        self.output = output
    }

    public var message: String {
        let head = "credentials of user \(user): \(cause)"
        return advice.isEmpty ? head : "\(head); \(advice)"
    }
}
