/// Whether an environment may be written to now, for the header and for what commands say.
public struct GuardState: Sendable, Equatable {
    /// Why nothing may be changed: "read-only by config.yaml"; nil when changes are possible.
    public var readOnly: String?
    /// A person lifted read-only until then.
    public var liftedUntil: Timestamp?
    public init(readOnly: String? = nil, liftedUntil: Timestamp? = nil) {
        self.readOnly = readOnly
        self.liftedUntil = liftedUntil
    }
}

/// What the person may do in one namespace ("" for what belongs to none), as far as the server told.
public struct Rights: Sendable, Equatable {
    public var rules: AccessRules
    /// Single reviews, for what the rules could not tell.
    public var reviews: [Need: Bool]
    public init(rules: AccessRules, reviews: [Need: Bool] = [:]) {
        self.rules = rules
        self.reviews = reviews
    }

    /// One thing a request needs.
    public struct Need: Sendable, Hashable {
        /// The API's verb: "delete", "patch", "create".
        public var verb: String
        public var kind: ResourceKind
        public var subresource: String
        public init(_ verb: String, _ kind: ResourceKind, _ subresource: String = "") {
            self.verb = verb
            self.kind = kind
            self.subresource = subresource
        }
        /// "delete pods", "create pods/exec".
        public var words: String { "\(verb) \(kind.plural)\(subresource.isEmpty ? "" : "/\(subresource)")" }
    }

    /// nil: nobody knows yet; the plan will ask.
    public func allows(_ need: Need, name: String = "") -> Bool? {
        if rules.allows(need.verb, need.kind, subresource: need.subresource, name: name) { return true }
        return reviews[need] ?? (rules.isIncomplete ? nil : false)
    }
}
