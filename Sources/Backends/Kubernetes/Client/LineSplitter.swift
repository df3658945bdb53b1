import Glibc

/// Cuts a stream of chunks into lines, for watches and logs; what is not yet a whole line waits for the next chunk.
struct LineSplitter: Sendable {
    private var rest: [UInt8] = []
    /// A line that grows longer than this is handed out in pieces of about this size.
    private let longest: Int

    init(longest: Int = 64 << 20) { self.longest = longest }

    /// Bytes of a line whose end has not come.
    var pending: Int { rest.count }

    /// Calls `body` for each line that is whole now, without its newline; the memory is valid inside the call only.
    mutating func split(_ chunk: [UInt8], _ body: (UnsafeBufferPointer<UInt8>) throws -> Void) rethrows {
        try chunk.withUnsafeBufferPointer { chunk in
            var left = chunk
            while let end = Self.newline(in: left) {
                try emit(UnsafeBufferPointer(rebasing: left[..<end]), body)
                left = UnsafeBufferPointer(rebasing: left[(end + 1)...])
            }
            rest.append(contentsOf: left)
            if rest.count >= longest { try flush(body) }
        }
    }

    /// Hands out what is left at the end of the stream.
    mutating func flush(_ body: (UnsafeBufferPointer<UInt8>) throws -> Void) rethrows {
        guard !rest.isEmpty else { return }
        try rest.withUnsafeBufferPointer(body)
        rest.removeAll(keepingCapacity: rest.capacity <= 1 << 20)
    }

    private mutating func emit(
        _ end: UnsafeBufferPointer<UInt8>, _ body: (UnsafeBufferPointer<UInt8>) throws -> Void
    ) rethrows {
        guard !rest.isEmpty else { return try body(end) }
        rest.append(contentsOf: end)
        try flush(body)
    }

    private static func newline(in bytes: UnsafeBufferPointer<UInt8>) -> Int? {
        guard let base = bytes.baseAddress, let found = memchr(base, 10, bytes.count) else { return nil }
        return UnsafeRawPointer(found) - UnsafeRawPointer(base)
    }
}
