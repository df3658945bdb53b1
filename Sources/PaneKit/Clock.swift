import Model

/// Times of day as the console writes them, in UTC.
public enum Clock {
    /// "14:03:07.250".
    public static func time(_ moment: Timestamp) -> String {
        let milliseconds = ((moment.nanoseconds / 1_000_000) % 86_400_000 + 86_400_000) % 86_400_000
        let seconds = milliseconds / 1000
        return "\(pad(seconds / 3600)):\(pad(seconds / 60 % 60)):\(pad(seconds % 60)).\(pad(milliseconds % 1000, 3))"
    }

    private static func pad(_ number: Int64, _ width: Int = 2) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}
