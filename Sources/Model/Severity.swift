/// The usual words for severity, gravest first.
public enum Severity {
    private static let order = ["critical", "page", "error", "high", "warning", "medium", "info", "low", "none"]

    public static func rank(_ word: String) -> Int { order.firstIndex(of: word.lowercased()) ?? 4 }

    public static func tone(_ word: String) -> Tone {
        switch rank(word) {
        case 0...3: .critical
        case 4, 5: .warning
        default: .plain
        }
    }
}
