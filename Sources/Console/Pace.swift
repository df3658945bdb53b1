import Model

/// When to draw: a pure account of what came and what was drawn.
struct Pace {
    /// Seconds between frames that only the clock asks for.
    private let tick: Double
    private static let frame = 1.0 / 30
    /// How seldom the clock is looked at while it changes nothing that can be seen.
    private static let slowest = 5.0

    private var drawn = Timestamp.zero
    private var interval: Double
    private var hasKey = false
    private var hasData = false

    init(tick: Double) {
        self.tick = max(0.1, tick)
        interval = self.tick
    }

    mutating func keyCame() { hasKey = true }
    mutating func dataCame() { hasData = true }

    /// Seconds until something must be drawn if nothing else comes.
    func delay(at now: Timestamp) -> Double {
        let passed = now.since(drawn)
        if passed < 0 { return 0 }  // the clock was set back
        if hasData { return max(0, Self.frame - passed) }
        return max(0, min(interval - passed, secondsToMinute(now)))
    }

    func isDue(at now: Timestamp) -> Bool {
        let passed = now.since(drawn)
        return hasKey || passed < 0 || (hasData ? passed >= Self.frame : passed >= interval) || crossedMinute(now)
    }

    mutating func drew(at now: Timestamp, changed: Bool) {
        let wasClock = !hasKey && !hasData
        drawn = now
        (hasKey, hasData) = (false, false)
        interval = wasClock && !changed ? min(interval * 2, max(tick, Self.slowest)) : tick
    }

    private func secondsToMinute(_ now: Timestamp) -> Double {
        Double(60_000_000_000 - now.nanoseconds % 60_000_000_000) / 1e9
    }

    private func crossedMinute(_ now: Timestamp) -> Bool {
        now.nanoseconds / 60_000_000_000 != drawn.nanoseconds / 60_000_000_000
    }
}
