import Glibc

/// The clock of the time limits, in nanoseconds.
enum Monotonic {
    static func now() -> UInt64 { nanoseconds(CLOCK_MONOTONIC) }

    static func after(_ seconds: Double, from start: UInt64 = now()) -> UInt64 {
        start + UInt64(max(0, min(seconds, 1e9)) * 1e9)
    }

    private static func nanoseconds(_ clock: clockid_t) -> UInt64 {
        var time = timespec()
        clock_gettime(clock, &time)
        return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
    }
}
