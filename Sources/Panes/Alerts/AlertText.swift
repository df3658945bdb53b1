import Canvas
import Model
import PaneKit

/// One alert in full: what, since when, where, labels and annotations.
struct AlertText {
    private(set) var lines: [StyledLine] = []

    init(_ alert: Alert, _ environment: EnvironmentID, _ context: PaneContext) {
        let tone = Severity.tone(alert.severity)
        fact("State", AlertRows.stateWords(alert))
        fact("Severity", alert.severity.isEmpty ? "none given" : alert.severity, CellStyle(tone.role))
        fact("Firing for", Age.text(context.now.since(alert.started)))
        fact("Receivers", alert.receivers.joined(separator: ", "))
        if !alert.silencedBy.isEmpty { fact("Silenced by", alert.silencedBy.joined(separator: ", ")) }
        if !alert.inhibitedBy.isEmpty { fact("Inhibited by", alert.inhibitedBy.joined(separator: ", ")) }
        if !alert.generatorURL.isEmpty { fact("Rule", alert.generatorURL, CellStyle(.link)) }
        section("Annotations", alert.annotations)
        section("Labels", alert.labels)
    }

    private mutating func section(_ title: String, _ pairs: [String: String]) {
        lines.append(StyledLine())
        lines.append(StyledLine(title, CellStyle(.header, .bold)))
        for (name, value) in pairs.sorted(by: { $0.key < $1.key }) { fact(name, value) }
    }

    private mutating func fact(_ name: String, _ value: String, _ style: CellStyle = .text) {
        let lead = "  " + name + String(repeating: " ", count: max(1, 20 - DisplayText.width(name)))
        for (index, line) in value.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let start = index == 0 ? lead : String(repeating: " ", count: DisplayText.width(lead))
            lines.append(StyledLine([.init(start, CellStyle(.muted)), .init(String(line), style)]))
        }
    }
}
