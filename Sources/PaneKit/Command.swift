import Canvas

/// One thing a person can do: the key map, the `:` prompt, the palette, the bottom line, `?` and the README's key table all
/// come from these rows.
public struct Command: Sendable, Hashable {
    /// "table.sort.next": stable, for the configuration.
    public struct ID: Hashable, Sendable, ExpressibleByStringLiteral, CustomStringConvertible {
        public var name: String
        public init(_ name: String) { self.name = name }
        public init(stringLiteral value: String) { name = value }
        public var description: String { name }
    }
    public enum Danger: Sendable, Hashable { case none, changes, destroys }

    public var id: ID
    /// Two or three words, for the bottom line: "describe".
    public var title: String
    /// One line, for help and palette.
    public var help: String
    public var keys: [Key]
    /// The heading under which help shows it: "Move", "Table", "Pod".
    public var group: String
    public var danger: Danger
    /// Larger stands earlier on the bottom line; 0 never stands there.
    public var weight: Int
    /// Why it cannot be used now, in plain words; nil when it can.
    public var disabled: String?

    public init(
        _ id: ID, _ title: String, help: String, keys: [String] = [], group: String, danger: Danger = .none,
        weight: Int = 0, disabled: String? = nil
    ) {
        self.id = id
        self.title = title
        self.help = help
        self.keys = keys.map { written in
            guard let key = Key(written) else { preconditionFailure("\(id): no such key as \(written)") }
            return key
        }
        self.group = group
        self.danger = danger
        self.weight = weight
        self.disabled = disabled
    }

    /// The same row, not usable for a reason (nil: usable).
    public func disabled(_ reason: String?) -> Command {
        var row = self
        row.disabled = reason
        return row
    }
}
