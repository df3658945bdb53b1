import Foundation

/// One member of a tar archive, and its header of 512 bytes (POSIX ustar, with GNU's long names).
struct TarMember: Sendable, Equatable {
    enum Kind: UInt8, Sendable {
        case file = 0x30
        case link = 0x32
        case directory = 0x35
    }

    var name: String
    var kind: Kind
    var mode: Int
    var size = 0
    var target = ""
    var modified = 0

    static let blockSize = 512

    /// The header, with one of GNU's before it for a name or a target that is too long for it.
    var header: [UInt8] {
        var out: [UInt8] = []
        if name.utf8.count > 100 { out += Self.long("L", name) }
        if target.utf8.count > 100 { out += Self.long("K", target) }
        return out
            + Self.block(name, target, mode: mode, size: size, modified: modified, type: kind.rawValue)
    }

    /// The zeros that fill the last block.
    static func padding(_ size: Int) -> [UInt8] {
        [UInt8](repeating: 0, count: (blockSize - size % blockSize) % blockSize)
    }

    private static func long(_ type: Character, _ text: String) -> [UInt8] {
        let bytes = Array(text.utf8) + [0]
        return block("././@LongLink", "", mode: 0, size: bytes.count, modified: 0, type: type.asciiValue ?? 0)
            + bytes + padding(bytes.count)
    }

    private static func block(
        _ name: String, _ target: String, mode: Int, size: Int, modified: Int, type: UInt8
    ) -> [UInt8] {
        var block = [UInt8](repeating: 0, count: blockSize)
        func put(_ bytes: some Sequence<UInt8>, at offset: Int) {
            for (index, byte) in bytes.enumerated() { block[offset + index] = byte }
        }
        func octal(_ value: Int, _ width: Int) -> [UInt8] {
            let digits = String(value, radix: 8)
            return Array((String(repeating: "0", count: max(0, width - 1 - digits.count)) + digits).utf8)
        }
        put(Array(name.utf8.prefix(100)), at: 0)
        put(octal(mode, 8), at: 100)
        put(octal(0, 8), at: 108)
        put(octal(0, 8), at: 116)
        put(octal(size, 12), at: 124)
        put(octal(modified, 12), at: 136)
        put([UInt8](repeating: 0x20, count: 8), at: 148)
        block[156] = type
        put(Array(target.utf8.prefix(100)), at: 157)
        put(Array("ustar  \0root".utf8), at: 257)
        put(Array("root".utf8), at: 297)
        let sum = block.reduce(0) { $0 + Int($1) }
        put(octal(sum, 7) + [0, 0x20], at: 148)
        return block
    }
}

/// Reads the members of an archive one after the other; what is not read of a member's bytes is passed over.
struct TarReader {
    private let source: SharedInput
    private var left = 0
    private var padding = 0

    init(_ source: any ByteSource) { self.source = SharedInput(source) }

    /// The next member, or nil at the end.
    mutating func next() async throws -> TarMember? {
        var (longName, longTarget): (String?, String?) = (nil, nil)
        while true {
            try await skip()
            let block = try await exactly(TarMember.blockSize)
            guard block.count == TarMember.blockSize, block.contains(where: { $0 != 0 }) else { return nil }
            guard Self.sum(block) == Self.number(block[148..<156]) else {
                throw ProgramError("invalid tar header checksum")
            }
            left = Self.number(block[124..<136])
            padding = TarMember.padding(left).count
            switch block[156] {
            case UInt8(ascii: "L"): longName = Self.text(try await exactly(min(left, 1 << 16))[...])
            case UInt8(ascii: "K"): longTarget = Self.text(try await exactly(min(left, 1 << 16))[...])
            case UInt8(ascii: "x"), UInt8(ascii: "g"):
                let pairs = Self.extended(try await exactly(min(left, 1 << 16)))
                longName = pairs["path"] ?? longName
                longTarget = pairs["linkpath"] ?? longTarget
            case let type:
                let prefix = block[257..<263].elementsEqual(Array("ustar\0".utf8)) ? Self.text(block[345..<500]) : ""
                let short = (prefix.isEmpty ? "" : prefix + "/") + Self.text(block[0..<100])
                return TarMember(
                    name: longName ?? short, kind: TarMember.Kind(rawValue: type) ?? .file,
                    mode: Self.number(block[100..<108]) & 0o7777, size: left,
                    target: longTarget ?? Self.text(block[157..<257]), modified: Self.number(block[136..<148]))
            }
        }
    }

    /// The next bytes of the present member; nil when all were read.
    mutating func bytes() async throws -> [UInt8]? {
        guard left > 0 else { return nil }
        guard let bytes = try await source.read(atMost: min(left, 1 << 16)) else { throw ProgramError("short read") }
        left -= bytes.count
        return bytes
    }

    private mutating func skip() async throws {
        while try await bytes() != nil {}
        _ = try await exactly(padding)
        padding = 0
    }

    /// So many bytes, counted against the present member where it has some left; fewer at the end.
    private mutating func exactly(_ count: Int) async throws -> [UInt8] {
        var all: [UInt8] = []
        while all.count < count, let bytes = try await source.read(atMost: count - all.count) { all += bytes }
        left = max(0, left - all.count)
        return all
    }

    private static func number(_ field: ArraySlice<UInt8>) -> Int {
        if let first = field.first, first & 0x80 != 0 {
            return field.dropFirst().reduce(Int(first & 0x3f)) { ($0 & 0xff_ffff_ffff_ffff) << 8 | Int($1) }
        }
        return field.drop { $0 == 0x20 }.prefix { (0x30...0x37).contains($0) }.reduce(0) { $0 << 3 | Int($1 - 0x30) }
    }

    private static func text(_ field: ArraySlice<UInt8>) -> String {
        String(decoding: field.prefix { $0 != 0 }, as: UTF8.self)
    }

    private static func sum(_ block: [UInt8]) -> Int {
        block.enumerated().reduce(0) { $0 + ((148..<156).contains($1.offset) ? 0x20 : Int($1.element)) }
    }

    /// `30 mtime=1321711775.0\n` and so on.
    private static func extended(_ bytes: [UInt8]) -> [String: String] {
        var pairs: [String: String] = [:]
        var rest = bytes[...]
        while let blank = rest.firstIndex(of: 0x20),
            let length = Int(String(decoding: rest[..<blank], as: UTF8.self)), length <= rest.count, length > 0
        {
            let record = rest.prefix(length)[(blank + 1)...].dropLast()
            let parts = String(decoding: record, as: UTF8.self).split(separator: "=", maxSplits: 1).map(String.init)
            if parts.count == 2 { pairs[parts[0]] = parts[1] }
            rest = rest.dropFirst(length)
        }
        return pairs
    }
}
