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
    // Edge.
    /// To the clipboard; `what` is for the notice: "3 names".
    case copy(String, what: String)
    /// To a new file in the person's state folder (0600); the notice says where.
    case save(String, name: String)
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
}

public enum ObjectView: String, Hashable, Sendable { case describe, yaml, containers }

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
