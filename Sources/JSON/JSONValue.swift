/// A value of a parsed document: a lazy view that keeps the document alive, cheap to copy and to pass on.
///
/// Nothing is decoded before it is asked for, and looking a member up allocates nothing. Where a key occurs twice in an
/// object, the first one counts.
public struct JSONValue: Sendable {
    public enum Kind: Sendable { case null, bool, number, string, array, object }

    let document: JSONDocument
    let index: Int

    public var kind: Kind {
        switch document.tag(at: index) {
        case Tape.object: .object
        case Tape.array: .array
        case Tape.string: .string
        case Tape.yes, Tape.no: .bool
        case Tape.null: .null
        default: .number
        }
    }

    /// The member called `key`; nil when it is absent or this is not an object.
    public subscript(_ key: String) -> JSONValue? {
        var key = key
        return key.withUTF8 { member($0) }
    }

    /// The member that is reached by one key after the other; nil when one of them is absent.
    public subscript(path keys: String...) -> JSONValue? {
        var value = self
        for key in keys {
            guard let next = value[key] else { return nil }
            value = next
        }
        return value
    }

    /// The element at a position; nil when there is none or this is not an array. Walks over those before it.
    public subscript(_ position: Int) -> JSONValue? {
        guard position >= 0 else { return nil }
        var walk = elements.makeIterator()
        for _ in 0..<position where walk.next() == nil { return nil }
        return walk.next()
    }

    /// How many elements or members there are; 0 for a scalar.
    public var count: Int {
        guard kind == .array || kind == .object else { return 0 }
        let counted = Int((document.words[index] >> 32) & 0xFF_FFFF)
        // The tape's counter stops at its largest value.
        guard counted == 0xFF_FFFF else { return counted }
        return kind == .array ? elements.reduce(0) { sum, _ in sum + 1 } : members.reduce(0) { sum, _ in sum + 1 }
    }

    /// The elements; none when this is not an array.
    public var elements: JSONArray { JSONArray(value: self) }

    /// The members in the order of the document; none when this is not an object.
    public var members: JSONObject { JSONObject(value: self) }

    private func member(_ key: UnsafeBufferPointer<UInt8>) -> JSONValue? {
        guard document.tag(at: index) == Tape.object else { return nil }
        let end = document.end(of: index) - 1
        var at = index + 1
        while at < end {
            if document.string(at: at).holdsSameBytes(as: key) { return JSONValue(document: document, index: at + 1) }
            at = document.end(of: at + 1)
        }
        return nil
    }
}
