import Foundation

/// A moment taken apart in UTC, for the many ways in which programs write it.
struct CalendarTime: Sendable, Equatable {
    var year: Int
    var month: Int
    var day: Int
    var hour: Int
    var minute: Int
    var second: Int
    var nanosecond: Int

    /// - Parameter nanoseconds: since 1970.
    init(nanoseconds: Int64) {
        let (seconds, nanosecond) = Self.floored(Int(nanoseconds), by: 1_000_000_000)
        let (days, ofDay) = Self.floored(seconds, by: 86400)
        self.nanosecond = nanosecond
        hour = ofDay / 3600
        minute = ofDay % 3600 / 60
        second = ofDay % 60
        // Days to civil date by eras of 400 years that begin on 1 March.
        let (era, ofEra) = Self.floored(days + 719_468, by: 146_097)
        let yearOfEra = (ofEra - ofEra / 1460 + ofEra / 36524 - ofEra / 146_096) / 365
        let ofYear = ofEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shifted = (5 * ofYear + 2) / 153
        day = ofYear - (153 * shifted + 2) / 5 + 1
        month = shifted < 10 ? shifted + 3 : shifted - 9
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    }

    init(_ date: Date) { self.init(nanoseconds: date.nanoseconds) }

    /// `Nov`
    var monthName: StaticString { Self.monthNames[month - 1] }

    private static let monthNames: [StaticString] = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    private static func floored(_ value: Int, by divisor: Int) -> (Int, Int) {
        let remainder = ((value % divisor) + divisor) % divisor
        return ((value - remainder) / divisor, remainder)
    }
}

extension Date {
    /// Nanoseconds since 1970; dates far out of reach are clamped.
    var nanoseconds: Int64 {
        let seconds = timeIntervalSince1970
        guard abs(seconds) < 9_000_000_000 else { return seconds < 0 ? .min : .max }
        return Int64((seconds * 1_000_000).rounded()) * 1000
    }

    init(nanoseconds: Int64) {
        self.init(timeIntervalSince1970: Double(nanoseconds) / 1_000_000_000)
    }
}
