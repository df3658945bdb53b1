import Canvas
import Model

/// Where all panes look now: environments and namespaces.
public struct Scope: Hashable, Sendable {
    /// At least one; several make tables show a column for it.
    public var environments: [EnvironmentID]
    public var namespaces: NamespaceScope

    public init(environments: [EnvironmentID], namespaces: NamespaceScope = .all) {
        self.environments = environments
        self.namespaces = namespaces
    }

    public var environment: EnvironmentID { environments.first ?? "" }
}

/// What a pane may know while it handles an event or draws: the world, the scope, its own size. Lives for that call only.
public struct PaneContext {
    public var world: World
    public var scope: Scope
    public var size: Size
    /// False on terminals that show ASCII only.
    public var isUnicode: Bool
    /// The keys a command has in this session's key map, for hints inside a pane: "enter".
    public var keys: @Sendable (Command.ID) -> [Key]

    public init(
        world: World, scope: Scope, size: Size, isUnicode: Bool = true,
        keys: @escaping @Sendable (Command.ID) -> [Key] = { _ in [] }
    ) {
        self.world = world
        self.scope = scope
        self.size = size
        self.isUnicode = isUnicode
        self.keys = keys
    }

    public var now: Timestamp { world.now }
}
