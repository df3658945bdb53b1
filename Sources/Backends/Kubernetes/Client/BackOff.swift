/// How long to wait before the next try: doubling, with a ceiling, and with dice so that a hundred consoles do not
/// come back in step.
struct BackOff: Sendable, Equatable {
    /// Tries that brought nothing since the last one that did.
    private(set) var failures = 0
    var base = 0.5
    var ceiling = 30.0

    /// Counts a failure and says how many seconds to wait; `dice` is from 0 up to 1.
    mutating func next(dice: Double) -> Double {
        defer { failures = min(failures + 1, 16) }
        let full = min(ceiling, base * Double(1 << failures))
        return full * (0.5 + dice)
    }

    mutating func reset() { failures = 0 }
}
