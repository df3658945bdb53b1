import Foundation

/// Durations and ages as Kubernetes' printers write them (`HumanDuration` of k8s.io/apimachinery).
enum HumanDuration {
    static func text(seconds: Double) -> String {
        let total = Int(seconds)
        if total < -1 { return "<invalid>" }
        if total < 0 { return "0s" }
        if total < 120 { return "\(total)s" }
        let minutes = total / 60
        if minutes < 10 { return total % 60 == 0 ? "\(minutes)m" : "\(minutes)m\(total % 60)s" }
        if minutes < 180 { return "\(minutes)m" }
        let hours = total / 3600
        if hours < 8 { return minutes % 60 == 0 ? "\(hours)h" : "\(hours)h\(minutes % 60)m" }
        if hours < 48 { return "\(hours)h" }
        let days = hours / 24
        if hours < 192 { return hours % 24 == 0 ? "\(days)d" : "\(days)d\(hours % 24)h" }
        if days < 730 { return "\(days)d" }
        let years = days / 365
        if days < 2920 { return days % 365 == 0 ? "\(years)y" : "\(years)y\(days % 365)d" }
        return "\(years)y"
    }

    /// How long ago a time was, `<unknown>` where there is none.
    static func since(_ time: SimJSON, now: Date) -> String {
        guard let seconds = KubeTime.seconds(time.stringValue) else { return "<unknown>" }
        return text(seconds: now.timeIntervalSince1970 - seconds)
    }
}
