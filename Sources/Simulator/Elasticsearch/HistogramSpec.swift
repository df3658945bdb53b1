import Foundation

/// How a date histogram cuts time.
struct HistogramSpec {
    private enum Step {
        case fixed(Int64)
        case calendar(DateMath.Unit)
    }

    private let step: Step
    /// Added to UTC before cutting: the time zone's distance.
    private let shift: Int64
    let minimumCount: Int
    private let extended: ClosedRange<Int64>?
    /// The interval that an automatic histogram chose.
    let intervalName: String?

    init(_ body: SimJSON, isAutomatic: Bool, bounds: Range<Int64>, now: Date) throws(ElasticError) {
        shift = try Self.zone(body["time_zone"].stringValue) * 1_000_000_000
        minimumCount = body["min_doc_count"].intValue ?? 0
        if isAutomatic {
            let chosen = Self.automatic(body["buckets"].intValue ?? 10, bounds)
            (step, intervalName, extended) = (.fixed(chosen.length), chosen.name, nil)
            return
        }
        intervalName = nil
        guard
            let text = body["fixed_interval"].stringValue ?? body["calendar_interval"].stringValue
                ?? body["interval"].stringValue
        else {
            throw .illegal(
                "Required one of fields [interval, calendar_interval, fixed_interval], but none were specified.")
        }
        let isCalendar = body["fixed_interval"].isNull
        if isCalendar, let unit = Self.calendarUnits[text] {
            step = .calendar(unit)
        } else if let length = Self.duration(text), length > 0, !isCalendar || !body["interval"].isNull {
            step = .fixed(length)
        } else {
            throw .illegal(
                "failed to parse setting [date_histogram.\(isCalendar ? "calendarInterval" : "fixedInterval")] with value [\(text)] as a time value: unit is missing or unrecognized"
            )
        }
        let limits = body["extended_bounds"]
        guard !limits["min"].isNull, !limits["max"].isNull else {
            extended = nil
            return
        }
        let lower = try DateMath.nanoseconds(limits["min"], now: now, roundUp: false)
        extended = lower...max(lower, try DateMath.nanoseconds(limits["max"], now: now, roundUp: false))
        guard case .fixed(let length) = step, let extended,
            (extended.upperBound - extended.lowerBound) / length > 65_535
        else { return }
        throw ElasticError(
            type: "too_many_buckets_exception",
            reason:
                "Trying to create too many buckets. Must be less than or equal to: [65536] but was [65537]. This limit can be set by changing the [search.max_buckets] cluster level setting.",
            status: 400, details: ["max_buckets": 65536], isFromShards: true)
    }

    /// The beginning of the bucket that a moment falls into.
    func key(of moment: Int64) -> Int64 {
        switch step {
        case .fixed(let length): (moment + shift).floored(to: length) - shift
        case .calendar(let unit): unit.floor(moment + shift) - shift
        }
    }

    /// Every key from the first to the last, and as far as the extended bounds go.
    func filled(from first: Int64?, through last: Int64?) -> [Int64] {
        let lower = [first, extended.map { key(of: $0.lowerBound) }].compactMap { $0 }.min()
        let upper = [last, extended.map { key(of: $0.upperBound) }].compactMap { $0 }.max()
        guard let lower, let upper else { return [] }
        var keys: [Int64] = []
        var next = lower
        while next <= upper, keys.count < 65_536 {
            keys.append(next)
            next = after(next)
        }
        return keys
    }

    private func after(_ key: Int64) -> Int64 {
        switch step {
        case .fixed(let length): key + length
        case .calendar(let unit): unit.add(1, to: key + shift) - shift
        }
    }

    private static let calendarUnits: [String: DateMath.Unit] = [
        "1s": .second, "second": .second, "1m": .minute, "minute": .minute, "1h": .hour, "hour": .hour, "1d": .day,
        "day": .day,
        "1w": .week, "week": .week, "1M": .month, "month": .month, "1y": .year, "year": .year,
    ]

    /// `30s`, `500ms`, `1h` in nanoseconds.
    static func duration(_ text: String) -> Int64? {
        let digits = text.prefix { $0.isNumber }
        guard let number = Int64(digits) else { return nil }
        switch text.dropFirst(digits.count) {
        case "ms": return number * 1_000_000
        case "s": return number * 1_000_000_000
        case "m": return number * 60_000_000_000
        case "h": return number * 3_600_000_000_000
        case "d": return number * 86_400_000_000_000
        default: return nil
        }
    }

    private static func automatic(_ buckets: Int, _ bounds: Range<Int64>) -> (name: String, length: Int64) {
        let names = ["1s", "5s", "10s", "30s", "1m", "5m", "10m", "30m", "1h", "3h", "12h", "1d", "7d"]
        let choices = names.map { ($0, duration($0) ?? 1) }
        return choices.first { (bounds.upperBound - bounds.lowerBound) / $0.1 <= Int64(buckets) }
            ?? choices[choices.count - 1]
    }

    private static func zone(_ name: String?) throws(ElasticError) -> Int64 {
        guard let name, name != "Z", name != "UTC" else { return 0 }
        if name.hasPrefix("+") || name.hasPrefix("-") {
            let parts = name.dropFirst().split(separator: ":").compactMap { Int64($0) }
            if parts.count == 2 { return (name.hasPrefix("-") ? -1 : 1) * (parts[0] * 3600 + parts[1] * 60) }
        }
        guard let zone = TimeZone(identifier: name) else { throw .illegal("Unknown time-zone ID: \(name)") }
        return Int64(zone.secondsFromGMT())
    }
}
