import Canvas
import Console
import Foundation
import Model
import NcursesTerminal
import PaneKit

// A console with two small panes and no servers, for the tests that need a real terminal.

let environment = ProcessInfo.processInfo.environment
do {
    let terminal = try NcursesTerminal(environment: environment)
    let library = ThemeLibrary(environment: environment, program: ProcessInfo.processInfo.arguments[0])
    let themes = try library.names.map { try library.theme(named: $0) }
    let panes = [DemoPane.descriptor("first"), DemoPane.descriptor("second")]
    let world = World(environments: [
        EnvironmentInfo(id: "sandbox", server: "https://127.0.0.1:6443", user: "demo"),
        EnvironmentInfo(id: "production", server: "https://127.0.0.1:6444", user: "demo", isProtected: true),
    ])
    let console = Console(
        settings: ConsoleSettings(theme: themes[0], themes: themes), panes: panes, world: world,
        scope: Scope(environments: ["sandbox"]))
    MainLoop(console: console, terminal: terminal, inbox: NoInbox(), effects: NoEffects()).run()
    terminal.leave()
    print("the demo has ended")
    if let signal = terminal.endingSignal { exit(128 + signal) }
} catch {
    FileHandle.standardError.write(Data("terminal-demo: \(error)\n".utf8))
    exit(1)
}
