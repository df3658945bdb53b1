import Canvas
import Model
import PaneKit

/// What a sheet says in the phase it is in, as lines that scroll; the line at the bottom that asks is not among them.
struct SheetText {
    private(set) var lines: [StyledLine] = []
    /// The line that what is under way stands on.
    private(set) var current: Int?
    private let width: Int
    private let unicode: Bool
    private let now: Timestamp

    init(_ sheet: ActionSheet, _ phase: ActionState.Phase, world: World, width: Int, unicode: Bool) {
        self.width = max(1, width)
        self.unicode = unicode
        now = world.now
        switch phase {
        case .planning(let words): planning(words, sheet)
        case .refused(let refusal): refused(refusal)
        case .needsEditor(let request): editor(request)
        case .planned(let plan): planned(plan, sheet)
        case .running(let progress): items(progress.items)
        case .finished(let report): finished(report)
        }
        if !sheet.remark.isEmpty { paragraph(sheet.remark, sign: "", .muted) }
    }

    private mutating func planning(_ words: String, _ sheet: ActionSheet) {
        let text = words.isEmpty ? "asking what it would do" : words
        paragraph(text, sign: unicode ? "…" : ".", .progressing)
        let seconds = now.since(sheet.since)
        if seconds >= 2 { paragraph("for \(Figure.wholeSeconds(seconds))", sign: "", .muted) }
        if sheet.wantsEnter {
            paragraph("enter is noted: it goes ahead unless there is something to say", sign: "", .muted)
        }
    }

    private mutating func refused(_ refusal: ActionRefusal) {
        paragraph(refusal.kind.words, sign: unicode ? "✖" : "X", .critical, .bold)
        paragraph(refusal.reason, sign: "", .text)
        if !refusal.hint.isEmpty { paragraph(refusal.hint, sign: "", .muted) }
    }

    private mutating func editor(_ request: EditorRequest) {
        if request.problem.isEmpty {
            paragraph("the text is ready for your editor", sign: "", .text)
        } else {
            paragraph("it was not sent", sign: unicode ? "✖" : "X", .critical, .bold)
            paragraph(request.problem, sign: "", .text)
            paragraph("the text is kept in \(request.path)", sign: "", .muted)
        }
    }

    private mutating func planned(_ plan: ActionPlan, _ sheet: ActionSheet) {
        for warning in plan.warnings { paragraph(warning, sign: "!", .warning) }
        facts(plan.facts)
        options(sheet)
        if !plan.difference.isEmpty, !lines.isEmpty { lines.append(StyledLine()) }
        for line in plan.difference { difference(line) }
    }

    private mutating func facts(_ facts: [ObjectDocument.Fact]) {
        let names = facts.map { String(repeating: "  ", count: $0.depth) + $0.name }
        let room = min(names.map(DisplayText.width).max() ?? 0, max(8, width / 3))
        for (fact, name) in zip(facts, names) {
            let lead = Self.pad(DisplayText.clipped(name, to: room), room + 2)
            let values = WrappedText.lines(fact.value, width: width - room - 4)
            for (index, value) in values.enumerated() {
                let start = index == 0 ? lead : String(repeating: " ", count: room + 2)
                lines.append(
                    StyledLine([
                        .init(fact.tone.sign(unicode: unicode) + " ", Self.style(fact.tone.role)),
                        .init(start, Self.style(.muted)),
                        .init(value, Self.style(fact.tone == .good || fact.tone == .plain ? .text : fact.tone.role)),
                    ]))
            }
        }
    }

    private mutating func options(_ sheet: ActionSheet) {
        let list = sheet.action.options
        guard !list.isEmpty else { return }
        if !lines.isEmpty { lines.append(StyledLine()) }
        let room = list.map { DisplayText.width($0.title) }.max() ?? 0
        for (index, option) in list.enumerated() {
            let isFocused = sheet.focus == index
            let ground: Ground = isFocused ? .selection : .popup
            if isFocused { current = lines.count }
            var spans: [StyledLine.Span] = [
                .init((isFocused ? ">" : " ") + " ", CellStyle(.accent, on: ground)),
                .init(Self.pad(option.title, room + 2), CellStyle(isFocused ? .text : .muted, on: ground)),
            ]
            for (place, choice) in option.choices.enumerated() {
                let isChosen = place == option.selected
                // Brackets as well as weight, for terminals that show neither.
                spans.append(
                    .init(
                        isChosen ? "[\(choice)]" : " \(choice) ",
                        CellStyle(isChosen ? .accent : .muted, on: ground, isChosen ? .bold : [])))
            }
            lines.append(StyledLine(spans))
        }
    }

