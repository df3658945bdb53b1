import Canvas
import Model
import PaneKit

/// Actions from the proposal to the end: sheets, orders, the way back.
extension Console {
    /// Finished ones that stay in the list of actions.
    private static let remembered = 20

    /// Proposes a change: opens its sheet and asks for the plan.
    public mutating func propose(_ action: Action) -> [Effect] {
        actionCount += 1
        let sheet = ActionSheet(ActionID(actionCount), action, at: world.now)
        sheets.append(sheet)
        openSheet = sheet.id
        overlay = nil
        return [.order(sheet.id, .plan(action))] + forgetOldest()
    }

    /// A saved forward is opened as it was first made: by an action, guard included.
    mutating func openForward(_ id: SessionID) -> [Effect] {
        guard let saved = world.forwards.first(where: { $0.id == id }) else {
            show(Notice("this forward is no longer there", .warning))
            return []
        }
        let ports = saved.ports.map { ForwardOptions.Port(local: $0.local, remote: $0.remote) }
        let verb = ActionVerb.forward(ForwardOptions(ports: ports, name: saved.name))
        return propose(Action(verb, on: [saved.target], in: saved.target.environment))
    }

    private mutating func forgetOldest() -> [Effect] {
        let over = sheets.filter { $0.phase(in: world).isOver && $0.id != openSheet }
        return over.dropLast(Self.remembered).flatMap { forget($0.id) }
    }

    /// Lets go of an action: nobody looks at it any more.
    mutating func forget(_ id: ActionID) -> [Effect] {
        guard let index = sheets.firstIndex(where: { $0.id == id }) else { return [] }
        let sheet = sheets.remove(at: index)
        if openSheet == id { openSheet = nil }
        // Looking at the way back is not taking it.
        if let original = sheet.undoes, !sheet.isSent { withSheet(original) { $0.isUndone = false } }
        world.forget(sheet.feed)
        return [.order(id, .forget)]
    }

    /// The sheet that keys go to.
    var sheet: ActionSheet? { openSheet.flatMap { id in sheets.first { $0.id == id } } }

    mutating func withSheet(_ id: ActionID, _ change: (inout ActionSheet) -> Void) {
        guard let index = sheets.firstIndex(where: { $0.id == id }) else { return }
        change(&sheets[index])
    }

    /// An action has come further.
    mutating func progressed(_ id: ActionID) -> [Effect] {
        guard let index = sheets.firstIndex(where: { $0.id == id }) else { return [] }
        let phase = sheets[index].phase(in: world)
        if case .planning = phase { return [] }
        sheets[index].isSent = false
        switch phase {
        case .planned(let plan): return planned(plan, id, at: index)
        case .needsEditor(let request):
            // Once more only when the person asks for it: an editor that fails at once must not open for ever.
            guard openSheet == id, request.problem.isEmpty else { return [] }
            return edit(request, id)
        case .finished(let report): return finished(report, id)
        case .planning, .refused, .running: return []
        }
    }

    private mutating func planned(_ plan: ActionPlan, _ id: ActionID, at index: Int) -> [Effect] {
        guard sheets[index].wantsEnter else { return [] }
        sheets[index].wantsEnter = false
        guard sheets[index].mayConfirmEarly(plan, in: world) else {
            sheets[index].remark = "enter came before this plan was here, so it did not count"
            return []
        }
        return confirm(id, typed: "")
    }

    mutating func confirm(_ id: ActionID, typed: String) -> [Effect] {
        let now = world.now
        withSheet(id) { ($0.isSent, $0.top, $0.remark, $0.since) = (true, nil, "", now) }
        return [.order(id, .confirm(typed: typed))]
    }

    mutating func edit(_ request: EditorRequest, _ id: ActionID) -> [Effect] {
        withSheet(id) { $0.isSent = true }
        return [.runEditor(request, id)]
    }

    private mutating func finished(_ report: ActionReport, _ id: ActionID) -> [Effect] {
        let isOpen = openSheet == id
        withSheet(id) { $0.top = nil }
        guard isOpen, let session = report.session else { return isOpen ? [] : told(report) }
        openSheet = nil
        // A forward needs nobody to sit before it.
        if case .forward? = sheets.first(where: { $0.id == id })?.action.verb { return told(report) }
        return arrive(at: session, report)
    }

