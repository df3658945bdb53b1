import Foundation

/// Times as Kubernetes writes them, read and written without a formatter: lists do so a hundred thousand times.
enum KubeTime {
    /// `2026-11-22T13:15:12Z`
    static func text(_ date: Date) -> String { text(seconds: Int(date.timeIntervalSince1970.rounded(.down))) }

    /// `2026-11-22T13:15:12.345678Z`, as leases and new events have it.
    static func microText(_ date: Date) -> String {
        let micros = Int((date.timeIntervalSince1970 * 1_000_000).rounded(.down))
        return fractionText(seconds: micros / 1_000_000, fraction: micros % 1_000_000, digits: 6)
    }

    /// `2026-11-22T13:15:12.123456789Z`, as the kubelet writes it before log lines: always nine digits.
    static func nanoText(_ nanoseconds: Int64) -> String {
        fractionText(
            seconds: Int(nanoseconds / 1_000_000_000), fraction: Int(nanoseconds % 1_000_000_000), digits: 9)
    }

    /// Seconds since 1970 of an RFC 3339 text with or without a fraction, in UTC or with an offset.
    static func seconds(_ text: String?) -> Double? {
        guard let text, text.utf8.count >= 20 else { return nil }
        var copy = text
        return copy.withUTF8 { parse($0) }
    }

    private static func parse(_ bytes: UnsafeBufferPointer<UInt8>) -> Double? {
        func number(_ range: Range<Int>) -> Int? {
            var value = 0
            for index in range {
                guard bytes[index] >= 0x30, bytes[index] <= 0x39 else { return nil }
                value = value * 10 + Int(bytes[index] - 0x30)
            }
            return value
        }
        guard let year = number(0..<4), let month = number(5..<7), let day = number(8..<10),
            let hour = number(11..<13), let minute = number(14..<16), let second = number(17..<19)
        else { return nil }
        var index = 19
        var fraction = 0.0
        if bytes[index] == UInt8(ascii: ".") {
            var scale = 0.1
            index += 1
            while index < bytes.count, bytes[index] >= 0x30, bytes[index] <= 0x39 {
                fraction += Double(bytes[index] - 0x30) * scale
                scale /= 10
                index += 1
            }
        }
        var offset = 0
        if index + 5 < bytes.count, bytes[index] == UInt8(ascii: "+") || bytes[index] == UInt8(ascii: "-") {
            guard let hours = number(index + 1..<index + 3), let minutes = number(index + 4..<index + 6) else {
                return nil
            }
            offset = (hours * 3600 + minutes * 60) * (bytes[index] == UInt8(ascii: "+") ? 1 : -1)
        }
        let days = days(year, month, day)
        return Double(days * 86_400 + hour * 3600 + minute * 60 + second - offset) + fraction
    }

    /// Days since 1970-01-01 of a civil date (Howard Hinnant's algorithm).
    private static func days(_ year: Int, _ month: Int, _ day: Int) -> Int {
        let year = month <= 2 ? year - 1 : year
        let era = (year >= 0 ? year : year - 399) / 400
        let yearOfEra = year - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    private static func text(seconds: Int) -> String {
        String(decoding: civil(seconds) + [UInt8(ascii: "Z")], as: UTF8.self)
    }

    private static func fractionText(seconds: Int, fraction: Int, digits: Int) -> String {
        let digitsText = String(fraction)
        let padding = String(repeating: "0", count: max(0, digits - digitsText.utf8.count))
        return String(decoding: civil(seconds), as: UTF8.self) + "." + padding + digitsText + "Z"
    }

    /// `2026-11-22T13:15:12`
    private static func civil(_ seconds: Int) -> [UInt8] {
        let day = seconds >= 0 ? seconds / 86_400 : (seconds - 86_399) / 86_400
        let rest = seconds - day * 86_400
        let shifted = day + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let month = shiftedMonth + (shiftedMonth < 10 ? 3 : -9)
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        var out: [UInt8] = []
        out.reserveCapacity(20)
        func append(_ number: Int, _ width: Int) {
            var divisor = width == 4 ? 1000 : 10
            while divisor > 0 {
                out.append(0x30 + UInt8(number / divisor % 10))
                divisor /= 10
            }
        }
        append(year, 4)
        out.append(UInt8(ascii: "-"))
        append(month, 2)
        out.append(UInt8(ascii: "-"))
        append(dayOfYear - (153 * shiftedMonth + 2) / 5 + 1, 2)
        out.append(UInt8(ascii: "T"))
        append(rest / 3600, 2)
        out.append(UInt8(ascii: ":"))
        append(rest / 60 % 60, 2)
        out.append(UInt8(ascii: ":"))
        append(rest % 60, 2)
        return out
    }
}
