/// Writes tar archives (POSIX.1-1988 ustar; names and sizes that do not fit go before in a pax header, POSIX.1-2001).
enum TarWriter {
    static let block = 512

    /// The bytes before an entry's contents.
    static func head(_ entry: TarEntry) -> [UInt8] {
        var records: [UInt8] = []
        if entry.name.count > 100 { records += record("path", entry.name) }
        if entry.size > largest { records += record("size", Array("\(entry.size)".utf8)) }
        guard !records.isEmpty else { return header(entry, type: letter(entry.kind)) }
        let extra = TarEntry(name: Array("pax".utf8), kind: .file, size: records.count)
        return header(extra, type: UInt8(ascii: "x")) + records + padding(after: records.count)
            + header(entry, type: letter(entry.kind))
    }

    /// What fills an entry's last block.
    static func padding(after size: Int) -> [UInt8] {
        [UInt8](repeating: 0, count: (block - size % block) % block)
    }

    /// The end of the archive.
    static let end = [UInt8](repeating: 0, count: 2 * block)

    /// Eleven octal digits.
    private static let largest = 0o777_7777_7777

    private static func letter(_ kind: TarEntry.Kind) -> UInt8 {
        switch kind {
        case .file: UInt8(ascii: "0")
        case .directory: UInt8(ascii: "5")
        case .other(let letter): letter
        }
    }

    private static func header(_ entry: TarEntry, type: UInt8) -> [UInt8] {
        var header = [UInt8](repeating: 0, count: block)
        func put(_ bytes: some Collection<UInt8>, at place: Int) {
            for (index, byte) in bytes.enumerated() { header[place + index] = byte }
        }
        put(entry.name.prefix(100), at: 0)
        put(octal(Int(entry.mode & 0o7777), digits: 7), at: 100)
        put(octal(0, digits: 7), at: 108)
        put(octal(0, digits: 7), at: 116)
        put(octal(entry.size > largest ? 0 : entry.size, digits: 11), at: 124)
        put(octal(max(0, entry.modified), digits: 11), at: 136)
        header[156] = type
        put(Array("ustar\0".utf8) + Array("00".utf8), at: 257)
        put([UInt8](repeating: UInt8(ascii: " "), count: 8), at: 148)
        let sum = header.reduce(0) { $0 + Int($1) }
        put(octal(sum, digits: 6) + [0, UInt8(ascii: " ")], at: 148)
        return header
    }

    private static func octal(_ number: Int, digits: Int) -> [UInt8] {
        let text = String(number, radix: 8)
        return Array((String(repeating: "0", count: max(0, digits - text.count)) + text.suffix(digits)).utf8)
    }

    /// "LENGTH KEY=VALUE\n", whose length counts itself.
    private static func record(_ key: String, _ value: [UInt8]) -> [UInt8] {
        let rest = Array(" \(key)=".utf8) + value + [UInt8(ascii: "\n")]
        var length = rest.count
        while "\(length)".utf8.count + rest.count != length { length = "\(length)".utf8.count + rest.count }
        return Array("\(length)".utf8) + rest
    }
}
