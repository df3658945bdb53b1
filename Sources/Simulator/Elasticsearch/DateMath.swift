import Foundation

/// Elasticsearch's dates: `now-15m/h`, `2026-11-22||-1d`, ISO 8601 as far as somebody wrote it out, milliseconds.
enum DateMath {
    /// Reads a date into nanoseconds since 1970.
    ///
    /// - Parameter roundUp: whether what was not written (and `/d`) means the end of it, as in `lte` and `gt`.
    static func nanoseconds(_ json: SimJSON, now: Date, roundUp: Bool) throws(ElasticError) -> Int64 {
        if let number = json.doubleValue { return Int64(number) * 1_000_000 + (roundUp ? 999_999 : 0) }
        guard let text = json.stringValue else { throw failure(json.text) }
        if text.hasPrefix("now") { return try apply(text.dropFirst(3), to: now.nanoseconds, roundUp: roundUp, text) }
        if let bar = text.firstRange(of: "||") {
            let anchor = try literal(String(text[..<bar.lowerBound]), roundUp: false)
            return try apply(text[bar.upperBound...], to: anchor, roundUp: roundUp, text)
        }
        return try literal(text, roundUp: roundUp)
    }

    private static func literal(_ text: String, roundUp: Bool) throws(ElasticError) -> Int64 {
        if text.count > 9, let number = Int64(text) { return number * 1_000_000 + (roundUp ? 999_999 : 0) }
        let template = roundUp ? "0000-12-31T23:59:59.999999999Z" : "0000-01-01T00:00:00.000000000Z"
        var padded = text
        if ![4, 7, 10, 13, 16].contains(text.count) {
            // A whole time of day; without an offset it is UTC.
            let hasZone = text.hasSuffix("Z") || text.dropFirst(19).contains { $0 == "+" || $0 == "-" }
            padded = hasZone ? text : text + "Z"
        } else {
            padded += template.dropFirst(text.count)
            if text.count == 7, roundUp { padded = try lastDay(of: text) }
        }
        // Apart from the rest, because a Double cannot hold nanoseconds of today.
        var fraction = Substring("")
        if let point = padded.firstIndex(of: ".") {
            fraction = padded[padded.index(after: point)...].prefix { $0.isNumber }
            padded.removeSubrange(point..<fraction.endIndex)
        }
        guard let seconds = Date(rfc3339: padded) else { throw failure(text) }
        let nanoseconds = Int64((fraction + "000000000").prefix(9)) ?? 0
        return Int64(seconds.timeIntervalSince1970) * 1_000_000_000 + nanoseconds
    }

    private static func lastDay(of month: String) throws(ElasticError) -> String {
        let parts = month.split(separator: "-").compactMap { Int($0) }
        guard parts.count == 2 else { throw failure(month) }
        let next =
            parts[1] == 12
            ? Date.days(year: parts[0] + 1, month: 1, day: 1) : Date.days(year: parts[0], month: parts[1] + 1, day: 1)
        let day = next - Date.days(year: parts[0], month: parts[1], day: 1)
        return "\(month)-\(day)T23:59:59.999999999Z"
    }

    private static func apply(
        _ math: Substring, to start: Int64, roundUp: Bool, _ whole: String
    ) throws(ElasticError) -> Int64 {
        var value = start
        var rest = math
        while let sign = rest.popFirst() {
            let digits = rest.prefix { $0.isNumber }
            rest = rest.dropFirst(digits.count)
            guard let unit = rest.popFirst(), let kind = Unit(rawValue: unit) else { throw failure(whole) }
            switch sign {
            case "+": value = kind.add(Int64(digits) ?? 1, to: value)
            case "-": value = kind.add(-(Int64(digits) ?? 1), to: value)
            case "/":
                let floor = kind.floor(value)
                value = roundUp ? kind.add(1, to: floor) - 1 : floor
            default: throw failure(whole)
            }
        }
        return value
    }

    private static func failure(_ text: String) -> ElasticError {
        ElasticError(
            type: "parse_exception",
            reason: "failed to parse date field [\(text)] with format [strict_date_optional_time||epoch_millis]",
            status: 400,
            isFromShards: true)
    }

    /// A unit of time with its letter.
    enum Unit: Character {
        case second = "s"
        case minute = "m"
        case hour = "h"
        case hourToo = "H"
        case day = "d"
        case week = "w"
        case month = "M"
        case year = "y"

        func add(_ count: Int64, to moment: Int64) -> Int64 {
            guard self == .month || self == .year else { return moment + count * length }
            let time = CalendarTime(nanoseconds: moment)
            let months = time.year * 12 + time.month - 1 + Int(count) * (self == .year ? 12 : 1)
            let ofDay = moment - Unit.day.floor(moment)
            return Int64(Date.days(year: months / 12, month: months % 12 + 1, day: min(time.day, 28))) * Unit.day.length
                + ofDay
        }

        func floor(_ moment: Int64) -> Int64 {
            let time = CalendarTime(nanoseconds: moment)
            switch self {
            case .year: return Int64(Date.days(year: time.year, month: 1, day: 1)) * Unit.day.length
            case .month: return Int64(Date.days(year: time.year, month: time.month, day: 1)) * Unit.day.length
            // 1970 began on a Thursday; weeks begin on Monday.
            case .week: return (moment - 4 * Unit.day.length).floored(to: length) + 4 * Unit.day.length
            default: return moment.floored(to: length)
            }
        }

        /// In nanoseconds; months and years have none.
        var length: Int64 {
            switch self {
            case .second: 1_000_000_000
            case .minute: 60_000_000_000
            case .hour, .hourToo: 3_600_000_000_000
            case .day: 86_400_000_000_000
            case .week: 604_800_000_000_000
            case .month, .year: 0
            }
        }
    }
}

extension Int64 {
    /// The greatest multiple of `step` that is not above.
    func floored(to step: Int64) -> Int64 {
        let remainder = self % step
        return remainder < 0 ? self - remainder - step : self - remainder
    }
}
