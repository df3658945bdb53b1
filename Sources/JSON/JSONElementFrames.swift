/// Cuts the elements of one array out of a document while it comes, such as the `items` of a list: the cost is that of one
/// element, however long the list.
///
/// It gives objects and arrays, and passes over scalars. What stands around the elements is walked over, not checked.
public struct JSONElementFrames: Sendable {
    private let longest: Int
    private var walk: Walk
    private var pending: [UInt8] = []

    /// `member` is the array's key in the document's object; an element longer than `longest` bytes is refused.
    public init(member: String, longest: Int = 16 << 20) {
        self.longest = longest
        walk = Walk(member: Array(member.utf8))
    }

    /// Whether the document has come to its end.
    public var isWhole: Bool { walk.isWhole }

    /// The elements whose last byte is in this chunk.
    public mutating func elements(in chunk: [UInt8]) throws(JSONError) -> [JSONValue] {
        var elements: [JSONValue] = []
        // Beside the bytes and not inside self: what is walked lies in registers then, four times as fast.
        var walk = walk
        defer { self.walk = walk }
        try chunk.withUnsafeBufferPointer { bytes throws(JSONError) in
            var start = pending.isEmpty ? nil : 0
            for index in 0..<bytes.count {
                switch walk.take(bytes[index]) {
                case .nothing: continue
                case .begins: start = index
                case .ends:
                    try hold(bytes[(start ?? 0)...index])
                    elements.append(try JSONValue.parse(pending))
                    pending.removeAll(keepingCapacity: pending.count < 1 << 20)
                    start = nil
                }
            }
            if let start { try hold(bytes[start...]) }
        }
        return elements
    }

    private mutating func hold(_ piece: Slice<UnsafeBufferPointer<UInt8>>) throws(JSONError) {
        guard pending.count + piece.count <= longest else {
            throw JSONError(message: "an element of the list is longer than \(longest) bytes")
        }
        pending.append(contentsOf: piece)
    }
}

/// Where in a document a byte stands.
private struct Walk: Sendable {
    enum Step { case nothing, begins, ends }

    private let member: [UInt8]
    private var depth = 0
    private var hasBegun = false
    private var isInside = false
    private var isInString = false
    private var isEscaped = false
    /// The last text directly in the document's object: the key, when an array begins.
    private var key: [UInt8] = []

    init(member: [UInt8]) { self.member = member }

    var isWhole: Bool { hasBegun && depth == 0 }

    @inline(__always)
    mutating func take(_ byte: UInt8) -> Step {
        if isInString {
            takeText(byte)
            return .nothing
        }
        switch byte {
        case UInt8(ascii: "\""):
            isInString = true
            if depth == 1 { key = [] }
        case UInt8(ascii: "{"), UInt8(ascii: "["):
            hasBegun = true
            depth += 1
            if isInside { return depth == 3 ? .begins : .nothing }
            isInside = depth == 2 && byte == UInt8(ascii: "[") && key == member
        case UInt8(ascii: "}"), UInt8(ascii: "]"):
            depth = max(0, depth - 1)
            if isInside, depth == 2 { return .ends }
            if depth < 2 { isInside = false }
        default: break
        }
        return .nothing
    }

    @inline(__always)
    private mutating func takeText(_ byte: UInt8) {
        if isEscaped {
            isEscaped = false
        } else if byte == UInt8(ascii: "\\") {
            isEscaped = true
        } else if byte == UInt8(ascii: "\"") {
            isInString = false
        } else if depth == 1, key.count <= member.count {
            key.append(byte)
        }
    }
}
