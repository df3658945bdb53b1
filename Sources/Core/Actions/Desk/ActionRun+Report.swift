import Backends
import Model

/// What is written down before and after, and what the person is told at the end.
extension ActionRun {
    /// Writes the audit file's first line. Where that cannot be done a protected environment is not touched.
    func begun(_ draft: Draft) -> Bool {
        guard let info = parts.environments[state.withLock({ $0.action.environment })]?.info else { return false }
        do {
            try parts.audit.write(entry(.begin, draft, info))
            return true
        } catch {
            guard !info.isProtected else {
                change {
                    $0.phase = .refused(
                        ActionRefusal(.audit, error.message, hint: "make room on the disk, then try again"))
                }
                return false
            }
            state.withLock { $0.auditTrouble = error.message }
            return true
        }
    }

    private func entry(_ event: AuditEntry.Event, _ draft: Draft, _ info: EnvironmentInfo) -> AuditEntry {
        let action = state.withLock { $0.action }
        var entry = parts.audit.entry(action.verb.isReveal && event == .end ? .reveal : event, info, id)
        entry.words = action.verb.auditWords
        // The steps' objects have the uids that the server told.
        let objects = draft.steps.compactMap(\.object)
        entry.objects = objects.isEmpty ? action.objects : objects
        switch parts.guard.confirmation(for: action) {
        case .none: entry.confirmed = "none"
        case .enter: entry.confirmed = "enter"
        case .type: entry.confirmed = "typed"
        }
        entry.liftedUntil = parts.guard.liftedUntil(action.environment)
        return entry
    }

    func finish(_ draft: Draft) {
        let (action, progress, outcomes, halt, trouble) = state.withLock { state in
            (state.action, state.progress, state.outcomes, state.halt, state.auditTrouble)
        }
        guard let progress, let info = parts.environments[action.environment]?.info else { return }
        var summary = ReportSummary(draft, progress, halt: halt).text
        var last = entry(.end, draft, info)
        last.answer = summary
        last.results = progress.items.enumerated().map { index, item in
            AuditEntry.Result(
                object: item.name, state: item.state.word, answer: item.state.words,
                changes: outcomes[index]?.changes ?? [])
        }
        var fault = trouble
        do { try parts.audit.write(last) } catch { fault = error.message }
        if mergeAgain() { return }
        if let fault { summary += "; not written down: \(fault)" }
        let canContinue = progress.items.contains { $0.state.isSkipped || $0.state.isUnknown }
        change { state in
            state.editing?.close()
            state.editing = nil
            state.phase = .finished(
                ActionReport(
                    progress: progress, summary: summary, endedAt: parts.pacer.now,
                    undo: offer(action, outcomes, draft), canContinue: canContinue,
                    session: outcomes.values.lazy.compactMap(\.session).first,
                    revealed: outcomes.values.lazy.compactMap(\.revealed).first))
        }
    }

    /// Forgets a value that was shown, when its time is over.
    func hideAgain() async {
        let revealed = state.withLock { state -> RevealedValue? in
            if case .finished(let report) = state.phase { report.revealed } else { nil }
        }
        guard let revealed else { return }
        // A cancelled wait means that nobody looks any more: it is forgotten all the sooner.
        try? await parts.pacer.sleep(max(0, revealed.until.since(parts.pacer.now)))
        change { state in
            guard case .finished(var report) = state.phase else { return }
            report.revealed = nil
            state.outcomes = [:]
            state.phase = .finished(report)
        }
    }

    /// Whether somebody was faster, and the edit is merged with theirs and shown once more.
    private func mergeAgain() -> Bool {
        var isAgain = false
        change { state in
            guard state.isOvertaken, let editing = state.editing else { return }
            isAgain = true
            state.isOvertaken = false
            state.typed = ""
            let number = state.number
            state.phase = .planning("somebody changed it meanwhile; merging")
            state.work = Task { [weak self] in await self?.planning(number) { try await editing.merge($0) } }
        }
        return isAgain
    }

    /// One way back for all that was done: by a verb where one says it for all, else by what is kept here.
    private func offer(_ action: Action, _ outcomes: [Int: StepOutcome], _ draft: Draft) -> UndoOffer? {
        let ways = outcomes.sorted { $0.key < $1.key }.compactMap { index, outcome in
            outcome.wayBack.map { (object: draft.steps[index].object, way: $0) }
        }
        guard let first = ways.first else { return nil }
        let until = Timestamp(seconds: parts.pacer.now.seconds + KeptWays.seconds)
        let objects = ways.compactMap(\.object)
        if let verb = first.way.verb, objects.count == ways.count, ways.allSatisfy({ $0.way.verb == verb }) {
            return UndoOffer(
                title: first.way.title, action: Action(verb, on: objects, in: action.environment), until: until)
        }
        let title = ways.count == 1 ? first.way.title : "put back what was there before"
        let steps = ways.compactMap { way in
            way.way.step ?? way.way.verb.flatMap { verb in way.object.flatMap { VerbStep.step(verb, on: $0) } }
        }
        guard steps.count == ways.count else { return nil }
        parts.kept.keep(
            KeptWays.Way(title: title, objects: objects, steps: steps, until: until), of: id, now: parts.pacer.now)
        return UndoOffer(
            title: title, action: Action(.revert(id), on: objects, in: action.environment), until: until)
    }
}

/// "restarted 3 of 3 pods"; "restarted 2 of 5 pods, 1 unknown, 2 not begun: the connection was lost".
struct ReportSummary {
    let text: String

    /// What only prepares the others (cordoning before a drain) is not counted among them.
    init(_ draft: Draft, _ progress: ActionProgress, halt: String?) {
        let deed = draft.deed
        let isPrepared = draft.steps.contains { !$0.isFirst }
        let items = zip(progress.items, draft.steps).filter { !isPrepared || !$0.1.isFirst }.map(\.0)
        let states = items.map(\.state)
        let done = states.count(where: \.isDone)
        var text = "\(deed.past) \(done) of \(deed.count(states.count))"
        if states.count == 1, let words = states.first?.isDone == true ? states.first?.words : nil {
            text = "\(items[0].name): \(words)"
        }
        let others = [
            (states.count(where: \.isFailed), "failed"), (states.count(where: \.isUnknown), "unknown"),
            (states.count(where: \.isSkipped), "not begun"),
        ]
        for (count, word) in others where count > 0 { text += ", \(count) \(word)" }
        if let halt {
            text += ": \(halt)"
        } else if progress.isStopping, states.contains(where: \.isSkipped) {
            text += ": stopped"
        } else if states.count == 1, let words = states.first?.words, done == 0 {
            text += ": \(words)"
        }
        self.text = text
    }
}

extension ActionProgress.State {
    /// For the audit file and for scripts.
    public var word: String {
        switch self {
        case .waiting: "waiting"
        case .working: "working"
        case .done: "done"
        case .failed: "failed"
        case .unknown: "unknown"
        case .skipped: "skipped"
        }
    }
    /// What is said about it; "" while it waits.
    public var words: String {
        switch self {
        case .waiting: ""
        case .working(let words), .done(let words), .failed(let words), .unknown(let words), .skipped(let words): words
        }
    }
}
