import Model
import PaneKit

/// One action as the person has it before them: what was proposed, what they typed and chose. How far it is stands in the
/// world.
struct ActionSheet: Sendable {
    let id: ActionID
    /// As it was last asked to be planned; a state of another one is an older answer.
    var action: Action
    /// The word typed for a protected environment.
    var typed = LineEditor()
    /// First line of the content that is shown; nil follows what is under way.
    var top: Int?
    /// The option that left and right change.
    var focus: Int?
    /// Enter came before the plan did.
    var wantsEnter = false
    /// Why an enter that came early did not count; "" for nothing to say.
    var remark = ""
    /// The person's word is on its way.
    var isSent = false
    /// The way back was taken, or is no longer wanted.
    var isUndone = false
    /// The action that this one takes back.
    var undoes: ActionID?
    /// Since when this step lasts, for the seconds beside it.
    var since: Timestamp

    init(_ id: ActionID, _ action: Action, at since: Timestamp) {
        self.id = id
        self.action = action
        self.since = since
    }

    var feed: FeedID { .action(action.environment, id) }

    /// How far it is. What the world says about an earlier choice of options does not count.
    func phase(in world: World) -> ActionState.Phase {
        guard let state = world.actions[id], state.action.verb == action.verb else { return .planning("") }
        return state.phase
    }

    /// Whether an enter that came before the plan may stand for the confirmation: only where nothing is protected, nothing
    /// would be lost, and the plan has nothing to say that should be read first.
    func mayConfirmEarly(_ plan: ActionPlan, in world: World) -> Bool {
        plan.confirmation == .enter && plan.warnings.isEmpty && plan.difference.isEmpty && mayRememberEnter(in: world)
    }

    func mayRememberEnter(in world: World) -> Bool {
        guard let environment = world.environment(action.environment) else { return false }
        return !environment.isProtected && !action.verb.destroys
    }
}

extension ActionState.Phase {
    /// Whether requests are under way.
    var isRunning: Bool { if case .running = self { true } else { false } }
    /// Whether nothing more will happen by itself.
    var isOver: Bool {
        switch self {
        case .refused, .finished: true
        case .planning, .needsEditor, .planned, .running: false
        }
    }
    var report: ActionReport? { if case .finished(let report) = self { report } else { nil } }
    var plan: ActionPlan? { if case .planned(let plan) = self { plan } else { nil } }
}
