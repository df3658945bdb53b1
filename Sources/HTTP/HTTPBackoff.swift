/// How long to wait before trying again: growing exponentially, with jitter, so that many clients do not come back at once.
///
/// A value: each wait returns the seconds and moves it on. The randomness is the caller's.
public struct HTTPBackoff: Sendable, Equatable {
    /// The first wait before jitter, in seconds.
    public var first: Double
    /// No wait is longer, before jitter.
    public var longest: Double
    /// How many waits were handed out since the last success.
    public private(set) var attempts = 0

    public init(first: Double = 0.5, longest: Double = 30) {
        self.first = first
        self.longest = longest
    }

    /// The next wait: between half and one and a half of `first` × 2^attempts.
    ///
    /// - Parameter atLeast: what the server asked for; jitter goes on top of it, never below.
    public mutating func next(
        atLeast floor: Double = 0, using random: inout some RandomNumberGenerator
    ) -> Double {
        let base = min(longest, first * Double(UInt64(1) << UInt64(min(attempts, 32))))
        attempts += 1
        // Not Double.random, which draws again and again from a generator that a test made constant.
        let jitter = 0.5 + Double(random.next() >> 11) / Double(1 << 53 as UInt64)
        let wait = base * jitter
        return max(wait, floor > 0 ? floor + wait / 4 : 0)
    }

    public mutating func next(atLeast floor: Double = 0) -> Double {
        var random = SystemRandomNumberGenerator()
        return next(atLeast: floor, using: &random)
    }

    /// After a success.
    public mutating func reset() { attempts = 0 }
}
