import ArgumentParser
import Console
import Core
import Foundation
import PaneKit
import Panes

/// Prints every key of the console, as the configuration sets them.
struct KeysCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "keys", abstract: "Print every key of the console, as a Markdown table.")

    @Option(help: ArgumentHelp("Configuration file.", valueName: "file"))
    var config: String?

    func run() throws {
        try plainly {
            let configuration = try ConfigurationFile.load(config, variables: ProcessInfo.processInfo.environment)
            print(KeyTable(panes: AllPanes.descriptors, keymap: try Keymap(of: configuration)).markdown)
        }
    }
}

extension Keymap {
    /// The keys that the configuration asks for; conflicts are errors.
    init(of configuration: Configuration) throws(KeymapError) {
        let changes = configuration.keys.map { KeyOverride(command: $0.command, keys: $0.keys, line: $0.line) }
        try self.init(changes, sets: Console.commandSets(panes: AllPanes.descriptors))
    }
}
