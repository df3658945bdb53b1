import Canvas
import Model
import PaneKit

/// An object's facts as lines: sections, containers are in them, events live beneath.
struct DescribeText {
    private(set) var lines: [StyledLine] = []
    private let unicode: Bool

    init(_ document: ObjectDocument, now: Timestamp, unicode: Bool) {
        self.unicode = unicode
        for section in document.sections { add(section) }
        addEvents(document.events, now)
    }

    private mutating func add(_ section: ObjectDocument.Section) {
        heading(section.title)
        let width = min(28, section.facts.map { DisplayText.width($0.name) + $0.depth * 2 }.max() ?? 0)
        for fact in section.facts {
            let name = String(repeating: "  ", count: fact.depth) + fact.name
            let padding = String(repeating: " ", count: max(1, width + 2 - DisplayText.width(name)))
            let values = fact.value.split(separator: "\n", omittingEmptySubsequences: false)
            for (index, value) in values.enumerated() {
                let lead = index == 0 ? name + padding : String(repeating: " ", count: width + 2)
                lines.append(
                    StyledLine([
                        .init("  " + fact.tone.sign(unicode: unicode) + " ", CellStyle(fact.tone.role)),
                        .init(lead, CellStyle(.muted)), .init(String(value), Self.style(fact.tone)),
                    ]))
            }
        }
    }

    private mutating func heading(_ title: String) {
        if !lines.isEmpty { lines.append(StyledLine()) }
        lines.append(StyledLine(title, CellStyle(.header, .bold)))
    }

    private static func style(_ tone: Tone) -> CellStyle { CellStyle(tone == .good ? .text : tone.role) }

    private mutating func addEvents(_ events: [ObjectDocument.Event], _ now: Timestamp) {
        heading("Events")
        if events.isEmpty { lines.append(StyledLine("    none in the last hour", CellStyle(.muted))) }
        let width = events.map { DisplayText.width($0.reason) }.max() ?? 0
        for event in events {
            let tone: Tone = event.isWarning ? .warning : .plain
            let age = Age.text(now.since(event.lastSeen))
            let times = event.count > 1 ? "×\(event.count)" : ""
            lines.append(
                StyledLine([
                    .init("  " + tone.sign(unicode: unicode) + " ", CellStyle(tone.role)),
                    .init(Self.pad(age, 7) + Self.pad(times, 6), CellStyle(.muted)),
                    .init(Self.pad(event.reason, width + 2), CellStyle(tone.role)), .init(event.message),
                    .init("  " + event.source, CellStyle(.muted)),
                ]))
        }
    }

    private static func pad(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - DisplayText.width(text)))
    }
}
