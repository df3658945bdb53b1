/// A point in time: nanoseconds since 1970, UTC.
public struct Timestamp: Hashable, Sendable, Comparable {
    public var nanoseconds: Int64
    public init(nanoseconds: Int64) { self.nanoseconds = nanoseconds }
    public init(seconds: Double) { nanoseconds = Int64(seconds * 1e9) }
    public var seconds: Double { Double(nanoseconds) / 1e9 }
    /// Seconds from `earlier` to this.
    public func since(_ earlier: Timestamp) -> Double { Double(nanoseconds - earlier.nanoseconds) / 1e9 }
    public static func < (a: Timestamp, b: Timestamp) -> Bool { a.nanoseconds < b.nanoseconds }
    public static let zero = Timestamp(nanoseconds: 0)
}
