import ArgumentParser
import Canvas
import Console
import Core
import Foundation
import Model
import NcursesTerminal
import PaneKit
import Panes

/// One life of the console: made from session and options, run on the terminal or once into memory.
struct ConsoleRun {
    private let session: CoreSession
    private let wake: WakeDescriptor
    private let options: ConsoleOptions
    private let variables = ProcessInfo.processInfo.environment
    private let console: Console

    init(
        _ session: CoreSession, _ wake: WakeDescriptor, _ options: ConsoleOptions, contexts: [String],
        namespaces: [String]?
    ) throws {
        LargeBuffers.giveBack()
        self.session = session
        self.wake = wake
        self.options = options
        console = Console(
            settings: try Self.settings(session.configuration, options, variables),
            panes: AllPanes.descriptors, world: World(environments: session.environments.infos),
            scope: try Self.scope(session, contexts, namespaces))
    }

    func run() throws {
        let effects = CoreEffects(session, variables: variables)
        let inbox = CoreInbox(session.inbox, wake)
        defer {
            // It throws nothing, and takes some seconds at most.
            try? waiting { [session] in await session.sessions.shutDown() }
            session.desk.close()
            session.hub.stop()
        }
        if options.once {
            var once = OnceRun(console, inbox, effects, options)
            print(once.screen())
            if let failure = once.failure { throw ExitCode(failure.exitCode) }
            return
        }
        let terminal = try NcursesTerminal(settings: terminalSettings, environment: variables)
        let loop = MainLoop(
            console: console, terminal: terminal, inbox: inbox, effects: effects, tick: session.configuration.ui.tick)
        loop.run()
        terminal.leave()
        HistoryFile(variables).write(loop.console.history)
        if let signal = terminal.endingSignal { throw ExitCode(128 + signal) }
    }

    private static func settings(
        _ configuration: Configuration, _ options: ConsoleOptions, _ variables: [String: String]
    ) throws -> ConsoleSettings {
        let library = ThemeLibrary(environment: variables, program: ProgramPath.current)
        return ConsoleSettings(
            keymap: try Keymap(of: configuration),
            theme: try library.theme(named: options.theme ?? configuration.ui.theme),
            themes: library.names.compactMap { try? library.theme(named: $0) },  // a broken one is told when asked for
            history: HistoryFile(variables).read(), aliases: configuration.aliases, opening: options.line ?? "")
    }

    /// Where the console begins: the contexts asked for, else the kubeconfig's current one.
    private static func scope(_ session: CoreSession, _ contexts: [String], _ namespaces: [String]?) throws -> Scope {
        let named = try contexts.map { try session.environments.environment(named: $0).info.id }
        let environments = named.isEmpty ? session.environments.initial.map { [$0] } ?? [] : named
        guard !environments.isEmpty else {
            throw PlainFailure(
                .mistaken,
                session.environments.problem?.message ?? "there is no environment: no kubeconfig, no configuration")
        }
        return Scope(environments: environments, namespaces: namespaces.map { NamespaceScope($0) } ?? .all)
    }

    private var terminalSettings: TerminalSettings {
        let ui = session.configuration.ui
        return TerminalSettings(
            colours: TerminalSettings.Colours(rawValue: ui.colour.rawValue) ?? .auto,
            clipboard: TerminalSettings.Clipboard(rawValue: ui.clipboard.rawValue) ?? .auto,
            symbols: ui.ascii || options.ascii ? .ascii : .auto, mouse: options.mouse ?? ui.mouse)
    }
}
