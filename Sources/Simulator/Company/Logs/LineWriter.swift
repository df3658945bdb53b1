/// Builds the bytes of one line without going through `String`: the load generator writes hundreds of thousands a second.
struct LineWriter {
    private(set) var bytes: [UInt8] = []

    init() { bytes.reserveCapacity(160) }

    mutating func text(_ text: StaticString) {
        text.withUTF8Buffer { bytes.append(contentsOf: $0) }
    }

    mutating func text(_ text: String) { bytes.append(contentsOf: text.utf8) }

    mutating func raw(_ raw: [UInt8]) { bytes.append(contentsOf: raw) }

    mutating func int(_ value: Int, width: Int = 1, pad: UInt8 = UInt8(ascii: "0")) {
        var digits: [UInt8] = []
        var rest = value.magnitude
        repeat {
            digits.append(UInt8(ascii: "0") + UInt8(rest % 10))
            rest /= 10
        } while rest > 0
        if value < 0 { bytes.append(UInt8(ascii: "-")) }
        for _ in 0..<max(0, width - digits.count) { bytes.append(pad) }
        bytes.append(contentsOf: digits.reversed())
    }

    mutating func hex(_ value: UInt64, digits count: Int) {
        for index in (0..<count).reversed() {
            let digit = UInt8((value >> UInt64((index * 4) % 64)) & 15)
            bytes.append(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10)
        }
    }

    /// `2026-11-22`, the separator as given.
    mutating func date(_ time: CalendarTime, separator: StaticString = "-") {
        int(time.year, width: 4)
        text(separator)
        int(time.month, width: 2)
        text(separator)
        int(time.day, width: 2)
    }

    /// `13:44:16`
    mutating func clock(_ time: CalendarTime) {
        int(time.hour, width: 2)
        text(":")
        int(time.minute, width: 2)
        text(":")
        int(time.second, width: 2)
    }

    /// `2026-11-22T13:44:16.123Z`
    mutating func iso(_ time: CalendarTime) {
        date(time)
        text("T")
        clock(time)
        text(".")
        int(time.nanosecond / 1_000_000, width: 3)
        text("Z")
    }
}
