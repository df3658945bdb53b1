/// What a log holds and what it does not hold, for the line of figures beneath it.
public struct LogCounters: Sendable, Equatable {
    public var lines = 0
    /// Text and index, in bytes.
    public var heldBytes = 0
    /// Lines that never arrived because reading could not keep up.
    public var dropped = 0
    /// Lines that made room for newer ones.
    public var evicted = 0
    /// Lines that were left out because they were there already.
    public var doubles = 0
    /// Lines that lost their end.
    public var cut = 0

    public init() {}
}
