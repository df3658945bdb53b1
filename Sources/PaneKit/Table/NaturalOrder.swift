/// Orders texts as people do: runs of digits by their value, letters without regard to case. "web-9" comes before "web-10".
enum NaturalOrder {
    /// Negative, zero or positive; zero only for equal bytes.
    static func compare(_ a: UnsafeBufferPointer<UInt8>, _ b: UnsafeBufferPointer<UInt8>) -> Int {
        var i = 0
        var j = 0
        while i < a.count, j < b.count {
            let (x, y) = (a[i], b[j])
            if isDigit(x), isDigit(y) {
                let order = compareNumbers(a, &i, b, &j)
                if order != 0 { return order }
                continue
            }
            if x != y {
                let (p, q) = (lower(x), lower(y))
                if p != q { return p < q ? -1 : 1 }
            }
            i += 1
            j += 1
        }
        if a.count - i != b.count - j { return (a.count - i) - (b.count - j) }
        return compareBytes(a, b)
    }

    /// Plain byte order, for ties.
    static func compareBytes(_ a: UnsafeBufferPointer<UInt8>, _ b: UnsafeBufferPointer<UInt8>) -> Int {
        for index in 0..<min(a.count, b.count) where a[index] != b[index] { return a[index] < b[index] ? -1 : 1 }
        return a.count - b.count
    }

    private static func compareNumbers(
        _ a: UnsafeBufferPointer<UInt8>, _ i: inout Int, _ b: UnsafeBufferPointer<UInt8>, _ j: inout Int
    ) -> Int {
        let x = digits(a, &i)
        let y = digits(b, &j)
        if x.count != y.count { return x.count - y.count }
        for offset in 0..<x.count where a[x.start + offset] != b[y.start + offset] {
            return a[x.start + offset] < b[y.start + offset] ? -1 : 1
        }
        return 0
    }

    /// The run of digits at `i` without leading zeros; `i` moves behind it.
    private static func digits(_ text: UnsafeBufferPointer<UInt8>, _ i: inout Int) -> (start: Int, count: Int) {
        var start = i
        while i < text.count, isDigit(text[i]) { i += 1 }
        while start < i - 1, text[start] == 0x30 { start += 1 }
        return (start, i - start)
    }

    private static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }
    private static func lower(_ byte: UInt8) -> UInt8 { byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte }
}
