import Canvas
import Model
import PaneKit

/// Draws one sheet: a bar with what and where, the lines, and at the bottom what is asked of the person.
struct SheetFace {
    let sheet: ActionSheet
    let world: World
    let isUnicode: Bool
    private let phase: ActionState.Phase

    init(_ sheet: ActionSheet, world: World, isUnicode: Bool) {
        self.sheet = sheet
        self.world = world
        self.isUnicode = isUnicode
        phase = sheet.phase(in: world)
    }

    /// The widest that a sheet becomes: lines that are longer are hard to read.
    private static let widest = 110

    private var isProtected: Bool { world.environment(sheet.action.environment)?.isProtected == true }

    private func text(_ width: Int) -> SheetText {
        SheetText(sheet, phase, world: world, width: width - 2, unicode: isUnicode)
    }

    /// How many lines there are and how many are in view, for scrolling; the first that is shown.
    func extent(_ room: Size) -> (count: Int, page: Int, top: Int) {
        let text = text(min(room.width, Self.widest))
        let page = max(1, min(text.lines.count, room.height - 1 - footerHeight(room)))
        return (text.lines.count, page, top(text, page))
    }

    private func top(_ text: SheetText, _ page: Int) -> Int {
        let followed = text.current.map { $0 - page / 2 } ?? 0
        return min(max(0, sheet.top ?? followed), max(0, text.lines.count - page))
    }

    /// One line, and one more where a name and what is typed do not fit beside each other.
    private func footerHeight(_ room: Size) -> Int {
        guard room.height >= 2, let footer else { return 0 }
        guard let word, room.height >= 3 else { return 1 }
        let width = min(room.width, Self.widest)
        return DisplayText.width(footer.text) + DisplayText.width(word) + 4 > width ? 2 : 1
    }

    /// The word that is to be typed; nil when none is.
    private var word: String? {
        guard case .type(let word)? = phase.plan?.confirmation, !sheet.isSent else { return nil }
        return word
    }

    func draw(into room: Region) {
        guard room.width > 0, room.height > 0 else { return }
        let width = min(room.width, Self.widest)
        let text = text(width)
        let footer = footerHeight(room.size)
        let height = min(room.height, text.lines.count + 1 + footer)
        let box = room.sub(
            Rect(x: (room.width - width) / 2, y: room.height - height, width: width, height: height))
        box.fill(style: CellStyle(.text, on: .popup))
        let page = max(0, height - 1 - footer)
        let top = top(text, max(1, page))
        let hidden = text.lines.count - top - page
        drawBar(box.sub(Rect(x: 0, y: 0, width: width, height: 1)), above: top, below: max(0, hidden))
        let list = box.sub(Rect(x: 1, y: 1, width: width - 2, height: page))
        for (offset, line) in text.lines.dropFirst(top).prefix(page).enumerated() { line.draw(into: list, y: offset) }
        if footer > 0 { drawFooter(box.sub(Rect(x: 0, y: height - footer, width: width, height: footer))) }
    }

    private func drawBar(_ bar: Region, above: Int, below: Int) {
        let ground: Ground = isProtected ? .dangerBar : .bar
        let role: Role = isProtected ? .danger : .title
        bar.fill(style: CellStyle(role, on: ground))
        let place = sheet.action.environment.name + (isProtected ? " PROTECTED" : "")
        let more = above + below > 0 ? "\(Figure.count(above + below)) more \(above > 0 ? "above" : "below")  " : ""
        let right = bar.width >= 50 ? more + place : place
        let rightWidth = min(DisplayText.width(right), bar.width / 2)
        bar.putClipped(
            headline, x: 1, y: 0, style: CellStyle(role, on: ground, .bold), limit: bar.width - rightWidth - 3)
        bar.putRight(
            right, x: bar.width - rightWidth - 1, y: 0, style: CellStyle(isProtected ? .danger : .muted, on: ground),
            limit: rightWidth)
    }

    private var headline: String {
        switch phase {
        case .planned(let plan): plan.headline
        case .running(let progress): progress.headline
        case .finished(let report): report.progress.headline
        case .planning, .refused, .needsEditor: sheet.action.title
        }
    }

