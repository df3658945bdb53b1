/// Elasticsearch's standard analyser, as far as logs need it: runs of letters and digits in lower case, each CJK
/// character a word of its own.
enum TextAnalysis {
    static func tokens(_ text: [UInt8]) -> [[UInt8]] {
        var tokens: [[UInt8]] = []
        var current: [UInt8] = []
        func close() {
            if !current.isEmpty { tokens.append(current) }
            current = []
        }
        var index = 0
        while index < text.count {
            let byte = text[index]
            switch byte {
            case 0x30...0x39, 0x61...0x7A: current.append(byte)
            case 0x41...0x5A: current.append(byte | 0x20)
            case 0x5F: current.append(byte)
            // A full stop or an apostrophe between two letters, or a point or comma between two digits, does not divide.
            case 0x2E where isInner(text, index), 0x27 where isInner(text, index): current.append(byte)
            case 0x2C where isInner(text, index) && isDigit(text[index - 1]): current.append(byte)
            case 0xE3...0xE9 where index + 2 < text.count:
                close()
                tokens.append(Array(text[index..<index + 3]))
                index += 2
            case 0xE2, 0xF0: close()
            case 0x80...0xFF: current.append(byte)
            default: close()
            }
            index += 1
        }
        close()
        return tokens
    }

    /// Whether `needle`, itself in lower case, occurs in `text` whatever the case of its ASCII letters.
    static func contains(_ text: [UInt8], _ needle: [UInt8]) -> Bool {
        guard let first = needle.first, needle.count <= text.count else { return needle.isEmpty }
        return text.withUnsafeBufferPointer { text in
            needle.withUnsafeBufferPointer { needle in
                for start in 0...(text.count - needle.count) where lower(text[start]) == first {
                    var length = 1
                    while length < needle.count, lower(text[start + length]) == needle[length] { length += 1 }
                    if length == needle.count { return true }
                }
                return false
            }
        }
    }

    @inline(__always)
    private static func lower(_ byte: UInt8) -> UInt8 { (0x41...0x5A).contains(byte) ? byte | 0x20 : byte }

    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
    private static func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte | 0x20) }

    private static func isInner(_ text: [UInt8], _ index: Int) -> Bool {
        guard index > 0, index + 1 < text.count else { return false }
        let (before, after) = (text[index - 1], text[index + 1])
        return isLetter(before) && isLetter(after) || isDigit(before) && isDigit(after)
    }
}
