/// The elements of an array, one after the other; none when the value is something else.
public struct JSONArray: Sequence, Sendable {
    let value: JSONValue

    public var underestimatedCount: Int {
        value.kind == .array ? Int(value.document.words[value.index] >> 32) & 0xFF_FFFF : 0
    }

    public func makeIterator() -> Iterator { Iterator(value) }

    public struct Iterator: IteratorProtocol {
        private let document: JSONDocument
        private var at: Int
        private let end: Int

        init(_ value: JSONValue) {
            document = value.document
            at = value.index + 1
            end = value.kind == .array ? document.end(of: value.index) - 1 : at
        }

        public mutating func next() -> JSONValue? {
            guard at < end else { return nil }
            defer { at = document.end(of: at) }
            return JSONValue(document: document, index: at)
        }
    }
}
