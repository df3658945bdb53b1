/// What a kubeconfig holds, for `midwatch contexts` and `midwatch doctor`; without a secret in it, and made without running a plugin.
public struct KubeconfigSummary: Sendable, Equatable {
    /// One file of the list.
    public struct File: Sendable, Equatable {
        /// As a person writes it, with `~`.
        public var name: String
        public var exists: Bool
        public var isReadableByOthers: Bool
    }

    /// One context, as far as it can be made out; what is missing is "".
    public struct Context: Sendable, Equatable {
        public var name: String
        public var isCurrent: Bool
        public var cluster: String
        /// Scheme, host, port and path.
        public var server: String
        public var user: String
        /// "" where the context names none: `default` is meant.
        public var namespace: String
        /// In words: "client certificate", "token", "token file", "user and password", "plugin aws", "none", …
        public var credentials: String
        /// Why the context cannot be used; nil when it can.
        public var problem: KubernetesError?
        /// What is risky about it, in plain words.
        public var warnings: [String]
    }

    public var files: [File]
    public var contexts: [Context]
    /// Words about the whole: a current context that does not exist, files that others can read.
    public var warnings: [String]
}
