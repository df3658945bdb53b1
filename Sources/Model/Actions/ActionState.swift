/// Where one action is, for the sheet that shows it; posted whole, by `FeedID.action`.
public struct ActionState: Sendable, Equatable {
    public enum Phase: Sendable, Equatable {
        /// Rights, dry run, budgets are being asked; the words say what now.
        case planning(String)
        /// It cannot be done: the guard's, the server's or our own reason; nothing was sent.
        case refused(ActionRefusal)
        /// A file waits for the person's editor; `.edited` goes on.
        case needsEditor(EditorRequest)
        /// Waits for the person.
        case planned(ActionPlan)
        case running(ActionProgress)
        case finished(ActionReport)
    }
    public var action: Action
    public var phase: Phase
    public init(_ action: Action, _ phase: Phase) {
        self.action = action
        self.phase = phase
    }
}

/// Why an action was not begun, and what the person can do about it.
public struct ActionRefusal: Error, Sendable, Equatable {
    public enum Kind: Sendable, Equatable {
        /// Read-only by flag or configuration.
        case readOnly
        /// The server does not let this person.
        case forbidden
        /// It makes no sense for this object, or a value is wrong.
        case invalid
        /// The server's own checks said no (validation, admission, dry run).
        case rejected
        /// The object changed, or is gone.
        case changed
        case unreachable
        /// The audit file cannot be written.
        case audit
    }
    public var kind: Kind
    /// One plain sentence, lower case; may hold foreign text.
    public var reason: String
    /// What to do: "lift it with :unlock 15m"; "" for nothing.
    public var hint: String
    public init(_ kind: Kind, _ reason: String, hint: String = "") {
        self.kind = kind
        self.reason = reason
        self.hint = hint
    }
}

/// A text that the person edits in their own editor.
public struct EditorRequest: Sendable, Hashable {
    /// 0600, in a folder of the person's own.
    public var path: String
    /// 1-based; where the editor should stand.
    public var line: Int
    /// Why it is opened once more; "" the first time.
    public var problem: String
    public init(path: String, line: Int = 1, problem: String = "") {
        self.path = path
        self.line = line
        self.problem = problem
    }
}

/// What will happen, and what the person must do for it to happen.
public struct ActionPlan: Sendable, Equatable {
    public enum Confirmation: Sendable, Equatable {
        /// It is carried out at once.
        case none
        case enter
        /// This word is to be typed: the protected environment's name.
        case type(String)
    }
    /// "restart 3 pods in payments".
    public var headline: String
    /// How many pods, ready now, budgets, who depends on it.
    public var facts: [ObjectDocument.Fact]
    public var warnings: [String]
    /// For edits, undo and apply; empty for others.
    public var difference: [DifferenceLine]
    public var confirmation: Confirmation
    public init(
        headline: String, facts: [ObjectDocument.Fact] = [], warnings: [String] = [],
        difference: [DifferenceLine] = [], confirmation: Confirmation
    ) {
        self.headline = headline
        self.facts = facts
        self.warnings = warnings
        self.difference = difference
        self.confirmation = confirmation
    }
}

/// One line of a unified difference.
public struct DifferenceLine: Sendable, Equatable, Hashable {
    public enum Kind: Sendable, Hashable { case same, removed, added, place }
    public var kind: Kind
    public var text: String
    public init(_ kind: Kind, _ text: String) {
        self.kind = kind
        self.text = text
    }
}

/// How far each object is.
public struct ActionProgress: Sendable, Equatable {
    public enum State: Sendable, Equatable {
        case waiting
        /// "deleted, waiting for its successor".
        case working(String)
        case done(String)
        case failed(String)
        /// The request was sent and no answer came.
        case unknown(String)
        /// Never begun, because the person stopped it or something before it failed.
        case skipped(String)
    }
    public struct Item: Sendable, Equatable {
        /// "pod/ledger-api-7d9".
        public var name: String
        public var state: State
        public init(_ name: String, _ state: State = .waiting) {
            self.name = name
            self.state = state
        }
    }
    public var headline: String
    public var items: [Item]
    public var startedAt: Timestamp
    /// The person asked to stop; what has begun goes on to its end.
    public var isStopping: Bool
    public init(headline: String, items: [Item], startedAt: Timestamp, isStopping: Bool = false) {
        self.headline = headline
        self.items = items
        self.startedAt = startedAt
        self.isStopping = isStopping
    }
}

/// How it ended.
public struct ActionReport: Sendable, Equatable {
    public var progress: ActionProgress
    /// "restarted 3 of 3 pods"; "2 of 5 done, 1 unknown, 2 not begun: connection lost".
    public var summary: String
    public var endedAt: Timestamp
    public var undo: UndoOffer?
    /// What has not been done can be taken up again (after a lost connection, or a stop).
    public var canContinue: Bool
    /// The session that was opened.
    public var session: SessionID?
    /// A value that was revealed: shown until `until`, then forgotten.
    public var revealed: RevealedValue?
    public init(
        progress: ActionProgress, summary: String, endedAt: Timestamp, undo: UndoOffer? = nil,
        canContinue: Bool = false, session: SessionID? = nil, revealed: RevealedValue? = nil
    ) {
        self.progress = progress
        self.summary = summary
        self.endedAt = endedAt
        self.undo = undo
        self.canContinue = canContinue
        self.session = session
        self.revealed = revealed
    }
}

/// The way back, for a minute. Taking it is an action like any other, guard included.
public struct UndoOffer: Sendable, Equatable {
    /// "scale back to 3".
    public var title: String
    public var action: Action
    public var until: Timestamp
    public init(title: String, action: Action, until: Timestamp) {
        self.title = title
        self.action = action
        self.until = until
    }
}

/// One value of a secret or config map that a person asked to see. Not printed by `description`, dumps or logs.
public struct RevealedValue: Sendable, Equatable, CustomStringConvertible, CustomReflectable {
    public var key: String
    public var text: String
    public var until: Timestamp
    public var description: String { "\(key): (hidden)" }
    public var customMirror: Mirror { Mirror(self, children: ["key": key]) }
    public init(key: String, text: String, until: Timestamp) {
        self.key = key
        self.text = text
        self.until = until
    }
}
