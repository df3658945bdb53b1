import Canvas
import Model
import PaneKit

@testable import Console

/// A console with one proposed action, and what Core would say about it.
struct SheetDriver {
    var driver: ConsoleDriver
    var action: Action

    static let pod = ObjectReference(
        environment: "sandbox", kind: .pods, namespace: "ledger", name: "ledger-api-7c9d-2xkqp", uid: "u1")

    static func action(_ verb: ActionVerb = .restart, in environment: EnvironmentID = "sandbox") -> Action {
        var pod = pod
        pod.environment = environment
        return Action(verb, on: [pod], in: environment)
    }

    /// A pane whose row `R` proposes the action.
    init(
        _ action: Action = Self.action(), world: World = .twoEnvironments, width: Int = 80, height: Int = 24,
        unicode: Bool = true, accepts: @escaping @Sendable (Destination) -> Bool = { _ in false }
    ) {
        let row = Command("restart", "restart", help: "restart it", keys: ["R"], group: "Change", danger: .changes)
        self.action = action
        let pane = ScriptedPane.descriptor(
            "alpha", .init(rows: [row], effects: ["restart": [.act(action)]], accepts: accepts))
        driver = ConsoleDriver(
            panes: [pane], world: world, scope: Scope(environments: [action.environment]), width: width, height: height)
        driver.console.isUnicode = unicode
        _ = driver.takeEffects()
        driver.press("R")
    }

    /// Core's answer to the action of this number.
    mutating func say(_ phase: ActionState.Phase, number: Int = 1, about other: Action? = nil) {
        driver.apply(
            FeedUpdate(
                .action(action.environment, ActionID(number)), change: .action(ActionState(other ?? action, phase))))
    }

    mutating func press(_ keys: String) { driver.press(keys) }
    mutating func takeEffects() -> [Effect] { driver.takeEffects() }
    var rows: [String] { driver.rows }
    var frame: Frame { driver.frame }
    var now: Timestamp { driver.console.world.now }

    static let plan = ActionPlan(
        headline: "restart pod ledger-api-7c9d-2xkqp in ledger",
        facts: [
            .init("pods", "1, ready now", tone: .good), .init("comes back", "yes, by replica set ledger-api-7c9d"),
            .init("budget", "ledger-api: 1 may be missing", tone: .good),
        ], confirmation: .enter)

    static func plan(_ confirmation: ActionPlan.Confirmation, warnings: [String] = []) -> ActionPlan {
        var plan = plan
        plan.confirmation = confirmation
        plan.warnings = warnings
        return plan
    }

    func progress(_ states: [ActionProgress.State], headline: String = "restart 3 pods") -> ActionProgress {
        let items = states.enumerated().map { ActionProgress.Item("pod/ledger-api-\($0.offset)", $0.element) }
        return ActionProgress(
            headline: headline, items: items, startedAt: Timestamp(seconds: now.seconds - 14))
    }

    func report(
        _ states: [ActionProgress.State] = [.done("its successor is ready")],
        _ summary: String = "restarted 1 of 1 pods", undo: UndoOffer? = nil, canContinue: Bool = false,
        session: SessionID? = nil, revealed: RevealedValue? = nil
    ) -> ActionReport {
        ActionReport(
            progress: progress(states), summary: summary, endedAt: now, undo: undo, canContinue: canContinue,
            session: session, revealed: revealed)
    }

    func offer(seconds: Double = 48) -> UndoOffer {
        UndoOffer(
            title: "scale back to 3", action: Self.action(.scale(replicas: 3)),
            until: Timestamp(seconds: now.seconds + seconds))
    }
}
