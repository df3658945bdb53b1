/// What is wrong with a kubeconfig, where, and what to do about it.
public struct KubeconfigFault: Sendable, Equatable {
    /// The file, with the home folder written as `~`; nil when it is about all files together.
    public var file: String?
    /// Counted from 1.
    public var line: Int?
    public var cause: String
    /// What the person can do; "" when the cause says it already.
    public var advice: String

    public init(file: String? = nil, line: Int? = nil, cause: String, advice: String = "") {
        self.file = file
        self.line = line
        self.cause = cause
        self.advice = advice
    }

    public var message: String {
        var place = "kubeconfig"
        if let file { place += " \(file)" }
        if let line { place += ", line \(line)" }
        return advice.isEmpty ? "\(place): \(cause)" : "\(place): \(cause); \(advice)"
    }
}
