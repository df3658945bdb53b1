import Canvas
import Model
import PaneKit

extension Console {
    /// Draws everything; no clock, no change.
    public func draw(into frame: Frame) {
        let layout = ConsoleLayout(frame.size, isBare: settings.isBare)
        let screen = frame.region
        drawTabs(into: screen.sub(layout.tabs))
        HeaderLine(world: world, scope: scope, isUnicode: isUnicode).draw(into: screen.sub(layout.header))
        drawBody(into: screen.sub(layout.body))
        if let sheet {
            SheetFace(sheet, world: world, isUnicode: isUnicode).draw(into: screen.sub(sheetArea))
        }
        BottomLine(hints: hints).draw(into: screen.sub(layout.bottom))
        drawMessage(into: screen, layout)
    }

    private func drawBody(into region: Region) {
        guard !tabs.isEmpty, !region.rect.isEmpty else { return }
        switch overlay {
        case .help(let help):
            help.draw(into: region, HelpOverlay.lines(commands, settings.keymap, matching: help.search))
        case .palette(let palette):
            tabs[visible].pane.draw(into: region, in: context(for: region.size))
            palette.draw(into: region, palette.matches(commands, settings.keymap))
        case nil:
            tabs[visible].pane.draw(into: region, in: context(for: region.size))
        }
    }

    struct TabSpan {
        var index: Int
        var columns: Range<Int>
        var text: String
    }

    /// Where each tab stands in the first line; titles shrink together when there is no room.
    func tabSpans() -> [TabSpan] {
        let room = max(0, size.width - (size.width >= 40 ? 8 : 0))
        let titles = tabs.indices.map { title(of: $0) }
        let widest = titles.map(DisplayText.width).max() ?? 0
        let limit = (1...max(1, min(widest, 24))).reversed().first { limit in
            titles.reduce(0) { $0 + min(DisplayText.width($1), limit) + 4 } <= room
        }
        var x = 0
        return titles.enumerated().map { index, title in
            let shown = limit.map { " " + DisplayText.clipped(title, to: $0) } ?? ""
            let text = " \(index + 1)\(shown) "
            defer { x += DisplayText.width(text) }
            return TabSpan(index: index, columns: x..<(x + DisplayText.width(text)), text: text)
        }
    }

    private func drawTabs(into region: Region) {
        guard region.height > 0 else { return }
        region.fill(style: CellStyle(.text, on: .bar))
        for span in tabSpans() {
            let isVisible = span.index == visible
            let style = CellStyle(
                isVisible ? .accent : .muted, on: isVisible ? .selection : .bar, isVisible ? .bold : [])
            region.put(span.text, x: span.columns.lowerBound, y: 0, style: style)
        }
        let clock = " \(Self.clock(world.now)) "
        if (tabSpans().last?.columns.upperBound ?? 0) + clock.utf8.count <= region.width {
            region.putRight(clock, x: 0, y: 0, style: CellStyle(.muted, on: .bar), limit: region.width)
        }
    }

    /// "14:03Z": UTC, and saying so.
    static func clock(_ now: Timestamp) -> String {
        let minutes = Int(now.nanoseconds / 60_000_000_000 % 1440)
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return "\(two(minutes / 60)):\(two(minutes % 60))Z"
    }

    /// The keys that matter now.
    private var hints: [BottomLine.Hint] {
        if question != nil { return [("y", "yes"), ("n", "no")].map { BottomLine.Hint(key: $0.0, title: $0.1) } }
        if let prompt { return Self.hints(of: prompt) }
        if let sheet {
            return SheetFace(sheet, world: world, isUnicode: isUnicode).hints(in: sheetArea.size).map {
                BottomLine.Hint(key: $0.key, title: $0.title)
            }
        }
        switch overlay {
        case .help: return [.init(key: "/", title: "search"), .init(key: "esc", title: "close")]
        case .palette: return [.init(key: "enter", title: "run"), .init(key: "esc", title: "close")]
        case nil: break
        }
        if takesKeys {
            return [BottomLine.Hint(key: Self.leaveKey.description, title: "back to the console", isFixed: true)]
        }
        let rows = commands.filter { $0.weight > 0 && $0.disabled == nil }.enumerated()
            .sorted { ($0.element.weight, $1.offset) > ($1.element.weight, $0.offset) }
        let own = rows.compactMap { _, row in
            settings.keymap.keys(of: row).first.map { BottomLine.Hint(key: $0.description, title: row.title) }
        }
        return own + fixedHints
    }

    private var fixedHints: [BottomLine.Hint] {
        let pairs: [(Command.ID, String)] = [("console.help", "help"), ("console.prompt", "go to")]
        return pairs.compactMap { id, title in
            guard let row = ownCommands.first(where: { $0.id == id }), let key = settings.keymap.keys(of: row).first
            else { return nil }
            return BottomLine.Hint(key: key.description, title: title, isFixed: true)
        }
    }

    private static func hints(of prompt: PromptSession) -> [BottomLine.Hint] {
        let move = prompt.prompt.isChoice ? "choose" : "history"
        return [("enter", "accept"), ("esc", "cancel"), ("tab", "complete"), ("up/down", move)]
            .map { BottomLine.Hint(key: $0.0, title: $0.1) }
    }

    private func drawMessage(into screen: Region, _ layout: ConsoleLayout) {
        let line = screen.sub(layout.message)
        guard line.height > 0 else { return }
        if let question {
            clear(line)
            line.putClipped(
                " \(question.text) y/n", x: 0, y: 0, style: CellStyle(.warning, .bold), limit: line.width)
            line.setCursor(x: min(line.width - 1, DisplayText.width(question.text) + 6), y: 0)
        } else if let prompt {
            clear(line)
            PromptLine(session: prompt, ghost: prompt.ghost(history[prompt.prompt.history]))
                .draw(into: line, above: screen.sub(layout.body))
        } else if let notice {
            clear(line)
            NoticeLine.draw(notice.notice, into: line)
        } else if layout.hasOwnMessageLine {
            if let words = actionLine {
                NoticeLine.drawAction(words, into: line)
            } else {
                NoticeLine.drawStanding(standing, into: line)
            }
        }
    }

    private func clear(_ region: Region) { region.fill(style: .text) }

    /// What stands in the message line while there is nothing else to say: risks of the environments looked at.
    private var standing: [String] {
        scope.environments.flatMap { id in
            (world.environment(id)?.warnings ?? []).map { scope.environments.count > 1 ? "\(id): \($0)" : $0 }
        }
    }
}

extension CellStyle {
    /// A role on the plain ground with attributes.
    fileprivate init(_ role: Role, _ attributes: Attributes) { self.init(role, on: .plain, attributes) }
}
