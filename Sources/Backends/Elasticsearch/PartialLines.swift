import Model

/// Joins what the container runtime had cut: lines longer than 16 KiB arrive in documents tagged P, the last one F.
enum PartialLines {
    /// `documents` oldest first; a joined line has the time of its last part, as the kubelet gives it.
    static func joined(_ documents: [ElasticsearchHit]) -> [LogLine] {
        var lines: [LogLine] = []
        lines.reserveCapacity(documents.count)
        var open: [LogSource: LogLine] = [:]
        for document in documents {
            var line = document.line
            if let start = open.removeValue(forKey: line.source) { line.text = start.text + line.text }
            if document.isPartial {
                open[line.source] = line
            } else {
                lines.append(line)
            }
        }
        guard !open.isEmpty else { return lines }
        // What has no end on this page is shown as it is rather than lost.
        lines += open.values
        return lines.enumerated().sorted { ($0.element.time, $0.offset) < ($1.element.time, $1.offset) }.map(\.element)
    }
}
