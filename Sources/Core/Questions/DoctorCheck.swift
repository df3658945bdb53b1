import Model

/// One thing that `midwatch doctor` looked at.
public struct DoctorCheck: Sendable, Equatable {
    public enum Outcome: String, Sendable, Equatable { case good, warning, bad, absent }

    /// nil for what belongs to no environment: configuration, kubeconfig.
    public var environment: EnvironmentID?
    /// "kubernetes", "rights", "elasticsearch", …
    public var subject: String
    public var outcome: Outcome
    /// What was found, in plain words; may hold foreign text.
    public var words: String
    /// Seconds that the answer took.
    public var seconds: Double?

    public init(
        environment: EnvironmentID?, subject: String, outcome: Outcome, words: String, seconds: Double? = nil
    ) {
        self.environment = environment
        self.subject = subject
        self.outcome = outcome
        self.words = words
        self.seconds = seconds
    }
}
