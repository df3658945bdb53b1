import Backends
import Model
import Synchronization

/// The one place that decides whether an environment may be changed now, and what a person must do for it: read-only,
/// protected, confirmed. Nothing else makes a `WritePermit`.
public final class Guard: Sendable {
    /// The longest time for which read-only can be lifted at once, in seconds.
    public static let longestLift = 8 * 3600.0

    private struct Lift {
        let number: UInt64
        let until: Timestamp
        /// By the clock that never jumps.
        let due: Double
        let end: Task<Void, Never>
    }

    private let environments: EnvironmentSet
    private let reasons: [EnvironmentID: String]
    private let inbox: Inbox
    private let pacer: any Pacer
    private let lifts = Mutex<(last: UInt64, open: [EnvironmentID: Lift])>((0, [:]))

    /// `readOnly` says why nothing may be changed anywhere ("by --read-only"); nil when environments decide for themselves.
    init(_ environments: EnvironmentSet, readOnly: String?, inbox: Inbox, pacer: any Pacer) {
        self.environments = environments
        self.inbox = inbox
        self.pacer = pacer
        var reasons: [EnvironmentID: String] = [:]
        for info in environments.infos {
            if let readOnly {
                reasons[info.id] = "read-only \(readOnly)"
            } else if info.isReadOnly {
                reasons[info.id] = "read-only by the configuration"
            }
        }
        self.reasons = reasons
        for id in reasons.keys { post(id) }
    }

    deinit { for lift in lifts.withLock({ $0.open.values }) { lift.end.cancel() } }

    public func state(of environment: EnvironmentID) -> GuardState {
        guard let reason = reasons[environment] else { return GuardState() }
        if let until = liftedUntil(environment) { return GuardState(liftedUntil: until) }
        return GuardState(readOnly: reason)
    }

    /// When a person's lifting of read-only ends; nil when it is not lifted.
    func liftedUntil(_ environment: EnvironmentID) -> Timestamp? {
        lifts.withLock { $0.open[environment] }.flatMap { pacer.uptime < $0.due ? $0.until : nil }
    }

    /// Lifts read-only for so many seconds when `typed` is the environment's name; 0 seconds put it back, without a name.
    func lift(_ environment: EnvironmentID, seconds: Double, typed: String) throws(ActionRefusal) {
        guard environments[environment] != nil else {
            throw ActionRefusal(.invalid, "there is no environment \"\(environment)\"")
        }
        guard seconds > 0 else { return putBack(environment) }
        guard reasons[environment] != nil else {
            throw ActionRefusal(.invalid, "\(environment) is not read-only")
        }
        guard typed == environment.name else {
            throw ActionRefusal(.invalid, "the name does not match", hint: "type \(environment) to lift read-only")
        }
        let seconds = min(seconds, Self.longestLift)
        let due = pacer.uptime + seconds
        let until = Timestamp(seconds: pacer.now.seconds + seconds)
        lifts.withLock { lifts in
            lifts.last += 1
            let number = lifts.last
            let end = Task { [weak self, pacer] in
                // A cancelled wait means that the lift was ended or made anew.
                guard (try? await pacer.sleep(seconds)) != nil else { return }
                self?.expire(environment, number)
            }
            lifts.open[environment]?.end.cancel()
            lifts.open[environment] = Lift(number: number, until: until, due: due, end: end)
        }
        post(environment)
    }

    private func putBack(_ environment: EnvironmentID) {
        lifts.withLock { $0.open.removeValue(forKey: environment) }?.end.cancel()
        post(environment)
    }

    private func expire(_ environment: EnvironmentID, _ number: UInt64) {
        lifts.withLock { lifts in
            if lifts.open[environment]?.number == number { lifts.open[environment] = nil }
        }
        post(environment)
    }

    private func post(_ environment: EnvironmentID) {
        inbox.post(
            FeedUpdate(.guarded(environment), status: FeedStatus(.live), change: .guarded(state(of: environment))))
    }
}

// Deciding about one action.
extension Guard {
    /// Refuses what an environment that is read-only now does not allow.
    func check(_ action: Action) throws(ActionRefusal) {
        guard !action.verb.changesNothing, let reason = state(of: action.environment).readOnly else { return }
        throw ActionRefusal(
            .readOnly, "\(action.environment) is \(reason)", hint: "lift it for a while with :unlock 15m")
    }

    /// A permit for the plan's dry runs.
    func rehearsal(of action: Action) throws(ActionRefusal) -> WritePermit {
        try check(action)
        return WritePermit(action.environment, .rehearsal)
    }

    /// What the person must do before the action is carried out.
    func confirmation(for action: Action) -> ActionPlan.Confirmation {
        if environments[action.environment]?.info.isProtected != false { return .type(action.environment.name) }
        // A slip of a key must not ask a cluster for a million pods.
        if case .scale(let replicas) = action.verb, replicas >= RolloutPlans.many { return .type(String(replicas)) }
        return action.verb.isAskedFor ? .enter : .none
    }

    /// The permit to carry the action out, asked for anew before each request: read-only may have come back meanwhile.
    func permit(for action: Action, typed: String) throws(ActionRefusal) -> WritePermit {
        try check(action)
        if case .type(let name) = confirmation(for: action), typed != name {
            throw ActionRefusal(.invalid, "the name does not match", hint: "type \(name) to confirm")
        }
        return WritePermit(action.environment, .change)
    }
}

extension ActionVerb {
    /// Whether it only shows what is there.
    fileprivate var changesNothing: Bool { if case .reveal = self { true } else { false } }

    /// Whether a person confirms it also where nothing is protected; opening a session is confirmation enough.
    fileprivate var isAskedFor: Bool {
        switch self {
        case .shell, .attach, .forward, .copy, .reveal: false
        default: true
        }
    }
}
