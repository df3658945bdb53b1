import LogBuffer
import Model

/// Lines written down briefly: `live(12, "text")` is the web pod's line at 12 ms.
func live(_ milliseconds: Double, _ text: String, pod: String = "web-1") -> LogLine {
    line(milliseconds, text, pod: pod, origin: .live)
}

func history(_ milliseconds: Double, _ text: String, pod: String = "web-1") -> LogLine {
    line(milliseconds, text, pod: pod, origin: .history)
}

private func line(_ milliseconds: Double, _ text: String, pod: String, origin: LogOrigin) -> LogLine {
    LogLine(
        time: Timestamp(nanoseconds: Int64(milliseconds * 1e6)),
        source: LogSource(namespace: "shop", pod: pod, container: "app"), origin: origin, text: Array(text.utf8))
}

extension LogLineView {
    var string: String { String(decoding: text, as: UTF8.self) }
}

extension LogSnapshot {
    var texts: [String] { (0..<count).map { line(at: $0).string } }
}

extension FilteredLog {
    var texts: [String] { (0..<count).map { line(at: $0).string } }
}

extension LogBuffer {
    var texts: [String] { snapshot().texts }
}