    private mutating func difference(_ line: DifferenceLine) {
        let (sign, role): (String, Role) =
            switch line.kind {
            case .same: (" ", .muted)
            case .removed: ("-", .critical)
            case .added: ("+", .good)
            case .place: ("@", .accent)
            }
        lines.append(StyledLine("\(sign) \(line.text)", Self.style(role)))
    }

    private mutating func finished(_ report: ActionReport) {
        let tally = ActionTally(report.progress)
        let role: Role = tally.hasTrouble ? .critical : tally.skipped > 0 ? .warning : .good
        let sign = tally.hasTrouble ? (unicode ? "✖" : "X") : tally.skipped > 0 ? "!" : (unicode ? "✔" : "+")
        paragraph(report.summary, sign: sign, role, .bold)
        if let value = report.revealed { revealed(value) }
        // One object that is done says nothing that the summary does not.
        if report.progress.items.count == 1, case .done? = report.progress.items.first?.state { return }
        items(
            report.progress.items.enumerated().sorted { ($0.element.rank, $0.offset) < ($1.element.rank, $1.offset) }
                .map(\.element))
        current = nil
    }

    private mutating func revealed(_ value: RevealedValue) {
        let left = value.until.since(now)
        guard left > 0 else {
            paragraph("hidden again", sign: "", .muted)
            return
        }
        lines.append(
            StyledLine([
                .init("  \(value.key)", Self.style(.header, .bold)),
                .init("  hidden again in \(Figure.wholeSeconds(left.rounded(.up)))", Self.style(.muted)),
            ]))
        for line in value.text.split(separator: "\n", omittingEmptySubsequences: false) {
            for part in WrappedText.pieces(String(line), width: width - 2) {
                lines.append(StyledLine("  " + part, Self.style(.string)))
            }
        }
    }

    private mutating func items(_ items: [ActionProgress.Item]) {
        let room = min(items.map { DisplayText.width($0.name) }.max() ?? 0, max(12, width / 2))
        for item in items {
            let (tone, words) = item.state.face
            if current == nil, case .working = item.state { current = lines.count }
            let name = Self.pad(DisplayText.middleCut(item.name, to: room), room + 2)
            let parts = WrappedText.lines(words, width: width - room - 4)
            for (index, part) in parts.enumerated() {
                let start = index == 0 ? name : String(repeating: " ", count: room + 2)
                let sign = index == 0 ? item.state.sign(unicode: unicode) : " "
                lines.append(
                    StyledLine([
                        .init(sign + " ", Self.style(tone.role)),
                        .init(start, Self.style(tone == .muted ? .muted : .text)),
                        .init(part, Self.style(tone == .good ? .muted : tone.role)),
                    ]))
            }
        }
    }

    private mutating func paragraph(
        _ text: String, sign: String, _ role: Role, _ attributes: CellStyle.Attributes = []
    ) {
        for (index, line) in WrappedText.lines(text, width: width - 2).enumerated() {
            let lead = index == 0 && !sign.isEmpty ? sign + " " : "  "
            lines.append(StyledLine(lead + line, Self.style(role, attributes)))
        }
    }

    private static func style(_ role: Role, _ attributes: CellStyle.Attributes = []) -> CellStyle {
        CellStyle(role, on: .popup, attributes)
    }

    private static func pad(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - DisplayText.width(text)))
    }
}

extension ActionRefusal.Kind {
    /// What sort of no it is.
    var words: String {
        switch self {
        case .readOnly: "read-only: nothing was sent"
        case .forbidden: "you may not do this: nothing was sent"
        case .invalid: "this cannot be done: nothing was sent"
        case .rejected: "the server's checks said no: nothing was changed"
        case .changed: "it is no longer what you saw: nothing was changed"
        case .unreachable: "no answer: nothing was sent"
        case .audit: "the audit file cannot be written: nothing was sent"
        }
    }
}

extension ActionProgress.State {
    /// How it is shown.
    var face: (tone: Tone, words: String) {
        switch self {
        case .waiting: (.muted, "waiting")
        case .working(let words): (.progressing, words)
        case .done(let words): (.good, words)
        case .failed(let words): (.critical, words)
        case .unknown(let words): (.warning, "unknown: \(words)")
        case .skipped(let words): (.muted, "not begun: \(words)")
        }
    }

    func sign(unicode: Bool) -> String {
        switch self {
        case .waiting: unicode ? "·" : "."
        case .working: unicode ? "▶" : ">"
        case .done: unicode ? "✔" : "+"
        case .failed: unicode ? "✖" : "X"
        case .unknown: "?"
        case .skipped: "-"
        }
    }
}

extension ActionProgress.Item {
    /// What is bad news stands first at the end.
    fileprivate var rank: Int {
        switch state {
        case .failed: 0
        case .unknown: 1
        case .skipped: 2
        case .working: 3
        case .waiting: 4
        case .done: 5
        }
    }
}
