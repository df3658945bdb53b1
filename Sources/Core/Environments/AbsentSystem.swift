import Model

/// A system that an environment does not have: not an error, but a fact to show.
public struct AbsentSystem: Error, Sendable, Equatable, CustomStringConvertible {
    public var system: String
    public var environment: EnvironmentID
    /// What would change it.
    public var advice: String

    public init(system: String, environment: EnvironmentID, advice: String) {
        self.system = system
        self.environment = environment
        self.advice = advice
    }

    public var reason: String { "\(environment) has no \(system)" }
    public var message: String { advice.isEmpty ? reason : "\(reason); \(advice)" }
    public var description: String { message }
}
