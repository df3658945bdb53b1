import Model
import Synchronization

/// What login plugins say while they run ("open … and enter the code …"), passed on to all feeds of the environments whose
/// user they log in, until they end.
final class PluginWords: Sendable {
    /// A plugin that says more is heard by its last lines.
    private static let mostLines = 3
    private static let mostCharacters = 2000

    private struct State {
        var environments: [String: [EnvironmentID]] = [:]
        /// By user, what the plugin has said so far.
        var said: [String: String] = [:]
    }

    private let inbox: Inbox
    private let state = Mutex(State())

    init(inbox: Inbox) { self.inbox = inbox }

    func know(_ infos: [EnvironmentInfo]) {
        state.withLock { $0.environments = Dictionary(grouping: infos, by: \.user).mapValues { $0.map(\.id) } }
    }

    /// Takes a piece of a plugin's stderr, from any thread.
    func hear(user: String, text: String) {
        let (environments, lines) = state.withLock { state in
            let said = String((state.said[user, default: ""] + text).suffix(Self.mostCharacters))
            state.said[user] = said
            return (state.environments[user] ?? [], Self.lines(said).suffix(Self.mostLines))
        }
        let notices = lines.map { "login plugin of \(user): \($0)" }
        for environment in environments { inbox.announce(notices, in: environment) }
    }

    /// The plugin has ended: its errors come with the feeds' own.
    func end(user: String) {
        let environments = state.withLock { state -> [EnvironmentID] in
            guard state.said.removeValue(forKey: user) != nil else { return [] }
            return state.environments[user] ?? []
        }
        for environment in environments { inbox.announce([], in: environment) }
    }

    static func lines(_ text: String) -> [String] {
        text.split(whereSeparator: \.isNewline).map(String.init).filter { !$0.allSatisfy(\.isWhitespace) }
    }
}
