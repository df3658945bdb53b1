/// Numbers with their units, short enough for a column.
public enum Figure {
    /// "134Mi", as kubectl top prints memory.
    public static func mebibytes(_ bytes: Int) -> String { "\(bytes / (1 << 20))Mi" }

    /// "48 B", "1.6 MB", "22 MB".
    public static func bytes(_ count: Int) -> String {
        let units = ["B", "kB", "MB", "GB", "TB"]
        var value = Double(count)
        var unit = 0
        while value >= 1000, unit < units.count - 1 {
            value /= 1000
            unit += 1
        }
        if unit == 0 { return "\(count) B" }
        return value < 10 ? "\(oneDecimal(value)) \(units[unit])" : "\(Int(value.rounded())) \(units[unit])"
    }

    /// "85 ms", "1.2 s", "3m12s", "2h05m": how long something took.
    public static func duration(_ seconds: Double) -> String {
        if seconds < 0 { return "0 s" }
        if seconds < 1 { return "\(Int((seconds * 1000).rounded())) ms" }
        if seconds < 10 { return "\(oneDecimal(seconds)) s" }
        let whole = Int(seconds)
        if whole < 60 { return "\(whole) s" }
        if whole < 3600 { return "\(whole / 60)m\(twoDigits(whole % 60))s" }
        if whole < 86400 { return "\(whole / 3600)h\(twoDigits(whole % 3600 / 60))m" }
        return "\(whole / 86400)d\(twoDigits(whole % 86400 / 3600))h"
    }

    /// "90 s", "15 min", "2 h": a length of time that a person chose.
    public static func span(_ seconds: Int) -> String {
        if seconds >= 3600, seconds % 3600 == 0 { return "\(seconds / 3600) h" }
        return seconds >= 60 && seconds % 60 == 0 ? "\(seconds / 60) min" : "\(seconds) s"
    }

    /// "0 s", "48 s", "3m12s": for what counts by the second.
    public static func wholeSeconds(_ seconds: Double) -> String {
        seconds < 10 ? "\(Int(max(0, seconds))) s" : duration(seconds)
    }

    /// "1,234".
    public static func count(_ number: Int) -> String {
        var text = ""
        for (position, digit) in String(abs(number)).reversed().enumerated() {
            if position > 0, position % 3 == 0 { text = "," + text }
            text = String(digit) + text
        }
        return number < 0 ? "-" + text : text
    }

    private static func twoDigits(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    private static func oneDecimal(_ value: Double) -> String {
        let tenths = Int((value * 10).rounded())
        return "\(tenths / 10).\(tenths % 10)"
    }
}
