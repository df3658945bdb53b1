extension Timestamp {
    /// Reads the form that Kubernetes, Elasticsearch and Alertmanager write: `2026-03-01T09:30:00Z`, with or without a
    /// fraction (digits beyond the nanosecond are dropped), with `Z` or an offset. Nil for anything else, also for a
    /// date that no calendar has and for years outside 1678...2261, which nanoseconds cannot hold.
    public init?(rfc3339 text: String) {
        var text = text
        let parsed = text.withUTF8 { Timestamp(rfc3339: $0) }
        guard let parsed else { return nil }
        self = parsed
    }

    /// The same for bytes, so that a decoder need not make a string.
    public init?(rfc3339 bytes: UnsafeBufferPointer<UInt8>) {
        var scan = Scan(bytes: bytes)
        guard let year = scan.number(digits: 4), scan.takes("-"), let month = scan.number(digits: 2), scan.takes("-"),
            let day = scan.number(digits: 2), scan.takes("T") || scan.takes("t") || scan.takes(" "),
            let hour = scan.number(digits: 2), scan.takes(":"), let minute = scan.number(digits: 2), scan.takes(":"),
            let second = scan.number(digits: 2), let fraction = scan.fraction(), let offset = scan.offset(),
            scan.isAtEnd
        else { return nil }
        guard 1678...2261 ~= year, 1...12 ~= month, 1...daysIn(month, of: year) ~= day, hour < 24, minute < 60,
            second <= 60
        else { return nil }
        let clock = hour * 3600 + minute * 60 + second - offset
        self.init(nanoseconds: Int64(daysSince1970(year, month, day) * 86_400 + clock) * 1_000_000_000 + fraction)
    }
}

/// A reading position in the bytes of a time.
private struct Scan {
    let bytes: UnsafeBufferPointer<UInt8>
    var position = 0

    var isAtEnd: Bool { position == bytes.count }

    mutating func takes(_ character: Unicode.Scalar) -> Bool {
        guard position < bytes.count, bytes[position] == UInt8(ascii: character) else { return false }
        position += 1
        return true
    }

    mutating func digit() -> Int? {
        guard position < bytes.count, 48...57 ~= bytes[position] else { return nil }
        position += 1
        return Int(bytes[position - 1]) - 48
    }

    mutating func number(digits: Int) -> Int? {
        var value = 0
        for _ in 0..<digits {
            guard let digit = digit() else { return nil }
            value = value * 10 + digit
        }
        return value
    }

    /// Nanoseconds; 0 where there is no fraction, nil where a point stands without digits.
    mutating func fraction() -> Int64? {
        guard takes(".") || takes(",") else { return 0 }
        guard let first = digit() else { return nil }
        var value = Int64(first) * 100_000_000
        var unit: Int64 = 10_000_000
        while let digit = digit() {
            value += Int64(digit) * unit
            unit /= 10
        }
        return value
    }

    /// Seconds east of Greenwich.
    mutating func offset() -> Int? {
        if takes("Z") || takes("z") { return 0 }
        let isEast = takes("+")
        guard isEast || takes("-"), let hours = number(digits: 2) else { return nil }
        _ = takes(":")
        guard let minutes = number(digits: 2), hours < 24, minutes < 60 else { return nil }
        return (isEast ? 1 : -1) * (hours * 3600 + minutes * 60)
    }
}

private func daysIn(_ month: Int, of year: Int) -> Int {
    let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    switch month {
    case 2: return isLeap ? 29 : 28
    case 4, 6, 9, 11: return 30
    default: return 31
    }
}

/// Days of the Gregorian calendar, counted in eras of 400 years that begin in March, so that the leap day comes last.
private func daysSince1970(_ year: Int, _ month: Int, _ day: Int) -> Int {
    let shifted = month > 2 ? year : year - 1
    let yearOfEra = shifted % 400
    let dayOfYear = (153 * ((month + 9) % 12) + 2) / 5 + day - 1
    return shifted / 400 * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
}
