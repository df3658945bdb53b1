import Backends
import Model

/// One object's part of an action, ready to be carried out.
struct Step: Sendable {
    /// "pod/ledger-api-7d9".
    var name: String
    /// What it is about, for the audit file; nil for what has no object yet.
    var object: ObjectReference?
    /// Steps of one lane come one after the other, lanes beside each other.
    var lane = ""
    /// It comes before all lanes, and unless it goes well nothing else is begun.
    var isFirst = false
    /// Throws `WriteError`, `KubernetesError` (nothing was sent), `StepFault` or `ActionRefusal`.
    var work: @Sendable (StepRun) async throws -> StepOutcome
    /// Whether it was done after all, asked after a lost answer; nil when it was not. Without this it is simply done once more.
    var recheck: (@Sendable (StepRun) async throws -> StepOutcome?)?

    init(
        _ object: ObjectReference, lane: String = "",
        recheck: (@Sendable (StepRun) async throws -> StepOutcome?)? = nil,
        work: @escaping @Sendable (StepRun) async throws -> StepOutcome
    ) {
        self.init(name: object.shortName, object: object, lane: lane, recheck: recheck, work: work)
    }

    init(
        name: String, object: ObjectReference? = nil, lane: String = "",
        recheck: (@Sendable (StepRun) async throws -> StepOutcome?)? = nil,
        work: @escaping @Sendable (StepRun) async throws -> StepOutcome
    ) {
        self.name = name
        self.object = object
        self.lane = lane
        self.recheck = recheck
        self.work = work
    }
}

/// What a step is given while it runs.
struct StepRun: Sendable {
    /// Reads only.
    let client: KubernetesClient
    let pacer: any Pacer
    /// Whether the person waits for the end (a roll-out, a successor), or only for the server's answer.
    let waits: Bool
    /// Asks the guard anew; throws `ActionRefusal` when it has changed its mind.
    let permit: @Sendable () throws -> WritePermit
    /// The writer of a permit.
    let writer: @Sendable () throws -> KubernetesWriter
    /// Says how far it is.
    let say: @Sendable (String) -> Void
    /// The person does not want to wait any longer.
    let isStopping: @Sendable () -> Bool
}

/// How a step ended well.
struct StepOutcome: Sendable {
    /// "deleted; ledger-api-8x2 is ready".
    var words: String
    /// For the audit file.
    var changes: [FieldChange] = []
    var wayBack: WayBack?
    var session: SessionID?
    var revealed: RevealedValue?

    init(_ words: String, changes: [FieldChange] = [], wayBack: WayBack? = nil) {
        self.words = words
        self.changes = changes
        self.wayBack = wayBack
    }
}

/// How one step can be undone.
struct WayBack: Sendable {
    /// "scale back to 3".
    var title: String
    /// The verb that does it, where there is one.
    var verb: ActionVerb?
    /// How it is done, where no verb says so.
    var step: Step?

    init(_ title: String, verb: ActionVerb) {
        self.title = title
        self.verb = verb
    }
    init(_ title: String, step: Step) {
        self.title = title
        self.step = step
    }
}

/// How a step ended badly, after or without the server's help.
struct StepFault: Error, Sendable, Equatable {
    enum Kind: Sendable, Equatable {
        case failed
        /// Sent, and what became of it could not be seen.
        case unseen
    }
    var words: String
    var kind = Kind.failed
    /// What comes after it in its lane is not begun.
    var endsLane = false
    init(_ words: String, _ kind: Kind = .failed, endsLane: Bool = false) {
        self.words = words
        self.kind = kind
        self.endsLane = endsLane
    }
}

extension ObjectReference {
    /// "pod/ledger-api-7d9".
    var shortName: String { "\(kind.singular)/\(name)" }
    /// "payments/ledger-api-7d9", or the name alone.
    var placedName: String { namespace.map { "\($0)/\(name)" } ?? name }
}
