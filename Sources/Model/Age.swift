/// How long ago something was, as kubectl writes it.
public enum Age {
    /// The text of a duration in seconds: "0s", "119s", "9m59s", "3h1m", "2d1h", "2y1d".
    ///
    /// The rules, and their odd borders, are those of `duration.HumanDuration` in Kubernetes' apimachinery; a time up to
    /// two seconds ahead counts as now, since clocks differ.
    public static func text(_ seconds: Double) -> String {
        guard seconds.isFinite, seconds < 9e15, seconds > -2 else { return "<invalid>" }
        let whole = max(0, Int(seconds))
        if whole < 120 { return "\(whole)s" }
        let minutes = whole / 60
        if minutes < 10 { return pair(minutes, "m", whole % 60, "s") }
        if minutes < 180 { return "\(minutes)m" }
        let hours = minutes / 60
        if hours < 8 { return pair(hours, "h", minutes % 60, "m") }
        if hours < 48 { return "\(hours)h" }
        let days = hours / 24
        if hours < 192 { return pair(days, "d", hours % 24, "h") }
        if days < 730 { return "\(days)d" }
        if days < 2920 { return pair(days / 365, "y", days % 365, "d") }
        return "\(days / 365)y"
    }

    private static func pair(_ large: Int, _ largeUnit: String, _ small: Int, _ smallUnit: String) -> String {
        small == 0 ? "\(large)\(largeUnit)" : "\(large)\(largeUnit)\(small)\(smallUnit)"
    }
}
