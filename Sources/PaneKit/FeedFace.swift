import Canvas
import Model

/// The honest face of a feed: a few words in the pane's title line while there is data, the middle of the pane while not.
public enum FeedFace {
    /// For the title line: "live", "stale 34s · connection reset". Signs as well as roles, so colour is never alone.
    public static func short(_ status: FeedStatus, now: Timestamp, unicode: Bool) -> (text: String, role: Role) {
        let dot = unicode ? "●" : "*"
        switch status.phase {
        case .loading(let received):
            return (received > 0 ? "loading, \(Figure.count(received)) so far" : "loading", .progressing)
        case .live: return ("\(dot) live", .good)
        case .stale(let reason):
            let age = Age.text(now.since(status.since))
            return ("\(unicode ? "◌" : "!") stale \(age) · \(reason)", .warning)
        case .failed(let reason): return ("\(unicode ? "✖" : "X") \(reason)", .critical)
        case .forbidden(let reason): return ("\(unicode ? "⊘" : "-") forbidden · \(reason)", .warning)
        case .absent(let reason): return ("\(unicode ? "∅" : "-") \(reason)", .muted)
        case .ended(let reason): return ("\(unicode ? "■" : "-") ended · \(reason)", .muted)
        }
    }

    /// For the middle of an empty pane: what is the matter, and what can be done.
    public static func draw(
        _ status: FeedStatus, empty: String, into region: Region, in context: PaneContext
    ) {
        let (headline, role) = headline(status, empty: empty)
        var lines = [(headline, CellStyle(role, .bold))]
        if let reason = reason(status) {
            lines += WrappedText.lines(reason, width: region.width - 4).map { ($0, CellStyle.text) }
        }
        if !status.hint.isEmpty {
            lines += WrappedText.lines(status.hint, width: region.width - 4).map { ($0, CellStyle(.muted)) }
        }
        lines += status.notices.flatMap { WrappedText.lines($0, width: region.width - 4) }.map {
            ($0, CellStyle(.muted))
        }
        let first = max(0, (region.height - lines.count) / 3)
        for (offset, line) in lines.enumerated() {
            region.putClipped(
                line.0, x: min(2, region.width / 8), y: first + offset, style: line.1, limit: region.width)
        }
    }

    private static func headline(_ status: FeedStatus, empty: String) -> (String, Role) {
        switch status.phase {
        case .loading(let received):
            (received > 0 ? "Loading: \(Figure.count(received)) so far" : "Loading…", .progressing)
        case .live: (empty, .muted)
        case .stale: (empty, .warning)
        case .failed: ("No answer to show; still trying", .critical)
        case .forbidden: ("Forbidden", .warning)
        case .absent: ("Not here", .muted)
        case .ended: (empty, .muted)
        }
    }

    private static func reason(_ status: FeedStatus) -> String? {
        switch status.phase {
        case .stale(let reason), .failed(let reason), .forbidden(let reason), .absent(let reason), .ended(let reason):
            reason.isEmpty ? nil : reason
        case .loading, .live: nil
        }
    }
}