    /// What stands at the bottom; nil for nothing.
    private var footer: (text: String, role: Role)? {
        switch phase {
        case .planning, .refused: return nil
        case .needsEditor: return ("enter opens the editor · esc gives up", .text)
        case .planned(let plan):
            if sheet.isSent { return ("confirmed; waiting for the first answer", .progressing) }
            switch plan.confirmation {
            case .none: return ("it is begun at once", .progressing)
            case .enter: return ("enter goes ahead · esc leaves everything as it is", .text)
            case .type(let word): return ("type \(word) to go ahead: ", .text)
            }
        case .running(let progress):
            let words = ActionTally(progress).words + " · " + Figure.wholeSeconds(world.now.since(progress.startedAt))
            return progress.isStopping
                ? ("stopping; what has begun goes on to its end · \(words)", .warning) : (words, .progressing)
        case .finished(let report): return ending(report)
        }
    }

    private func ending(_ report: ActionReport) -> (text: String, role: Role)? {
        var parts: [String] = []
        if report.canContinue { parts.append("p goes on with what was not done") }
        if let words = undoWords(report) { parts.append(words) }
        return parts.isEmpty ? nil : (parts.joined(separator: " · "), .accent)
    }

    private func undoWords(_ report: ActionReport) -> String? {
        guard let offer = report.undo, !sheet.isUndone, offer.until > world.now else { return nil }
        return "u: \(offer.title) (\(Figure.wholeSeconds(offer.until.since(world.now).rounded(.up))) left)"
    }

    private func drawFooter(_ line: Region) {
        guard let footer else { return }
        let ground: Ground = isProtected && phase.plan != nil ? .dangerBar : .popup
        if ground == .dangerBar { line.fill(style: CellStyle(.danger, on: ground)) }
        let role = ground == .dangerBar ? .danger : footer.role
        let used = line.putClipped(
            footer.text, x: 1, y: 0, style: CellStyle(role, on: ground, .bold), limit: line.width - 2)
        guard let word else { return }
        if line.height > 1 {
            drawTyped(word, line.sub(Rect(x: 0, y: 1, width: line.width, height: 1)), x: 1, ground)
        } else {
            drawTyped(word, line, x: used + 1, ground)
        }
    }

    /// The field, and live at its right whether it matches.
    private func drawTyped(_ word: String, _ line: Region, x: Int, _ ground: Ground) {
        let room = max(1, min(DisplayText.width(word) + 2, line.width - x))
        let field = line.sub(Rect(x: x, y: 0, width: room, height: 1))
        let style = CellStyle(.text, on: .plain, .bold)
        field.fill(style: style)
        let before = DisplayText.width(sheet.typed.beforeCursor)
        let hidden = max(0, before - room + 1)
        field.put(sheet.typed.text, x: -hidden, y: 0, style: style)
        field.setCursor(x: before - hidden, y: 0)
        let left = line.width - x - room - 2
        guard left > 3 else { return }
        line.putClipped(verdict(word), x: x + room + 1, y: 0, style: CellStyle(.danger, on: ground), limit: left)
    }

    private func verdict(_ word: String) -> String {
        let typed = sheet.typed.text
        if typed == word { return isUnicode ? "✔ matches: enter goes ahead" : "+ matches: enter goes ahead" }
        if typed.isEmpty { return "" }
        return word.hasPrefix(typed) ? "not yet" : (isUnicode ? "✖ does not match" : "X does not match")
    }

    /// The keys that mean something now.
    func hints(in room: Size) -> [(key: String, title: String)] {
        let (count, page, _) = extent(room)
        let scroll: [(String, String)] = count > page ? [("pgdn", "more")] : []
        switch phase {
        case .planning: return [("enter", "go ahead"), ("esc", "cancel")]
        case .refused: return [("esc", "close")] + scroll
        case .needsEditor: return [("enter", "edit"), ("esc", "give up")]
        case .planned:
            let choose: [(String, String)] =
                sheet.action.options.isEmpty ? [] : [("tab", "option"), ("left/right", "change")]
            return [("enter", "go ahead"), ("esc", "cancel")] + choose + scroll
        case .running: return [("esc", "in the background"), ("s", "stop what has not begun")] + scroll
        case .finished(let report):
            return [("enter", "close")] + (undoWords(report) == nil ? [] : [("u", "undo")])
                + (report.canContinue ? [("p", "go on")] : []) + scroll
        }
    }
}
