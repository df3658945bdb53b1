import Glibc

/// Cuts a stream of chunks into its lines: the events of a watch, the lines of a log.
///
/// A line is given without its newline, once it is whole; what is left at the end of the stream comes from `finish()`.
/// Lines longer than the bound are refused or, for logs, cut, so that no server can make this grow without end.
public struct NewlineFrames: Sendable {
    public enum Overlong: Sendable { case refuse, cut }

    /// How many lines lost their end because they were longer than the bound.
    public private(set) var cutLines = 0

    private let longest: Int
    private let overlong: Overlong
    private var pending: [UInt8] = []
    private var pendingIsCut = false

    public init(longest: Int = 64 << 20, overlong: Overlong = .refuse) {
        self.longest = longest
        self.overlong = overlong
    }

    /// Takes a chunk and hands each line that is whole now to `body`, in place: the bytes are valid during the call only.
    public mutating func forEachLine(
        in chunk: UnsafeBufferPointer<UInt8>, _ body: (UnsafeBufferPointer<UInt8>) -> Void
    ) throws(JSONError) {
        var rest = chunk
        while let end = rest.firstNewline {
            let piece = UnsafeBufferPointer(rebasing: rest[..<end])
            rest = UnsafeBufferPointer(rebasing: rest[(end + 1)...])
            if pending.isEmpty, piece.count <= longest {
                body(piece)
            } else {
                try hold(piece)
                pending.withUnsafeBufferPointer(body)
                emptyPending()
            }
        }
        try hold(rest)
    }

    /// Takes a chunk and returns copies of the lines that are whole now.
    public mutating func lines(in chunk: [UInt8]) throws(JSONError) -> [[UInt8]] {
        var lines: [[UInt8]] = []
        try chunk.withUnsafeBufferPointer { bytes throws(JSONError) in
            try forEachLine(in: bytes) { lines.append(Array($0)) }
        }
        return lines
    }

    /// Takes a chunk and returns the JSON documents that are whole now, one a line; blank lines are passed over.
    public mutating func documents(in chunk: [UInt8]) throws(JSONError) -> [JSONValue] {
        var parsed: Result<[JSONValue], JSONError> = .success([])
        try chunk.withUnsafeBufferPointer { bytes throws(JSONError) in
            try forEachLine(in: bytes) { line in
                guard case .success(var values) = parsed, !line.allSatisfy({ $0 == 0x20 || $0 == 0x0D }) else { return }
                // Moved out so that appending does not copy what is there.
                parsed = .success([])
                do throws(JSONError) {
                    values.append(try JSONValue.parse(line))
                    parsed = .success(values)
                } catch {
                    parsed = .failure(error)
                }
            }
        }
        return try parsed.get()
    }

    /// The rest of a stream that ended without a newline; nil when nothing is left.
    public mutating func finish() -> [UInt8]? {
        defer { emptyPending() }
        return pending.isEmpty ? nil : pending
    }

    private mutating func hold(_ piece: UnsafeBufferPointer<UInt8>) throws(JSONError) {
        let room = longest - pending.count
        if piece.count > room {
            guard overlong == .cut else {
                throw JSONError(message: "a line of the stream is longer than \(longest) bytes")
            }
            pendingIsCut = true
        }
        pending.append(contentsOf: piece.prefix(room))
    }

    private mutating func emptyPending() {
        if pendingIsCut { cutLines += 1 }
        pendingIsCut = false
        // What one huge line took is not kept for the small ones after it.
        pending.removeAll(keepingCapacity: pending.count < 1 << 20)
    }
}

extension UnsafeBufferPointer<UInt8> {
    fileprivate var firstNewline: Int? {
        guard let baseAddress, let found = memchr(baseAddress, 0x0A, count) else { return nil }
        return UnsafeRawPointer(found) - UnsafeRawPointer(baseAddress)
    }
}
