import Backends
import Model
import Synchronization

/// One action from its proposal to its end; owned by the desk.
final class ActionRun: Sendable {
    struct State {
        var action: Action
        var phase = ActionState.Phase.planning("")
        var waits = true
        /// Nothing is carried out: the plan is all that is wanted.
        var rehearses = false
        var draft: Draft?
        /// The word that was typed, kept for the permits of the requests to come.
        var typed = ""
        var editing: Editing?
        var outcomes: [Int: StepOutcome] = [:]
        /// Why what has not begun is not begun: the connection was lost, the guard changed its mind.
        var halt: String?
        var auditTrouble: String?
        /// An edit met somebody else's: it is merged and shown once more.
        var isOvertaken = false
        var work: Task<Void, Never>?
        /// Counts plans: what an earlier one still says is not heard.
        var number = 0
        var isForgotten = false
        var watchers: [AsyncStream<ActionState>.Continuation] = []

        var progress: ActionProgress? {
            get {
                switch phase {
                case .running(let progress): progress
                case .finished(let report): report.progress
                default: nil
                }
            }
            set { if let newValue { phase = .running(newValue) } }
        }
    }

    let id: ActionID
    let parts: DeskParts
    let state: Mutex<State>

    init(_ id: ActionID, _ action: Action, _ parts: DeskParts) {
        self.id = id
        self.parts = parts
        state = Mutex(State(action: action))
    }

    /// Changes the state and tells everybody. The inbox is told under the lock: states must come in their order, and it calls
    /// nothing back.
    func change(_ body: (inout State) -> Void) {
        state.withLock { state in
            let before = state.phase
            body(&state)
            if state.phase != before { tell(&state) }
        }
    }

    private func tell(_ state: inout State) {
        guard !state.isForgotten else { return }
        let news = ActionState(state.action, state.phase)
        parts.inbox.post(
            FeedUpdate(
                .action(state.action.environment, id), status: FeedStatus(.live, since: parts.pacer.now),
                change: .action(news)))
        for watcher in state.watchers { watcher.yield(news) }
        if state.phase.isOver { end(&state) }
    }

    private func end(_ state: inout State) {
        for watcher in state.watchers { watcher.finish() }
        state.watchers = []
    }

    func states() -> AsyncStream<ActionState> {
        // Only where it is now matters: a state that nobody has read yet is replaced by the next.
        let (stream, continuation) = AsyncStream.makeStream(of: ActionState.self, bufferingPolicy: .bufferingNewest(1))
        state.withLock { state in
            continuation.yield(ActionState(state.action, state.phase))
            if state.phase.isOver { continuation.finish() } else { state.watchers.append(continuation) }
        }
        return stream
    }

    // MARK: what the person says

    func plan(_ action: Action, waits: Bool, rehearses: Bool = false) {
        change { state in
            guard !state.phase.isRunning else { return }
            state.work?.cancel()
            state.editing?.close()
            let number = state.number + 1
            state = fresh(state, action, number, waits: waits)
            state.rehearses = rehearses
            state.work = Task { [weak self] in await self?.makePlan(number) }
        }
    }

    private func fresh(_ old: State, _ action: Action, _ number: Int, waits: Bool) -> State {
        var new = State(action: action)
        new.waits = waits
        new.number = number
        new.watchers = old.watchers
        new.phase = .planning("looking at what is there")
        return new
    }

    func confirm(typed: String) {
        change { state in
            guard case .planned(let plan) = state.phase, !state.rehearses else { return }
            do throws(ActionRefusal) {
                _ = try parts.guard.permit(for: state.action, typed: typed)
            } catch {
                guard error.kind == .invalid else { return state.phase = .refused(error) }
                var plan = plan
                plan.warnings = (state.draft?.warnings ?? []) + ["\(error.reason): \(error.hint)"]
                return state.phase = .planned(plan)
            }
            state.typed = typed
            begin(&state)
        }
    }

    func begin(_ state: inout State) {
        guard let draft = state.draft else { return }
        state.phase = .running(
            ActionProgress(
                headline: draft.headline, items: draft.steps.map { .init($0.name) }, startedAt: parts.pacer.now))
        // Held until it is over: what was confirmed is carried out, whether anybody still looks or not.
        state.work = Task { await self.carryOut(Array(draft.steps.indices), again: []) }
    }

    func stop() {
        change { state in
            switch state.phase {
            case .running(var progress):
                progress.isStopping = true
                state.phase = .running(progress)
            case .planning, .planned, .needsEditor:
                state.number += 1
                state.work?.cancel()
                state.editing?.close()
                state.editing = nil
                state.phase = .refused(ActionRefusal(.invalid, "dropped; nothing was changed"))
            case .refused, .finished: break
            }
        }
    }

    func proceed() {
        change { state in
            guard case .finished(let report) = state.phase, report.canContinue else { return }
            var progress = report.progress
            progress.isStopping = false
            state.halt = nil
            let again = progress.items.indices.filter { progress.items[$0].state.isUnknown }
            let steps = state.draft?.steps ?? []
            let left = progress.items.indices.filter { index in
                progress.items[index].state.isSkipped || again.contains(index)
                    || progress.items[index].state.isFailed && steps[index].isFirst
            }
            for index in left where !again.contains(index) { progress.items[index].state = .waiting }
            state.phase = .running(progress)
            state.work = Task { await self.carryOut(Array(left), again: Set(again)) }
        }
    }

    func edited(status: Int32) {
        change { state in
            guard case .needsEditor = state.phase, let editing = state.editing else { return }
            let number = state.number
            state.phase = .planning("checking what was written")
            state.work = Task { [weak self] in
                await self?.planning(number) { try await editing.edited(status: status, $0) }
            }
        }
    }

    func forget() {
        change { state in
            state.isForgotten = true
            end(&state)
            parts.inbox.post(FeedUpdate(.action(state.action.environment, id), change: .forgotten))
            guard !state.phase.isRunning else { return }
            state.number += 1
            state.work?.cancel()
            state.editing?.close()
            state.editing = nil
        }
    }

    /// For the end of the program.
    func abandon() {
        state.withLock { state in
            state.work?.cancel()
            state.editing?.close()
            end(&state)
        }
    }
}

extension ActionState.Phase {
    var isRunning: Bool { if case .running = self { true } else { false } }
    var isOver: Bool {
        switch self {
        case .refused, .finished: true
        default: false
        }
    }
}

extension ActionProgress.State {
    var isUnknown: Bool { if case .unknown = self { true } else { false } }
    var isSkipped: Bool { if case .skipped = self { true } else { false } }
    var isDone: Bool { if case .done = self { true } else { false } }
    var isFailed: Bool { if case .failed = self { true } else { false } }
}
