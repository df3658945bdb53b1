import ArgumentParser
import Canvas
import Foundation

/// The program: the console when nothing else is asked for, and subcommands that print what its panes show.
@main
struct Midwatch: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "midwatch",
        abstract: "One terminal for the whole watch: workloads, logs, pipelines and alerts.",
        discussion: """
            Without a subcommand the console opens on the kubeconfig's current context, or on what
            config.yaml says. Exit codes: 0 all went well, 1 something failed, 2 nothing was found,
            3 a server could not be reached, 4 a server refused, 64 the command line, the
            configuration or the kubeconfig was wrong.
            """,
        version: Version.number,
        subcommands: [
            ConsoleCommand.self, GetCommand.self, LogsCommand.self, RunsCommand.self, AlertsCommand.self,
            ReleasesCommand.self, TreeCommand.self, UsedByCommand.self,
            ContextsCommand.self, DoctorCommand.self, KeysCommand.self, DemoCommand.self, SimulateCommand.self,
            VersionCommand.self,
        ] + ActionCommands.all + SessionCommands.all,
        defaultSubcommand: ConsoleCommand.self)

    /// Like ArgumentParser's own, but what it says is made safe: its words repeat arguments, and scripts pass foreign ones.
    static func main() {
        do {
            var command = try parseAsRoot()
            try command.run()
        } catch {
            let (words, code) = (fullMessage(for: error), exitCode(for: error))
            if code == .success {
                print(DisplayText.safe(words, keeping: ["\n"]))
            } else if !words.isEmpty {
                complain(words)
            }
            fflush(nil)
            Foundation.exit(code.rawValue)
        }
    }
}
