/// Why a pattern cannot be used, for the person who typed it.
///
/// `offset` is the byte of the source where it went wrong, to put the cursor there.
public struct PatternError: Error, Equatable, CustomStringConvertible {
    public var message: String
    public var offset: Int?

    public init(message: String, offset: Int? = nil) {
        self.message = message
        self.offset = offset
    }

    public var description: String { message }
}
