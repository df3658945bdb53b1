import ArgumentParser
import Canvas
import Console
import Core
import Foundation
import Model
import NcursesTerminal
import PaneKit
import Panes

/// One shell on the whole screen, from its opening to its end: what `midwatch exec -it` shows.
struct ShellRun {
    private let session: CoreSession
    private let wake: WakeDescriptor
    private let id: SessionID
    private let environment: EnvironmentID
    private let variables = ProcessInfo.processInfo.environment

    /// `wake` is what the session's inbox wakes.
    init(_ session: CoreSession, _ wake: WakeDescriptor, _ id: SessionID, in environment: EnvironmentID) {
        self.session = session
        self.wake = wake
        self.id = id
        self.environment = environment
    }

    /// Shows it until it ends or the person leaves; then what it wrote stays on the person's terminal. Returns how it
    /// ended, nil when the person left it.
    func run() throws -> SessionInfo.State? {
        let terminal = try NcursesTerminal(settings: terminalSettings, environment: variables)
        let loop = MainLoop(
            console: try console(), terminal: terminal, inbox: CoreInbox(session.inbox, wake),
            effects: CoreEffects(session, variables: variables))
        loop.run()
        terminal.leave()
        print(kept(loop.console.world), terminator: "")
        if let signal = terminal.endingSignal { throw ExitCode(128 + signal) }
        guard let state = loop.console.world.sessions.first(where: { $0.id == id })?.state else { return nil }
        switch state {
        case .opening, .open: return nil
        case .exited, .failed: return state
        }
    }

    private func console() throws -> Console {
        let ui = session.configuration.ui
        let theme = try ThemeLibrary(environment: variables, program: ProgramPath.current).theme(named: ui.theme)
        return Console(
            settings: ConsoleSettings(keymap: try Keymap(of: session.configuration), theme: theme, isBare: true),
            panes: [AllPanes.shell(id)], world: World(environments: session.environments.infos),
            scope: Scope(environments: [environment]))
    }

    private var terminalSettings: TerminalSettings {
        let ui = session.configuration.ui
        return TerminalSettings(
            colours: TerminalSettings.Colours(rawValue: ui.colour.rawValue) ?? .auto,
            clipboard: TerminalSettings.Clipboard(rawValue: ui.clipboard.rawValue) ?? .auto,
            symbols: ui.ascii ? .ascii : .auto, mouse: ui.mouse)
    }

    /// How much of what it wrote is left behind, in rows: as much as a person would scroll back.
    private static let keptRows = 1000

    private func kept(_ world: World) -> String {
        var rows = world.screens[id]?.lastRows(Self.keptRows) ?? []
        while rows.last?.isEmpty == true { rows.removeLast() }
        return rows.map { DisplayText.safe($0) + "\n" }.joined()
    }
}
