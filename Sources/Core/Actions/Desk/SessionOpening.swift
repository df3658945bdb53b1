import Backends
import Model

/// Opens what lives on after an action: shells, attached processes, forwards; and copies files. Core/Sessions has the real
/// one. The desk calls it after guard, confirmation and the audit file's first line.
public protocol SessionOpening: Sendable {
    /// What can be said before anything is opened: checks, facts and warnings for the plan. Throws `ActionRefusal`.
    func prepare(_ request: SessionRequest) async throws -> SessionPlan
    /// Opens it. Throws `ActionRefusal`, `KubernetesError` or `HTTPError`.
    func open(_ request: SessionRequest, _ opening: SessionPermission) async throws -> SessionOutcome
}

/// One session that a person asked for. The verb is `shell`, `attach`, `forward` or `copy`: for `debug` and `nodeShell` the
/// desk has made the container first.
public struct SessionRequest: Sendable {
    public var environment: EnvironmentID
    public var object: ObjectReference
    public var verb: ActionVerb
    /// "shell", "attach", "debug", "node shell", "forward", "copy".
    public var sort: String
    public init(environment: EnvironmentID, object: ObjectReference, verb: ActionVerb, sort: String) {
        self.environment = environment
        self.object = object
        self.verb = verb
        self.sort = sort
    }
}

/// What goes with the order to open.
public struct SessionPermission: Sendable {
    /// For `Environment.openKubernetes`.
    public let permit: WritePermit
    /// How far it is, for the sheet: "3 of 12 files".
    public let say: @Sendable (String) -> Void
    /// The person does not want it any longer.
    public let isStopping: @Sendable () -> Bool
    /// To be called once when the session has ended, with how: "exit code 0". Writes the audit file, and clears up after node
    /// shells. Not to be called for what `open` threw.
    public let ended: @Sendable (String) async -> Void
}

public struct SessionPlan: Sendable {
    public var facts: [ObjectDocument.Fact]
    public var warnings: [String]
    public init(facts: [ObjectDocument.Fact] = [], warnings: [String] = []) {
        self.facts = facts
        self.warnings = warnings
    }
}

public struct SessionOutcome: Sendable {
    /// nil for what is over when `open` returns: a copy.
    public var session: SessionID?
    /// "a shell in ledger-api-7d9", "copied 3 files, 12 kB".
    public var words: String
    public init(session: SessionID?, words: String) {
        self.session = session
        self.words = words
    }
}

/// Stands where nothing opens sessions.
struct NoSessions: SessionOpening {
    func prepare(_ request: SessionRequest) async throws -> SessionPlan {
        throw ActionRefusal(.invalid, "this midwatch opens no \(request.sort)s")
    }
    func open(_ request: SessionRequest, _ opening: SessionPermission) async throws -> SessionOutcome {
        throw ActionRefusal(.invalid, "this midwatch opens no \(request.sort)s")
    }
}
