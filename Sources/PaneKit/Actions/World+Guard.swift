import Model

extension World {
    /// Whether a person lifted an environment's read-only state, and until when; nil when not, or no longer.
    public func unlocked(_ environment: EnvironmentID) -> Timestamp? {
        guard let until = guards[environment]?.liftedUntil, until > now else { return nil }
        return until
    }

    /// Why nothing may be changed in an environment now; nil when changes are possible.
    public func readOnly(_ environment: EnvironmentID) -> String? {
        if unlocked(environment) != nil { return nil }
        if let reason = guards[environment]?.readOnly { return reason }
        // Before the guard has spoken, and just after a lifting has run out, the configuration tells.
        let isMarked = self.environment(environment)?.isReadOnly == true
        let hasSpoken = guards[environment].map { $0.liftedUntil == nil } ?? false
        return isMarked && !hasSpoken ? "read-only" : nil
    }
}
