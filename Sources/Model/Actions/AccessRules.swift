/// What a person may do in one namespace, as a SelfSubjectRulesReview tells it.
public struct AccessRules: Sendable, Equatable {
    public struct Rule: Sendable, Equatable {
        public var verbs: [String]
        public var groups: [String]
        /// "pods", "pods/log", "*", "*/scale".
        public var resources: [String]
        /// Empty: all names.
        public var names: [String]

        public init(verbs: [String], groups: [String], resources: [String], names: [String] = []) {
            self.verbs = verbs
            self.groups = groups
            self.resources = resources
            self.names = names
        }
    }

    public var rules: [Rule]
    /// The server could not tell everything: what is not found here may be allowed all the same.
    public var isIncomplete: Bool

    public init(rules: [Rule] = [], isIncomplete: Bool = false) {
        self.rules = rules
        self.isIncomplete = isIncomplete
    }

    /// Whether a verb is allowed on a kind or one of its subresources; without a name, on all of its objects.
    public func allows(_ verb: String, _ kind: ResourceKind, subresource: String = "", name: String = "") -> Bool {
        let resource = subresource.isEmpty ? kind.plural : "\(kind.plural)/\(subresource)"
        return rules.contains { rule in
            rule.verbs.contains { $0 == verb || $0 == "*" } && rule.groups.contains { $0 == kind.group || $0 == "*" }
                && rule.resources.contains { $0 == resource || $0 == "*" || $0 == "*/\(subresource)" }
                && (rule.names.isEmpty || rule.names.contains(name))
        }
    }
}
