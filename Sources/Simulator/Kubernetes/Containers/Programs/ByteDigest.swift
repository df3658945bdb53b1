import Foundation

/// A sum over bytes that come in pieces, in blocks of 64.
protocol ByteDigest {
    mutating func update(_ bytes: [UInt8])
    mutating func finish() -> [UInt8]
}

/// What MD5 and SHA-256 have in common: blocks of 64 bytes, the length in bits at the end.
struct DigestBlocks {
    private var rest: [UInt8] = []
    private var count = 0

    /// Calls the body with each full block.
    mutating func add(_ bytes: [UInt8], _ body: (UnsafePointer<UInt8>) -> Void) {
        count += bytes.count
        var start = 0
        if !rest.isEmpty {
            let need = min(64 - rest.count, bytes.count)
            rest += bytes[..<need]
            start = need
            guard rest.count == 64 else { return }
            rest.withUnsafeBufferPointer { body($0.baseAddress!) }
            rest = []
        }
        bytes.withUnsafeBufferPointer { buffer in
            while start + 64 <= buffer.count {
                body(buffer.baseAddress! + start)
                start += 64
            }
        }
        rest = Array(bytes[start...])
    }

    /// The bytes that end the message.
    func padding(isBigEndian: Bool) -> [UInt8] {
        let bits = UInt64(count) &* 8
        let zeros = (119 - count % 64) % 64
        let length = (0..<8).map { UInt8(truncatingIfNeeded: bits >> UInt64(8 * (isBigEndian ? 7 - $0 : $0))) }
        return [0x80] + [UInt8](repeating: 0, count: zeros) + length
    }
}

/// MD5 (RFC 1321).
struct MessageDigest5: ByteDigest {
    private var blocks = DigestBlocks()
    private var state: [UInt32] = [0x6745_2301, 0xefcd_ab89, 0x98ba_dcfe, 0x1032_5476]

    private static let shifts: [UInt32] = [7, 12, 17, 22, 5, 9, 14, 20, 4, 11, 16, 23, 6, 10, 15, 21]
    private static let constants: [UInt32] = (0..<64).map { UInt32(abs(sin(Double($0 + 1))) * 4_294_967_296) }

    mutating func update(_ bytes: [UInt8]) {
        var state = state
        blocks.add(bytes) { Self.turn(&state, $0) }
        self.state = state
    }

    mutating func finish() -> [UInt8] {
        update(blocks.padding(isBigEndian: false))
        return state.flatMap { word in (0..<4).map { UInt8(truncatingIfNeeded: word >> UInt32(8 * $0)) } }
    }

    private static func turn(_ state: inout [UInt32], _ block: UnsafePointer<UInt8>) {
        var (a, b, c, d) = (state[0], state[1], state[2], state[3])
        for index in 0..<64 {
            var (f, word): (UInt32, Int)
            switch index >> 4 {
            case 0: (f, word) = (b & c | ~b & d, index)
            case 1: (f, word) = (d & b | ~d & c, (5 * index + 1) & 15)
            case 2: (f, word) = (b ^ c ^ d, (3 * index + 5) & 15)
            default: (f, word) = (c ^ (b | ~d), 7 * index & 15)
            }
            word *= 4
            let m =
                UInt32(block[word]) | UInt32(block[word + 1]) << 8 | UInt32(block[word + 2]) << 16 | UInt32(
                    block[word + 3]) << 24
            f = f &+ a &+ constants[index] &+ m
            let shift = shifts[index >> 4 * 4 + index & 3]
            (a, d, c, b) = (d, c, b, b &+ (f << shift | f >> (32 - shift)))
        }
        state[0] &+= a
        state[1] &+= b
        state[2] &+= c
        state[3] &+= d
    }
}

/// SHA-256 (FIPS 180-4).
struct SecureHash256: ByteDigest {
    private var blocks = DigestBlocks()
    private var state = Self.roots(of: 8, power: 1.0 / 2)

    private static let constants = roots(of: 64, power: 1.0 / 3)

    /// The first 32 bits of the fractional parts of the roots of the first primes.
    private static func roots(of count: Int, power: Double) -> [UInt32] {
        var primes: [Int] = []
        var candidate = 2
        while primes.count < count {
            if primes.allSatisfy({ candidate % $0 != 0 }) { primes.append(candidate) }
            candidate += 1
        }
        return primes.map { prime in
            let root = power == 0.5 ? Double(prime).squareRoot() : cbrt(Double(prime))
            return UInt32((root - root.rounded(.down)) * 4_294_967_296)
        }
    }

    mutating func update(_ bytes: [UInt8]) {
        var state = state
        blocks.add(bytes) { Self.turn(&state, $0) }
        self.state = state
    }

    mutating func finish() -> [UInt8] {
        update(blocks.padding(isBigEndian: true))
        return state.flatMap { word in (0..<4).map { UInt8(truncatingIfNeeded: word >> UInt32(24 - 8 * $0)) } }
    }

    private static func turn(_ state: inout [UInt32], _ block: UnsafePointer<UInt8>) {
        var words = [UInt32](repeating: 0, count: 64)
        for index in 0..<16 {
            let at = index * 4
            words[index] =
                UInt32(block[at]) << 24 | UInt32(block[at + 1]) << 16 | UInt32(block[at + 2]) << 8
                | UInt32(block[at + 3])
        }
        for index in 16..<64 {
            let (early, late) = (words[index - 15], words[index - 2])
            let first = turned(early, 7) ^ turned(early, 18) ^ early >> 3
            let second = turned(late, 17) ^ turned(late, 19) ^ late >> 10
            words[index] = words[index - 16] &+ first &+ words[index - 7] &+ second
        }
        var s = state
        for index in 0..<64 {
            let sum1 = turned(s[4], 6) ^ turned(s[4], 11) ^ turned(s[4], 25)
            let choice = s[4] & s[5] ^ ~s[4] & s[6]
            let first = s[7] &+ sum1 &+ choice &+ constants[index] &+ words[index]
            let sum0 = turned(s[0], 2) ^ turned(s[0], 13) ^ turned(s[0], 22)
            let second = sum0 &+ (s[0] & s[1] ^ s[0] & s[2] ^ s[1] & s[2])
            s = [first &+ second, s[0], s[1], s[2], s[3] &+ first, s[4], s[5], s[6]]
        }
        for index in 0..<8 { state[index] &+= s[index] }
    }

    private static func turned(_ value: UInt32, _ count: UInt32) -> UInt32 { value >> count | value << (32 - count) }
}
