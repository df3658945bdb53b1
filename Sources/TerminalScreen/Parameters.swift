/// The numbers of a control sequence: at most 32, each at most 65,535; what goes beyond is dropped.
struct Parameters {
    static let limit = 32
    static let largest = 65_535

    private var values = [Int](repeating: -1, count: limit)
    /// Bit n: number n followed a colon.
    private var subs: UInt32 = 0
    private(set) var count = 0

    /// The number at a place; 0 when it was left out.
    subscript(index: Int) -> Int { index >= 0 && index < count ? max(0, values[index]) : 0 }

    /// As a count or a position: at least 1.
    func atLeastOne(_ index: Int) -> Int { max(1, self[index]) }

    func isSub(_ index: Int) -> Bool { index >= 0 && index < count && subs & (1 << UInt32(index)) != 0 }

    /// How many numbers after colons follow this one.
    func subCount(after index: Int) -> Int {
        var next = index + 1
        while isSub(next) { next += 1 }
        return next - index - 1
    }

    mutating func clear() {
        count = 0
        subs = 0
    }

    mutating func digit(_ byte: UInt8) {
        if count == 0 { begin() }
        guard count <= Self.limit else { return }
        let value = max(0, values[count - 1]) * 10 + Int(byte - 0x30)
        values[count - 1] = min(value, Self.largest)
    }

    /// A semicolon or colon: the next number begins.
    mutating func separate(isSub: Bool) {
        if count == 0 { begin() }
        begin()
        if isSub, count <= Self.limit { subs |= 1 << UInt32(count - 1) }
    }

    private mutating func begin() {
        guard count < Self.limit else {
            count = Self.limit + 1
            return
        }
        values[count] = -1
        count += 1
    }

    /// Whether numbers were dropped.
    mutating func close() { count = min(count, Self.limit) }
}
