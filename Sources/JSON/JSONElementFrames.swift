/// Cuts the elements of one array out of a document while it comes, such as the `items` of a list: the cost is that of one
/// element, however long the list.
///
/// It gives objects and arrays, and passes over scalars. What stands around the array is kept as it came, without its
/// elements, and checked when it is asked for.
public struct JSONElementFrames: Sendable {
    private let longest: Int
    private var walk: Walk
    private var pending: [UInt8] = []
    private var around: [UInt8] = []
    /// How much of `around` came before the elements.
    private var before = 0

    /// `members` are keys in the document's object that the array may have; the first that comes is it. An element longer
    /// than `longest` bytes is refused, and so is as much around the array.
    public init(members: String..., longest: Int = 16 << 20) {
        self.longest = longest
        walk = Walk(members: members.map { Array($0.utf8) })
    }

    /// Whether the document has come to its end.
    public var isWhole: Bool { walk.isWhole }

    /// The first bytes of what came, to see what it is when it is no document.
    public var start: [UInt8] { Array(around.prefix(256)) }

    /// The document with the array emptied, once all of it has come. Of a document that was cut off, all that came.
    public func surroundings() throws(JSONError) -> JSONValue { try JSONValue.parse(around + pending) }

    /// What came before the first element, as a document; for a reader who needs it to understand the elements.
    public func beginning() throws(JSONError) -> JSONValue {
        try JSONValue.parse(around.prefix(before) + Array("]}".utf8))
    }

    /// The elements whose last byte is in this chunk.
    public mutating func elements(in chunk: [UInt8]) throws(JSONError) -> [JSONValue] {
        var elements: [JSONValue] = []
        // Beside the bytes and not inside self: what is walked lies in registers then, four times as fast.
        var walk = walk
        defer { self.walk = walk }
        try chunk.withUnsafeBufferPointer { bytes throws(JSONError) in
            var start = pending.isEmpty ? nil : 0
            var outside = walk.isInside ? nil : 0
            for index in 0..<bytes.count {
                switch walk.take(bytes[index]) {
                case .nothing: continue
                case .listBegins:
                    try hold(bytes[(outside ?? index)...index], in: &around)
                    (outside, before) = (nil, around.count)
                case .listEnds: outside = index
                case .begins: start = index
                case .ends:
                    try hold(bytes[(start ?? 0)...index], in: &pending)
                    elements.append(try JSONValue.parse(pending))
                    pending.removeAll(keepingCapacity: pending.count < 1 << 20)
                    start = nil
                }
            }
            if let start { try hold(bytes[start...], in: &pending) }
            if let outside { try hold(bytes[outside...], in: &around) }
        }
        return elements
    }

    private func hold(_ piece: Slice<UnsafeBufferPointer<UInt8>>, in buffer: inout [UInt8]) throws(JSONError) {
        guard buffer.count + piece.count <= longest else {
            throw JSONError(message: "an element of the list is longer than \(longest) bytes")
        }
        buffer.append(contentsOf: piece)
    }
}

/// Where in a document a byte stands.
private struct Walk: Sendable {
    enum Step { case nothing, listBegins, begins, ends, listEnds }

    private let members: [[UInt8]]
    private let longestKey: Int
    private var depth = 0
    private var hasBegun = false
    private(set) var isInside = false
    private var hasList = false
    private var isInString = false
    private var isEscaped = false
    /// The last text directly in the document's object: the key, when an array begins.
    private var key: [UInt8] = []

    init(members: [[UInt8]]) {
        self.members = members
        longestKey = members.map(\.count).max() ?? 0
    }

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
            guard depth == 2, byte == UInt8(ascii: "["), !hasList, members.contains(key) else { return .nothing }
            (isInside, hasList) = (true, true)
            return .listBegins
        case UInt8(ascii: "}"), UInt8(ascii: "]"):
            depth = max(0, depth - 1)
            guard isInside, depth <= 2 else { return .nothing }
            if depth == 2 { return .ends }
            isInside = false
            return .listEnds
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
        } else if depth == 1, key.count <= longestKey {
            key.append(byte)
        }
    }
}
