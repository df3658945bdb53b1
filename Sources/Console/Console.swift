import Canvas
import Model
import PaneKit

/// The whole screen as a value: the world, the session, and how both change. Touches nothing outside; what it wants done it
/// returns as effects. Driven by `MainLoop`, or by a test.
public struct Console: Sendable {
    /// What the servers said. The clock in it is set by whoever drives the console, before each call.
    public internal(set) var world: World
    public internal(set) var scope: Scope
    public internal(set) var theme: Theme
    /// Former answers of prompts; for keeping between sessions.
    public internal(set) var history: History
    /// False on terminals that show ASCII only.
    public var isUnicode = true
    public internal(set) var size = Size(width: 80, height: 24)

    let settings: ConsoleSettings
    var tabs: [Tab]
    var visible = 0
    /// Tabs that sent the person to the one shown, for the way back.
    var trail: [Int] = []
    var subscribed: [FeedID] = []
    /// Feeds that have ended while a hidden tab still shows what they brought.
    var kept: Set<FeedID> = []
    var notice: ShownNotice?
    var prompt: PromptSession?
    var question: Question?
    var overlay: Overlay?
    /// The actions of this session, oldest first, and the one whose sheet is open.
    var sheets: [ActionSheet] = []
    var openSheet: ActionID?
    var actionCount = 0

    enum Overlay: Sendable {
        case help(HelpOverlay)
        case palette(PaletteOverlay)
    }

    public init(settings: ConsoleSettings, panes: [PaneDescriptor], world: World, scope: Scope) {
        self.settings = settings
        self.world = world
        self.scope = scope
        theme = settings.theme
        history = settings.history
        tabs = panes.map(Tab.init)
    }

    /// The first thing to call: tells panes the size and returns the first subscriptions.
    public mutating func start(size: Size) -> [Effect] {
        self.size = size
        return settle(showTab(visible) + interpret(settings.opening))
    }

    /// Sets the clock; expired notices go, and what was shown for a while only.
    @discardableResult
    public mutating func tick(now: Timestamp) -> [Effect] {
        world.now = now
        if let notice, notice.isExpired(at: now) { self.notice = nil }
        return hideRevealed()
    }

    /// Takes in what a person did.
    public mutating func handle(_ event: InputEvent) -> [Effect] {
        switch event {
        case .key(let key): return settle(press(key))
        case .mouse(let mouse): return settle(point(mouse))
        case .paste(let text): return settle(paste(text))
        case .resize(let size):
            self.size = size
            for index in tabs.indices { tabs[index].isSized = false }
            return settle(showTab(visible))
        case .closed: return [.quit]
        }
    }

    /// Takes in what the servers said. Feeds linger for a while after they were let go of, and go on counting.
    public mutating func apply(_ updates: [FeedUpdate]) -> [Effect] {
        var effects: [Effect] = []
        for update in updates {
            if case .forgotten = update.change, keep(update.feed) { continue }
            // What was forgotten must not come back with news that were on their way: it may hold a secret's value.
            if case .action(_, let id) = update.feed, !sheets.contains(where: { $0.id == id }) { continue }
            let changes = world.apply(update)
            if case .action(_, let id) = update.feed { effects += progressed(id) }
            for index in tabs.indices where concerns(update.feed, index) {
                effects += send(.feed(update.feed, changes), to: index)
            }
        }
        return settle(effects)
    }

    /// Shows a line of words to the person; for what the assembly has to say.
    public mutating func show(_ notice: Notice) { self.notice = ShownNotice(notice, at: world.now) }

    private func concerns(_ feed: FeedID, _ index: Int) -> Bool {
        if case .kinds = feed { return true }
        return tabs[index].feeds.contains(feed)
    }

    var layout: ConsoleLayout { ConsoleLayout(size, isBare: settings.isBare) }

    func context(for region: Size? = nil) -> PaneContext {
        let keymap = settings.keymap
        return PaneContext(
            world: world, scope: scope, size: region ?? layout.body.size, isUnicode: isUnicode,
            keys: { keymap.keys(of: $0) })
    }

    mutating func send(_ event: PaneEvent, to index: Int) -> [Effect] {
        guard tabs.indices.contains(index) else { return [] }
        let context = context()
        return tabs[index].pane.handle(event, in: context).flatMap { absorb($0, from: index) }
    }

    /// Brings a tab to the front and tells it the size if that is news.
    mutating func showTab(_ index: Int) -> [Effect] {
        guard tabs.indices.contains(index) else { return [] }
        visible = index
        guard !tabs[index].isSized else { return [] }
        tabs[index].isSized = true
        return send(.resized, to: index)
    }

    func title(of index: Int) -> String { tabs[index].pane.title(in: context()) }

    /// The rows of the visible pane, then the console's own.
    var commands: [Command] { paneCommands + ownCommands }
    var paneCommands: [Command] { tabs.isEmpty ? [] : tabs[visible].pane.commands(in: context()) }
}

/// A notice and since when it shows. Failures stay until a key is pressed.
struct ShownNotice: Sendable {
    var notice: Notice
    var since: Timestamp
    private static let seconds = 8.0

    init(_ notice: Notice, at since: Timestamp) {
        self.notice = notice
        self.since = since
    }

    func isExpired(at now: Timestamp) -> Bool { notice.kind != .failure && now.since(since) > Self.seconds }
}

/// A yes-or-no question in the message line.
struct Question: Sendable {
    var text: String
    var yes: [Effect]
}
