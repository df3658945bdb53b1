/// Why bytes are not a JSON document, for whoever asked to parse them.
///
/// `message` is the whole sentence, the place included; `offset` is the byte where the document went wrong, when known.
public struct JSONError: Error, Equatable, CustomStringConvertible {
    public var message: String
    public var offset: Int?

    public init(message: String, offset: Int? = nil) {
        self.message = message
        self.offset = offset
    }

    public var description: String { message }
}
