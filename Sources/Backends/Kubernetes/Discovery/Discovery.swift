import Model

/// The kinds a server has, in its own order, each in its preferred version.
public struct Discovery: Sendable, Equatable {
    public var kinds: [ResourceKind]
    /// Plain words about groups that could not be read; the others are there all the same.
    public var notices: [String]

    public init(kinds: [ResourceKind] = [], notices: [String] = []) {
        self.kinds = kinds
        self.notices = notices
    }
}