    /// To what was opened.
    private mutating func arrive(at session: SessionID, _ report: ActionReport) -> [Effect] {
        guard tabs.contains(where: { $0.descriptor.accepts(.session(session)) }) else { return told(report) }
        return absorb(.go(.session(session)), from: visible)
    }

    private mutating func told(_ report: ActionReport) -> [Effect] {
        show(Notice(report.summary, ActionTally(report.progress).hasTrouble ? .failure : .information))
        return []
    }

    // The way back.

    /// The way back of the newest change here, where it still stands. What is older, elsewhere, or behind a change that is
    /// under way is not what a person means by "undo".
    var wayBack: (id: ActionID, offer: UndoOffer)? {
        for sheet in sheets.reversed() where scope.environments.contains(sheet.action.environment) {
            if !sheet.phase(in: world).isOver, sheet.isSent { return nil }
            guard !sheet.isUndone else { continue }
            guard let offer = sheet.phase(in: world).report?.undo, offer.until > world.now else { continue }
            return (sheet.id, offer)
        }
        return nil
    }

    mutating func undo() -> [Effect] {
        guard let (id, offer) = wayBack else {
            show(Notice("there is nothing to take back; a way back is offered for a minute", .warning))
            return []
        }
        return take(offer, of: id)
    }

    mutating func take(_ offer: UndoOffer, of id: ActionID) -> [Effect] {
        let effects = propose(offer.action)
        withSheet(id) { $0.isUndone = true }
        if let new = openSheet { withSheet(new) { $0.undoes = id } }
        return effects
    }

    // The list.

    /// Those that are not at their end, newest last.
    var running: [ActionSheet] { sheets.filter { !$0.phase(in: world).isOver } }

    /// Brings back the sheet of the newest that is under way, else of the newest; a list when there are several.
    mutating func showActions(_ words: [String]) -> [Effect] {
        if let number = words.first.flatMap({ Int($0) }) {
            guard sheets.contains(where: { $0.id.number == number }) else {
                show(Notice("there is no action \(number)", .warning))
                return []
            }
            openSheet = ActionID(number)
            return []
        }
        guard let last = sheets.last else {
            show(Notice("nothing has been changed so far"))
            return []
        }
        if sheets.count == 1 {
            openSheet = last.id
        } else {
            choose(
                "actions", label: "action ",
                sheets.reversed().map { Completion("\($0.id.number)", detail: summary(of: $0)) })
        }
        return []
    }

    private func summary(of sheet: ActionSheet) -> String {
        let state =
            switch sheet.phase(in: world) {
            case .planning: "being planned"
            case .refused(let refusal): "refused: \(refusal.reason)"
            case .needsEditor: "waits for the editor"
            case .planned: "waits for you"
            case .running(let progress): ActionTally(progress).words
            case .finished(let report): report.summary
            }
        return "\(sheet.action.environment)  \(sheet.action.title)  \(state)"
    }

    /// What goes on behind the screen, or can still be taken back, in one line; nil when nothing.
    var actionLine: String? {
        let hidden = running.filter { $0.id != openSheet }
        if let sheet = hidden.last {
            let more = hidden.count > 1 ? " · \(hidden.count - 1) more" : ""
            return "\(isUnicode ? "▶" : ">") \(line(for: sheet))\(more)"
                + (key("console.actions").map { " · \($0) shows it" } ?? "")
        }
        guard sheet == nil, let offer = wayBack?.offer, let key = key("console.undo") else { return nil }
        return "\(key): \(offer.title) (\(Figure.wholeSeconds(offer.until.since(world.now).rounded(.up))) left)"
    }

    private func line(for sheet: ActionSheet) -> String {
        guard case .running(let progress) = sheet.phase(in: world) else { return summary(of: sheet) }
        let seconds = Figure.wholeSeconds(world.now.since(progress.startedAt))
        return "\(progress.headline): \(ActionTally(progress).shortWords) · \(seconds)"
    }

    private func key(_ id: Command.ID) -> String? {
        Self.fixedCommands.first { $0.id == id }.flatMap { settings.keymap.keys(of: $0).first?.description }
    }

    /// Values that were shown for a while are forgotten when it is over.
    mutating func hideRevealed() -> [Effect] {
        let over = sheets.filter { sheet in
            sheet.phase(in: world).report?.revealed.map { $0.until <= world.now } ?? false
        }
        if over.contains(where: { $0.id == openSheet }) { show(Notice("the value is hidden again")) }
        return over.flatMap { forget($0.id) }
    }
}
