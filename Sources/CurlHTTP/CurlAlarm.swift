/// When the loop must look at its transfers' time limits next.
///
/// It may ring too early (limits move on with every byte) but never too late, so that most rounds look at no transfer at all.
final class CurlAlarm {
    private var next = UInt64.max

    func set(_ time: UInt64?) {
        if let time, time < next { next = time }
    }

    /// True once for an alarm that is due; whoever looks sets it anew.
    func isDue(at now: UInt64) -> Bool {
        guard now >= next else { return false }
        next = .max
        return true
    }

    /// Nanoseconds to sleep; nil without an alarm.
    func wait(from now: UInt64) -> UInt64? {
        guard next != .max else { return nil }
        return next > now ? next - now : 0
    }
}
