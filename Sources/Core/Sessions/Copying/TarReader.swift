/// Reads a tar archive while it comes, however its bytes are cut: ustar, pax, and GNU's long names and sizes.
///
/// It believes nothing: names and sizes are what the archive claims, and whoever writes files judges them.
struct TarReader: Sendable {
    enum Event: Sendable, Equatable {
        case entry(TarEntry)
        /// Contents of the last entry.
        case bytes(ArraySlice<UInt8>)
        case entryEnd
    }

    private enum Place: Sendable {
        case head
        case contents(left: Int, padding: Int)
        /// Of a header that says something of the next entry.
        case notes(type: UInt8, left: Int, padding: Int)
        case padding(Int)
        case over
    }

    private var place = Place.head
    private var held: [UInt8] = []
    private var zeroBlocks = 0
    private var longName: [UInt8]?
    private var longSize: Int?

    private static let block = 512
    /// Of a name, or of a pax header.
    private static let longestNotes = 1 << 20

    /// Whether the archive's end has come.
    var isOver: Bool { if case .over = place { true } else { false } }

    mutating func take(_ bytes: ArraySlice<UInt8>, _ each: (Event) throws -> Void) throws {
        var rest = bytes
        while !rest.isEmpty {
            switch place {
            case .head: try takeHead(&rest, each)
            case .contents(let left, let padding):
                let piece = rest.prefix(left)
                rest = rest.dropFirst(piece.count)
                try each(.bytes(piece))
                if left > piece.count {
                    place = .contents(left: left - piece.count, padding: padding)
                } else {
                    try each(.entryEnd)
                    place = padding > 0 ? .padding(padding) : .head
                }
            case .notes(let type, let left, let padding):
                let piece = rest.prefix(left)
                rest = rest.dropFirst(piece.count)
                held += piece
                if left > piece.count {
                    place = .notes(type: type, left: left - piece.count, padding: padding)
                } else {
                    try note(type)
                    place = padding > 0 ? .padding(padding) : .head
                }
            case .padding(let left):
                let count = min(left, rest.count)
                rest = rest.dropFirst(count)
                place = left > count ? .padding(left - count) : .head
            case .over: return
            }
        }
    }

    private mutating func takeHead(_ rest: inout ArraySlice<UInt8>, _ each: (Event) throws -> Void) throws {
        let piece = rest.prefix(Self.block - held.count)
        held += piece
        rest = rest.dropFirst(piece.count)
        guard held.count == Self.block else { return }
        let header = held
        held = []
        if header.allSatisfy({ $0 == 0 }) {
            zeroBlocks += 1
            if zeroBlocks == 2 { place = .over }
            return
        }
        guard zeroBlocks == 0, Self.isWhole(header) else { throw TarFault("it is no tar archive, or a broken one") }
        try begin(header, each)
    }

    private mutating func begin(_ header: [UInt8], _ each: (Event) throws -> Void) throws {
        let type = header[156]
        let size = try Self.number(header[124..<136])
        switch type {
        case UInt8(ascii: "x"), UInt8(ascii: "g"), UInt8(ascii: "L"), UInt8(ascii: "K"):
            guard size > 0, size <= Self.longestNotes else { throw TarFault("it has a header of \(size) bytes") }
            place = .notes(type: type, left: size, padding: Self.padding(after: size))
        default:
            let name = longName ?? Self.name(header)
            let kind = Self.kind(type, name)
            let claimed = longSize ?? size
            // Only files have contents; some writers give links and directories a size all the same.
            let contents =
                kind == .file
                ? claimed
                : type == UInt8(ascii: "5") || type == UInt8(ascii: "2") || type == UInt8(ascii: "1") ? 0 : claimed
            let entry = TarEntry(
                name: name, kind: kind, size: contents,
                mode: UInt32(truncatingIfNeeded: (try? Self.number(header[100..<108])) ?? 0o644) & 0o777,
                modified: (try? Self.number(header[136..<148])) ?? 0)
            (longName, longSize) = (nil, nil)
            try each(.entry(entry))
            if contents == 0 {
                try each(.entryEnd)
            } else {
                place = .contents(left: contents, padding: Self.padding(after: contents))
            }
        }
    }

    /// A header before its entry has been read whole.
    private mutating func note(_ type: UInt8) throws {
        let notes = held
        held = []
        switch type {
        case UInt8(ascii: "L"): longName = Array(notes.prefix { $0 != 0 })
        case UInt8(ascii: "x"):
            for (key, value) in try Self.records(notes) {
                if key == "path" { longName = Array(value) }
                if key == "size" {
                    guard let size = Int(String(decoding: value, as: UTF8.self)), size >= 0 else {
                        throw TarFault("it has a size that is none")
                    }
                    longSize = size
                }
            }
        default: break
        }
    }

    private static func records(_ bytes: [UInt8]) throws -> [(key: String, value: ArraySlice<UInt8>)] {
        var rest = bytes[...]
        var records: [(String, ArraySlice<UInt8>)] = []
        while let first = rest.first, first != 0 {
            let digits = rest.prefix { $0 != UInt8(ascii: " ") }
            guard let length = Int(String(decoding: digits, as: UTF8.self)), length > digits.count + 2,
                length <= rest.count, rest[rest.startIndex + length - 1] == UInt8(ascii: "\n"),
                case let record = rest.prefix(length - 1).dropFirst(digits.count + 1),
                let equals = record.firstIndex(of: UInt8(ascii: "="))
            else { throw TarFault("it has a broken pax header") }
            records.append((String(decoding: record[..<equals], as: UTF8.self), record[(equals + 1)...]))
            rest = rest.dropFirst(length)
        }
        return records
    }

    private static func kind(_ type: UInt8, _ name: [UInt8]) -> TarEntry.Kind {
        switch type {
        case 0, UInt8(ascii: "0"), UInt8(ascii: "7"):
            // Before POSIX a directory was told by its slash.
            name.last == UInt8(ascii: "/") ? .directory : .file
        case UInt8(ascii: "5"): .directory
        default: .other(type)
        }
    }

    private static func name(_ header: [UInt8]) -> [UInt8] {
        let name = Array(header[0..<100].prefix { $0 != 0 })
        let hasPrefix = header[257..<263].elementsEqual(Array("ustar\0".utf8))
        let prefix = hasPrefix ? Array(header[345..<500].prefix { $0 != 0 }) : []
        return prefix.isEmpty ? name : prefix + [UInt8(ascii: "/")] + name
    }

    /// Octal digits, or GNU's binary form, whose first bit is set.
    private static func number(_ field: ArraySlice<UInt8>) throws -> Int {
        guard let first = field.first else { return 0 }
        if first & 0x80 != 0 {
            let value = field.dropFirst().suffix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
            let isSmall = first == 0x80 && field.dropFirst().dropLast(8).allSatisfy { $0 == 0 } && value < 1 << 62
            guard isSmall else { throw TarFault("it has a size that is none") }
            return Int(value)
        }
        let digits = field.drop { $0 == UInt8(ascii: " ") }.prefix { $0 != 0 && $0 != UInt8(ascii: " ") }
        if digits.isEmpty { return 0 }
        guard let value = Int(String(decoding: digits, as: UTF8.self), radix: 8), value >= 0 else {
            throw TarFault("it has a size that is none")
        }
        return value
    }

    private static func isWhole(_ header: [UInt8]) -> Bool {
        let sum = header.enumerated().reduce(0) { $0 + (148..<156 ~= $1.offset ? 32 : Int($1.element)) }
        return (try? number(header[148..<156])) == sum
    }

    private static func padding(after size: Int) -> Int { (block - size % block) % block }
}
