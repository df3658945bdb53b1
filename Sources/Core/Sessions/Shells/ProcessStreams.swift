/// Where a subcommand's process reads and writes instead of a screen.
public struct ProcessStreams: Sendable {
    public var hasTerminal: Bool
    /// The next piece of input; nil at its end. nil for a process that gets none.
    public var input: (@Sendable () async throws -> [UInt8]?)?
    /// Takes what the process wrote; returns when there is room for more.
    public var output: @Sendable (ArraySlice<UInt8>, _ isError: Bool) async throws -> Void

    public init(
        hasTerminal: Bool = false, input: (@Sendable () async throws -> [UInt8]?)?,
        output: @escaping @Sendable (ArraySlice<UInt8>, _ isError: Bool) async throws -> Void
    ) {
        self.hasTerminal = hasTerminal
        self.input = input
        self.output = output
    }
}
