/// A point in time: nanoseconds since 1970, UTC.
public struct Timestamp: Hashable, Sendable, Comparable {
    public var nanoseconds: Int64
    public init(nanoseconds: Int64) { self.nanoseconds = nanoseconds }
    /// The nearest time there is; `zero` for what is no number.
    public init(seconds: Double) {
        let exact = seconds.isNaN ? 0 : seconds * 1e9
        nanoseconds = Int64(exactly: exact.rounded(.towardZero)) ?? (exact < 0 ? .min : .max)
    }
    /// The nearest time there is.
    public init(milliseconds: Int) {
        let (product, isTooLarge) = Int64(milliseconds).multipliedReportingOverflow(by: 1_000_000)
        nanoseconds = isTooLarge ? (milliseconds < 0 ? .min : .max) : product
    }
    public var seconds: Double { Double(nanoseconds) / 1e9 }
    /// Seconds from `earlier` to this.
    public func since(_ earlier: Timestamp) -> Double {
        let (difference, isTooLarge) = nanoseconds.subtractingReportingOverflow(earlier.nanoseconds)
        return isTooLarge ? seconds - earlier.seconds : Double(difference) / 1e9
    }
    public static func < (a: Timestamp, b: Timestamp) -> Bool { a.nanoseconds < b.nanoseconds }
    public static let zero = Timestamp(nanoseconds: 0)
}
