import ArgumentParser
import Core

/// Opens the console.
struct ConsoleCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "console", abstract: "Open the console (this is what midwatch does by itself).")

    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var namespaces: NamespaceOptions
    @OptionGroup var console: ConsoleOptions

    func run() throws {
        try plainly {
            let wake = WakeDescriptor()
            let session = try connection.open { wake.wake() }
            try ConsoleRun(
                session, wake, console, contexts: connection.contextNames,
                namespaces: namespaces.allNamespaces ? [] : namespaces.names
            ).run()
        }
    }
}
