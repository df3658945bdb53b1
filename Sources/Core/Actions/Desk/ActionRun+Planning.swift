import Backends
import Model

/// From the proposal to the plan.
extension ActionRun {
    /// What a planning step came to.
    enum PlanningResult: Sendable {
        case draft(Draft)
        case editor(EditorRequest, Editing)
    }

    func makePlan(_ number: Int) async {
        await planning(number) { planning in
            try self.parts.guard.check(planning.action)
            if let misfit = planning.action.misfit { throw ActionRefusal(.invalid, misfit) }
            try await RightsCheck(planning).run()
            if planning.action.verb == .edit { return try await Editing.begin(planning) }
            return .draft(try await planning.draft())
        }
    }

    /// Runs a part of the planning; what it throws refuses the action.
    func planning(_ number: Int, _ work: @Sendable (Planning) async throws -> PlanningResult) async {
        do {
            let planning = try planning(number)
            take(try await work(planning), number)
        } catch {
            guard !Task.isCancelled else { return }
            change { state in
                guard state.number == number else { return }
                var refusal = ActionRefusal(error)
                if let path = state.editing?.leave(because: refusal) { refusal.hint = "your text is kept in \(path)" }
                state.editing = nil
                state.phase = .refused(refusal)
            }
        }
    }

    private func planning(_ number: Int) throws -> Planning {
        let action = state.withLock { $0.action }
        guard let environment = parts.environments[action.environment] else {
            throw ActionRefusal(.invalid, "there is no environment \"\(action.environment)\"")
        }
        return Planning(
            id: id, action: action, environment: environment, client: try environment.kubernetes(), parts: parts,
            say: { [weak self] words in
                self?.change { state in
                    guard state.number == number, case .planning = state.phase else { return }
                    state.phase = .planning(words)
                }
            })
    }

    private func take(_ result: PlanningResult, _ number: Int) {
        change { state in
            guard state.number == number else { return }
            switch result {
            case .editor(let request, let editing):
                state.editing = editing
                state.phase = .needsEditor(request)
            case .draft(let draft):
                let confirmation = parts.guard.confirmation(for: state.action)
                state.draft = draft
                state.phase = .planned(
                    ActionPlan(
                        headline: draft.headline, facts: draft.facts, warnings: draft.warnings,
                        difference: draft.difference, confirmation: confirmation))
                if confirmation == .none, !state.rehearses { begin(&state) }
            }
        }
    }
}

extension Action {
    /// Why it makes no sense on these objects; nil when it does.
    var misfit: String? {
        switch verb {
        case .apply, .create, .revert: return nil
        default: break
        }
        if objects.isEmpty { return "there is nothing to act on" }
        if objects.contains(where: { $0.name.isEmpty || $0.namespace?.isEmpty == true }) {
            return "an object without a name is none: it would mean all there are"
        }
        if let reason = objects.lazy.compactMap({ verb.misfit($0.kind) }).first { return reason }
        if objects.count > 1, !verb.takesSeveral { return "one at a time: \(objects.count) are marked" }
        return nil
    }
}

extension ActionVerb {
    /// Whether it can be done to several objects at once.
    fileprivate var takesSeveral: Bool {
        switch self {
        case .undoRollout(let revision): revision == nil
        case .edit, .debug, .nodeShell, .shell, .attach, .forward, .copy, .reveal, .rollBackRelease: false
        default: true
        }
    }
}
