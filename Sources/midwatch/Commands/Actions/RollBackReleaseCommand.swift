import ArgumentParser
import Core
import Model

/// Rolls a Helm release back.
struct RollBackReleaseCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rollback-release", abstract: "Roll a Helm release back to a revision, through the helm program.")

    @Argument(help: "The release.") var name: String
    @Argument(help: "The revision to go back to.") var revision: Int
    @OptionGroup var options: ActionOptions

    func run() throws {
        try plainly {
            let verb = ActionVerb.rollBackRelease(name: name, revision: revision)
            try ActionConduct.run(options, verb, on: ObjectWords([name], kind: "secrets"))
        }
    }
}
