/// The members of an object in the order of the document; none when the value is something else.
public struct JSONObject: Sequence, Sendable {
    public typealias Element = (key: String, value: JSONValue)

    let value: JSONValue

    public func makeIterator() -> Iterator { Iterator(value) }

    public struct Iterator: IteratorProtocol {
        private let document: JSONDocument
        private var at: Int
        private let end: Int

        init(_ value: JSONValue) {
            document = value.document
            at = value.index + 1
            end = value.kind == .object ? document.end(of: value.index) - 1 : at
        }

        public mutating func next() -> Element? {
            guard at < end else { return nil }
            let key = String(decoding: document.string(at: at), as: UTF8.self)
            let value = JSONValue(document: document, index: at + 1)
            at = document.end(of: at + 1)
            return (key, value)
        }
    }
}
