/// Several short texts in one allocation: UTF-8 bytes behind a table of their ends.
public struct PackedTexts: Sendable, Equatable {
    /// `count` little-endian 32-bit ends, then the bytes.
    private let storage: [UInt8]
    private let number: Int32

    public var count: Int { Int(number) }

    public init(_ texts: [String]) {
        var builder = Builder(reserving: texts.reduce(0) { $0 + $1.utf8.count }, count: texts.count)
        for text in texts { builder.append(text) }
        self = builder.finish()
    }

    fileprivate init(ends: [UInt32], bytes: [UInt8]) {
        storage = [UInt8](unsafeUninitializedCapacity: ends.count * 4 + bytes.count) { buffer, size in
            ends.withUnsafeBytes { _ = memcpyInto(buffer, 0, $0) }
            bytes.withUnsafeBytes { _ = memcpyInto(buffer, ends.count * 4, $0) }
            size = ends.count * 4 + bytes.count
        }
        number = Int32(ends.count)
    }

    public subscript(index: Int) -> String {
        withText(index) { String(decoding: $0, as: UTF8.self) }
    }

    public func isEmpty(at index: Int) -> Bool { withText(index) { $0.isEmpty } }

    /// The bytes of one text, valid inside the closure only.
    public func withText<R>(_ index: Int, _ body: (UnsafeBufferPointer<UInt8>) throws -> R) rethrows -> R {
        precondition(index >= 0 && index < count)
        return try storage.withUnsafeBufferPointer { all in
            let base = count * 4
            let start = index == 0 ? 0 : Self.end(all, index - 1)
            return try body(UnsafeBufferPointer(rebasing: all[(base + start)..<(base + Self.end(all, index))]))
        }
    }

    /// Whether a search finds something that lies within one of these texts. `find` gets them all in one piece, and where
    /// to go on from; most often it is called once, which is what makes this much cheaper than asking text by text.
    public func anyText(in range: Range<Int>, has find: (UnsafeBufferPointer<UInt8>, Int) -> Range<Int>?) -> Bool {
        precondition(range.lowerBound >= 0 && range.upperBound <= count)
        guard !range.isEmpty else { return false }
        return storage.withUnsafeBufferPointer { all in
            let start = range.lowerBound == 0 ? 0 : Self.end(all, range.lowerBound - 1)
            let end = Self.end(all, range.upperBound - 1)
            let piece = UnsafeBufferPointer(rebasing: all[(count * 4 + start)..<(count * 4 + end)])
            var from = 0
            while let found = find(piece, from) {
                let text = range.first { Self.end(all, $0) > start + found.lowerBound } ?? range.upperBound - 1
                if start + found.upperBound <= Self.end(all, text) { return true }
                from = found.lowerBound + 1
            }
            return false
        }
    }

    private static func end(_ all: UnsafeBufferPointer<UInt8>, _ index: Int) -> Int {
        Int(UnsafeRawPointer(all.baseAddress!).loadUnaligned(fromByteOffset: index * 4, as: UInt32.self))
    }

    /// Collects texts one by one; for decoders.
    public struct Builder {
        private var ends: [UInt32] = []
        private var bytes: [UInt8] = []

        public init(reserving bytes: Int = 256, count: Int = 16) {
            self.bytes.reserveCapacity(bytes)
            ends.reserveCapacity(count)
        }

        public mutating func append(_ text: String) {
            bytes.append(contentsOf: text.utf8)
            ends.append(UInt32(bytes.count))
        }

        public mutating func append(bytes text: UnsafeBufferPointer<UInt8>) {
            bytes.append(contentsOf: text)
            ends.append(UInt32(bytes.count))
        }

        /// The finished texts; the builder is empty afterwards and keeps its capacity.
        public mutating func finish() -> PackedTexts {
            defer {
                ends.removeAll(keepingCapacity: true)
                bytes.removeAll(keepingCapacity: true)
            }
            return PackedTexts(ends: ends, bytes: bytes)
        }
    }
}

private func memcpyInto(_ buffer: UnsafeMutableBufferPointer<UInt8>, _ offset: Int, _ source: UnsafeRawBufferPointer)
    -> Int
{
    UnsafeMutableRawBufferPointer(buffer).baseAddress?.advanced(by: offset).copyMemory(
        from: source.baseAddress ?? UnsafeRawPointer(buffer.baseAddress!), byteCount: source.count)
    return source.count
}
