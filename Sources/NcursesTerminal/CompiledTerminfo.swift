/// A compiled terminal description, as term(5) lays it out, opened far enough to change a few capabilities.
struct CompiledTerminfo: Equatable {
    var names: [UInt8]
    var flags: [UInt8]
    /// -1 absent, -2 cancelled.
    var numbers: [Int32]
    /// nil absent; without the final zero byte.
    var strings: [[UInt8]?]
    var extendedFlags: [(name: [UInt8], value: UInt8)]
    var extendedNumbers: [(name: [UInt8], value: Int32)]
    var extendedStrings: [(name: [UInt8], value: [UInt8]?)]

    private static let shortMagic = 0o432
    private static let wideMagic = 0o1036

    static func == (a: CompiledTerminfo, b: CompiledTerminfo) -> Bool { a.bytes == b.bytes }

    /// Nil when the bytes are no compiled description.
    init?(_ bytes: [UInt8]) {
        var reader = ByteReader(bytes)
        guard let magic = reader.short(), magic == Self.shortMagic || magic == Self.wideMagic else { return nil }
        let wide = magic == Self.wideMagic
        guard let nameSize = reader.short(), let flagCount = reader.short(), let numberCount = reader.short(),
            let stringCount = reader.short(), let tableSize = reader.short(),
            let names = reader.take(nameSize), let flags = reader.take(flagCount)
        else { return nil }
        self.names = names
        self.flags = flags
        reader.align()
        guard let numbers = reader.numbers(numberCount, wide: wide), let offsets = reader.offsets(stringCount),
            let table = reader.take(tableSize)
        else { return nil }
        self.numbers = numbers
        strings = offsets.map { Self.text(at: $0, in: table) }
        (extendedFlags, extendedNumbers, extendedStrings) = ([], [], [])
        reader.align()
        if !reader.isAtEnd { guard readExtended(&reader, wide: wide) else { return nil } }
    }

    private mutating func readExtended(_ reader: inout ByteReader, wide: Bool) -> Bool {
        guard let flagCount = reader.short(), let numberCount = reader.short(), let stringCount = reader.short(),
            reader.short() != nil, let tableSize = reader.short(), let flags = reader.take(flagCount)
        else { return false }
        reader.align()
        let nameCount = flagCount + numberCount + stringCount
        guard let numbers = reader.numbers(numberCount, wide: wide),
            let offsets = reader.offsets(stringCount), let nameOffsets = reader.offsets(nameCount),
            let table = reader.take(tableSize)
        else { return false }
        let values = offsets.map { Self.text(at: $0, in: table) }
        // The names follow the values; their offsets count from the end of the last value.
        let namesStart = values.reduce(0) { $0 + ($1.map { $0.count + 1 } ?? 0) }
        let found = nameOffsets.map { Self.text(at: $0 + namesStart, in: table) ?? [] }
        extendedFlags = zip(found, flags).map { ($0, $1) }
        extendedNumbers = zip(found.dropFirst(flagCount), numbers).map { ($0, $1) }
        extendedStrings = zip(found.dropFirst(flagCount + numberCount), values).map { ($0, $1) }
        return true
    }

    private static func text(at offset: Int, in table: [UInt8]) -> [UInt8]? {
        guard offset >= 0, offset < table.count else { return nil }
        return Array(table[offset...].prefix { $0 != 0 })
    }

    /// The description compiled again, always in the form with 32-bit numbers.
    var bytes: [UInt8] {
        var out = ByteWriter()
        let (offsets, table) = Self.layOut(strings)
        for value in [Self.wideMagic, names.count, flags.count, numbers.count, strings.count, table.count] {
            out.short(value)
        }
        out.bytes += names + flags
        out.align()
        for number in numbers { out.long(number) }
        for offset in offsets { out.short(offset) }
        out.bytes += table
        out.align()
        writeExtended(&out)
        return out.bytes
    }

    private func writeExtended(_ out: inout ByteWriter) {
        let (offsets, values) = Self.layOut(extendedStrings.map(\.value))
        let names = extendedFlags.map(\.name) + extendedNumbers.map(\.name) + extendedStrings.map(\.name)
        let (nameOffsets, nameTable) = Self.layOut(names)
        let items = offsets.filter { $0 >= 0 }.count + nameOffsets.count
        for value in [
            extendedFlags.count, extendedNumbers.count, extendedStrings.count, items, values.count + nameTable.count,
        ] { out.short(value) }
        out.bytes += extendedFlags.map(\.value)
        out.align()
        for number in extendedNumbers { out.long(number.value) }
        for offset in offsets + nameOffsets { out.short(offset) }
        out.bytes += values + nameTable
    }

    private static func layOut(_ texts: [[UInt8]?]) -> (offsets: [Int], table: [UInt8]) {
        var table: [UInt8] = []
        let offsets = texts.map { text -> Int in
            guard let text else { return -1 }
            defer { table += text + [0] }
            return table.count
        }
        return (offsets, table)
    }
}

/// Reads little-endian numbers from a byte array without running past its end.
private struct ByteReader {
    private let bytes: [UInt8]
    private var position = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    var isAtEnd: Bool { position >= bytes.count }
    mutating func align() { position += position & 1 }

    mutating func take(_ count: Int) -> [UInt8]? {
        guard count >= 0, position + count <= bytes.count else { return nil }
        defer { position += count }
        return Array(bytes[position..<(position + count)])
    }

    mutating func short() -> Int? {
        take(2).map { Int(Int16(truncatingIfNeeded: Int($0[0]) | Int($0[1]) << 8)) }
    }

    mutating func numbers(_ count: Int, wide: Bool) -> [Int32]? {
        guard count >= 0 else { return nil }
        var result: [Int32] = []
        for _ in 0..<count {
            guard let raw = take(wide ? 4 : 2) else { return nil }
            let value = raw.reversed().reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
            result.append(wide ? Int32(bitPattern: value) : Int32(Int16(truncatingIfNeeded: value)))
        }
        return result
    }

    mutating func offsets(_ count: Int) -> [Int]? { numbers(count, wide: false)?.map { Int($0) } }
}

private struct ByteWriter {
    var bytes: [UInt8] = []
    mutating func align() { if bytes.count & 1 == 1 { bytes.append(0) } }
    mutating func short(_ value: Int) {
        bytes += [UInt8(truncatingIfNeeded: value), UInt8(truncatingIfNeeded: value >> 8)]
    }
    mutating func long(_ value: Int32) {
        let raw = UInt32(bitPattern: value)
        bytes += [0, 8, 16, 24].map { UInt8(truncatingIfNeeded: raw >> $0) }
    }
}
