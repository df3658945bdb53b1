/// One line under `keys:` in the configuration: other keys for a command; none takes its keys away.
public struct KeyOverride: Sendable, Hashable {
    public var command: String
    public var keys: [String]
    /// Where it stands in the file; 0 when it comes from nowhere in particular.
    public var line: Int

    public init(command: String, keys: [String], line: Int = 0) {
        self.command = command
        self.keys = keys
        self.line = line
    }
}
