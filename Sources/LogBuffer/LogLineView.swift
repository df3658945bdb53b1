import Model

/// A line copied out of the buffer, for a row that is on the screen.
public struct LogLineView: Sendable, Equatable {
    public var id: LogLineID
    /// nil when the server gave none.
    public var time: Timestamp?
    public var source: LogSource
    public var level: LogLevel
    public var origin: LogOrigin
    /// The text lost its end because it was longer than a line may be.
    public var isCut: Bool
    /// As the server sent it; nothing is cleaned here.
    public var text: [UInt8]
}
