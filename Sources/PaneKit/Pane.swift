import Canvas
import Model

/// What one tab holds: state that events change, a pure drawing of it, and its command rows.
///
/// A pane touches nothing outside itself: what it wants done it returns as effects, what it wants to know it names as feeds.
public protocol Pane {
    /// For the tab: "Pods", "Logs ledger-api".
    func title(in context: PaneContext) -> String
    /// What the pane looks at now. The console subscribes to what is new here and lets go of what is missing, while the tab
    /// is the one on the screen.
    func feeds(in context: PaneContext) -> [FeedID]
    /// The rows that make up keys, help, palette and bottom line, each with the reason why it cannot be used now.
    func commands(in context: PaneContext) -> [Command]
    /// Takes in what happened. The console has resolved keys to commands before.
    mutating func handle(_ event: PaneEvent, in context: PaneContext) -> [Effect]
    /// True while keys belong to what the pane shows (a shell) and not to commands: they come as `.key` and `.paste`, all but
    /// the one key that leads back.
    func takesKeys(in context: PaneContext) -> Bool
    /// Draws the state; no clock, no change, works at 1×1.
    func draw(into region: Region, in context: PaneContext)
}

extension Pane {
    public func takesKeys(in context: PaneContext) -> Bool { false }
}

/// What reaches a pane.
public enum PaneEvent: Sendable {
    case command(Command.ID)
    /// A feed of this pane changed; for tables, which slots.
    case feed(FeedID, Table.Changes)
    /// Environments or namespaces were switched; `context.scope` has the new ones.
    case scopeChanged
    /// Somebody asked for what this pane shows.
    case go(Destination)
    case prompt(Prompt.ID, PromptOutcome)
    /// Only while the pane takes keys.
    case key(Key)
    case paste(String)
    /// In the pane's own coordinates.
    case mouse(MouseEvent)
    /// The size of the pane changed; `context.size` has the new one.
    case resized
}

/// How a kind of pane is offered to the console: one line of AllPanes.swift.
public struct PaneDescriptor: Sendable {
    /// "workloads": for the configuration and `:`.
    public var id: String
    public var title: String
    public var help: String
    public var make: @Sendable () -> any Pane & Sendable
    /// Whether this pane shows what the destination names.
    public var accepts: @Sendable (Destination) -> Bool
    /// Reads a `:` line that is no command of the console's own; nil when it is none of this pane's business.
    public var interpret: @Sendable (CommandLine, PaneContext) -> [Effect]?
    /// Words that may follow in a `:` line, best first.
    public var complete: @Sendable (CommandLine, PaneContext) -> [Completion]
    /// The rows of each state the pane can be in, one list for each: what the key map checks for conflicts at the start.
    /// Empty: the rows of a fresh pane are all there are.
    public var commandSets: @Sendable () -> [[Command]]

    public init(
        id: String, title: String, help: String, make: @escaping @Sendable () -> any Pane & Sendable,
        accepts: @escaping @Sendable (Destination) -> Bool,
        interpret: @escaping @Sendable (CommandLine, PaneContext) -> [Effect]? = { _, _ in nil },
        complete: @escaping @Sendable (CommandLine, PaneContext) -> [Completion] = { _, _ in [] },
        commandSets: @escaping @Sendable () -> [[Command]] = { [] }
    ) {
        self.id = id
        self.title = title
        self.help = help
        self.make = make
        self.accepts = accepts
        self.interpret = interpret
        self.complete = complete
        self.commandSets = commandSets
    }
}

/// A `:` line in words: "pods payments -l app=x" is word "pods", arguments the rest.
public struct CommandLine: Sendable, Equatable {
    public var word: String
    public var arguments: [String]
    /// True when the line ends in a space: the next word is begun, and empty.
    public var endsInSpace: Bool

    /// Splits at blanks; quotes keep words together.
    public init(_ line: String) {
        var words: [String] = []
        var current = ""
        var quote: Character?
        for character in line {
            if let open = quote {
                if character == open { quote = nil } else { current.append(character) }
            } else if character == "\"" || character == "'" {
                quote = character
            } else if character == " " {
                if !current.isEmpty { words.append(current) }
                current = ""
            } else {
                current.append(character)
            }
        }
        if !current.isEmpty { words.append(current) }
        word = words.first ?? ""
        arguments = Array(words.dropFirst())
        endsInSpace = line.hasSuffix(" ")
    }
}

/// A word the prompt offers, with a few words on what it is.
public struct Completion: Sendable, Hashable {
    public var text: String
    public var detail: String
    public init(_ text: String, detail: String = "") {
        self.text = text
        self.detail = detail
    }
}
