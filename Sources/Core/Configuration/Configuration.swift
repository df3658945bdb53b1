/// What the person wrote into config.yaml, checked but not yet used; without a file, all of it is the default.
///
/// `config.default.yaml` at the top of the project documents every key.
public struct Configuration: Sendable, Equatable {
    /// In the order of the file.
    public var environments: [EnvironmentConfiguration] = []
    /// Nothing is changed in any environment unless a person lifts it.
    public var readOnly = false
    public var ui = InterfaceConfiguration()
    public var logs = LogConfiguration()
    /// Keys by command: "restart" → ["R", "ctrl-r"]; an empty list takes the command its keys away.
    public var keys: [KeyBinding] = []
    /// What the prompt understands besides the server's own names: "dp" → "deployments payments".
    public var aliases: [String: String] = [:]

    public init() {}

    /// The rebinding of one command, with the line it stands in, so that a later check can point there.
    public struct KeyBinding: Sendable, Equatable {
        public var command: String
        public var keys: [String]
        public var line: Int
        public init(command: String, keys: [String], line: Int = 0) {
            self.command = command
            self.keys = keys
            self.line = line
        }
    }
}

/// How the console looks and listens.
public struct InterfaceConfiguration: Sendable, Equatable {
    public enum Colour: String, Sendable, CaseIterable {
        case auto, truecolor
        case palette = "256"
        case basic = "16"
        case none
    }
    public enum Clipboard: String, Sendable, CaseIterable { case auto, native, osc52, off }

    /// A theme's name, or the path of a theme file.
    public var theme = "dark"
    public var mouse = true
    /// Draws with ASCII only, also where the locale could do more.
    public var ascii = false
    public var colour = Colour.auto
    public var clipboard = Clipboard.auto
    /// Seconds between redraws of what only time changes: ages, the clock.
    public var tick = 1.0

    public init() {}
}

/// How much of a log is held.
public struct LogConfiguration: Sendable, Equatable {
    /// Bytes for the lines of one log.
    public var memory = 64 << 20
    /// Lines asked of the kubelet before it follows, per container.
    public var tail = 500

    public init() {}
}
