/// A file that nobody stores: every part of it can be made up from its offset.
struct GeneratedFile: Sendable, Equatable {
    /// How many bytes it has.
    var size: Int

    /// Bytes that repeat: text lines of 64 characters, each with its number in the block.
    static let block: [UInt8] = {
        var block: [UInt8] = []
        block.reserveCapacity(1 << 16)
        for line in 0..<1024 {
            let number = String(line, radix: 16)
            let head = String(repeating: "0", count: 4 - number.count) + number
            block += Array("\(head) the lantern burns through the whole watch and is not put out \n".utf8).prefix(63)
            block.append(0x0a)
        }
        return block
    }()

    /// The bytes from an offset on, at most so many; whole blocks are shared, not copied.
    func bytes(at offset: Int, count: Int) -> [UInt8] {
        let rest = min(count, size - offset)
        guard rest > 0 else { return [] }
        let start = offset % Self.block.count
        if start == 0, rest >= Self.block.count { return Self.block }
        return Array(Self.block[start..<min(Self.block.count, start + rest)])
    }
}
