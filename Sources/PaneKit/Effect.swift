import Canvas
import Model

/// What panes and console want done; values, so that a test can compare them.
public enum Effect: Hashable, Sendable {
    // Data; carried out by the assembly.
    case subscribe(FeedID)
    case unsubscribe(FeedID)
    /// One more page of what came before (history of a log).
    case loadOlder(FeedID)
    /// Ask the server again now.
    case refresh(FeedID)
    // Console.
    case go(Destination)
    case setScope(Scope)
    case ask(Prompt)
    case notice(Notice)
    /// The pane has nowhere further back to go.
    case leave
    case quit
    case suspend
    case invalidate
    /// Proposes a change: the console shows what it would do and asks; nothing is sent before the person has confirmed.
    case act(Action)
    /// Takes the newest way back that is still offered.
    case undo
    // Core; carried out by the assembly.
    case order(ActionID, ActionOrder)
    case session(SessionID, SessionOrder)
    case forward(SessionID, ForwardOrder)
    /// Lifts an environment's read-only state for some seconds (0: puts it back); the typed word is checked by the guard.
    case lift(EnvironmentID, seconds: Double, typed: String)
    /// Runs the person's editor on a file with the screen given back meanwhile, then orders `.edited`.
    case runEditor(EditorRequest, ActionID)
    /// Reads a file with the person's documents and proposes what is to be done with them.
    case openFile(String, FilePurpose, EnvironmentID)
    // Edge.
    /// To the clipboard; `what` is for the notice: "3 names".
    case copy(String, what: String)
    /// To a new file in the person's state folder (0600); the notice says where.
    case save(String, name: String)
}

/// What the person says about one action.
public enum ActionOrder: Hashable, Sendable {
    /// Asks for the plan; with the same id once more when an option was changed.
    case plan(Action)
    /// The word that was typed; "" where none was asked for.
    case confirm(typed: String)
    /// Before it runs: drops it. While it runs: what has not begun is not begun.
    case stop
    /// Takes up what was not done.
    case proceed
    /// The editor has ended; the status is its exit code.
    case edited(status: Int32)
    /// Nobody looks at it any more.
    case forget
}

/// What a file with documents is for.
public enum FilePurpose: String, Hashable, Sendable { case apply, create }

/// What the person does in a shell.
public enum SessionOrder: Hashable, Sendable {
    case type([UInt8])
    case resize(columns: Int, rows: Int)
    /// Ends the process's input; what it still writes is shown.
    case endInput
    case close
}

public enum ForwardOrder: Hashable, Sendable {
    case stop
    /// Opens one that is saved; through the guard like any other.
    case open
    /// Keeps it for the environment under a name ("" forgets it).
    case save(name: String)
}

/// Something to look at, wherever it is shown: how panes send people to each other without knowing each other.
public enum Destination: Hashable, Sendable {
    /// Rows of a kind by any name it has ("po", "deployments.apps"); nil fields keep what the scope says.
    case table(TableRequest)
    case object(ObjectReference, ObjectView)
    case logs(LogQuery, around: Timestamp?)
    /// The runs of a job; nil for the list of jobs.
    case runs(EnvironmentID, job: String?)
    /// Alerts that match a filter text.
    case alerts(filter: String)
    /// A shell or attached process.
    case session(SessionID)
    case forwards
    case releases(EnvironmentID, name: String?)
}

public enum ObjectView: String, Hashable, Sendable { case describe, yaml, containers, tree, usedBy }

/// A table somebody asked for.
public struct TableRequest: Hashable, Sendable {
    public var kind: String
    public var environments: [EnvironmentID]?
    public var namespaces: NamespaceScope?
    public var labelSelector: String
    public var filter: String
    public var select: String?

    public init(
        kind: String, environments: [EnvironmentID]? = nil, namespaces: NamespaceScope? = nil,
        labelSelector: String = "",
        filter: String = "", select: String? = nil
    ) {
        self.kind = kind
        self.environments = environments
        self.namespaces = namespaces
        self.labelSelector = labelSelector
        self.filter = filter
        self.select = select
    }
}

/// A line of words for the person, shown above the bottom line until the next key or for some seconds.
public struct Notice: Hashable, Sendable {
    public enum Kind: Hashable, Sendable { case information, warning, failure }
    public var text: String
    public var kind: Kind
    public init(_ text: String, _ kind: Kind = .information) {
        self.text = text
        self.kind = kind
    }
}

/// A line of input that a pane or the console asks for.
public struct Prompt: Hashable, Sendable {
    public struct ID: Hashable, Sendable, ExpressibleByStringLiteral {
        public var name: String
        public init(_ name: String) { self.name = name }
        public init(stringLiteral value: String) { name = value }
    }
    public var id: ID
    /// What stands before the input: "/", "sort by".
    public var label: String
    public var text: String
    public var completions: [Completion]
    /// The name under which former answers are kept; "" for none.
    public var history: String
    /// Each change is reported, not only the end: for filters.
    public var isLive: Bool
    /// A choice list that opens above the line at once.
    public var isChoice: Bool

    public init(
        _ id: ID, label: String, text: String = "", completions: [Completion] = [], history: String = "",
        isLive: Bool = false, isChoice: Bool = false
    ) {
        self.id = id
        self.label = label
        self.text = text
        self.completions = completions
        self.history = history
        self.isLive = isLive
        self.isChoice = isChoice
    }
}

public enum PromptOutcome: Hashable, Sendable {
    case changed(String)
    case accepted(String)
    case cancelled
}
