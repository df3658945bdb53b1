import Backends
import Foundation
import Model
import Synchronization

/// Where every change goes through, from console and subcommands alike: guard, plan, confirmation, audit file, requests with
/// preconditions, watched to their end.
///
/// All calls return at once and may come from any thread; what becomes of an action is posted as `ActionState` under
/// `FeedID.action`, and given by `states(of:)`.
public final class ActionDesk: Sendable {
    let parts: DeskParts
    private let runs = Mutex<[ActionID: ActionRun]>([:])

    init(_ parts: DeskParts) { self.parts = parts }

    /// `audit` stands in tests for the file in the state folder.
    convenience init(
        _ environments: EnvironmentSet, inbox: Inbox, _ surroundings: CoreSurroundings, readOnly: String?,
        sessions: any SessionOpening, audit: (any AuditWriting)? = nil, person: AuditPerson = .ofThisProcess(),
        run: String? = nil
    ) {
        let pacer = surroundings.pacer
        let file = audit ?? surroundings.stateFolder.map { AuditFile(folder: $0) }
        self.init(
            DeskParts(
                environments: environments,
                guard: Guard(environments, readOnly: readOnly, inbox: inbox, pacer: pacer),
                audit: Audit(
                    file, person: person,
                    run: run ?? "\(Int(pacer.now.seconds))-\(ProcessInfo.processInfo.processIdentifier)", pacer: pacer),
                inbox: inbox, pacer: pacer, sessions: sessions, folder: surroundings.stateFolder, kept: KeptWays()))
    }

    deinit { close() }

    /// For the end of the program: what is being edited is dropped and its file removed; what runs is not waited for.
    public func close() { for run in runs.withLock({ Array($0.values) }) { run.abandon() } }

    /// What the guard says of an environment now.
    public func guardState(of environment: EnvironmentID) -> GuardState { parts.guard.state(of: environment) }

    /// Makes a plan; with the id of one that is not running yet, makes it anew. Without `waits` an action is over with the
    /// server's answer, not with the roll-out.
    ///
    /// With `rehearses` it stops at the plan, also where nobody need confirm anything.
    public func plan(_ id: ActionID, _ action: Action, waits: Bool = true, rehearses: Bool = false) {
        let run = runs.withLock { runs in
            if let known = runs[id] { return known }
            let new = ActionRun(id, action, parts)
            runs[id] = new
            return new
        }
        run.plan(action, waits: waits, rehearses: rehearses)
    }

    /// The person confirmed, with the word that was asked for. A wrong word leaves the plan standing with a warning.
    public func confirm(_ id: ActionID, typed: String) { run(id)?.confirm(typed: typed) }

    /// Before it runs: drops it. While it runs: what has not begun is not begun.
    public func stop(_ id: ActionID) { run(id)?.stop() }

    /// Takes up what was not done; first asks what became of what nobody knows about.
    public func proceed(_ id: ActionID) { run(id)?.proceed() }

    /// The editor has ended.
    public func edited(_ id: ActionID, status: Int32) { run(id)?.edited(status: status) }

    /// Nobody looks at it any more; what runs goes on to its end.
    public func forget(_ id: ActionID) { runs.withLock { $0.removeValue(forKey: id) }?.forget() }

    /// What becomes of an action, from its present state on, until it is over: refused, finished or dropped.
    public func states(of id: ActionID) -> AsyncStream<ActionState> {
        guard let run = run(id) else { return AsyncStream { $0.finish() } }
        return run.states()
    }

    /// Lifts read-only for so many seconds (0 puts it back), and writes so into the audit file. Throws `ActionRefusal`.
    public func lift(_ environment: EnvironmentID, seconds: Double, typed: String) throws(ActionRefusal) {
        try parts.guard.lift(environment, seconds: seconds, typed: typed)
        guard let info = parts.environments[environment]?.info else { return }
        var entry = parts.audit.entry(.lift, info)
        entry.words = seconds > 0 ? "read-only lifted" : "read-only again"
        entry.confirmed = seconds > 0 ? "typed" : nil
        entry.liftedUntil = parts.guard.liftedUntil(environment)
        do {
            try parts.audit.write(entry)
        } catch {
            // Nothing may be changed that is not written down.
            guard seconds > 0, info.isProtected else { return }
            try parts.guard.lift(environment, seconds: 0, typed: "")
            throw ActionRefusal(.audit, error.message, hint: "make room on the disk, then try again")
        }
    }

    private func run(_ id: ActionID) -> ActionRun? { runs.withLock { $0[id] } }
}
