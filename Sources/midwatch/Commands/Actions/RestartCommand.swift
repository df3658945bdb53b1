import ArgumentParser
import Model

/// Restarts pods and workloads.
struct RestartCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restart",
        abstract: "Restart pods, deployments, stateful sets and daemon sets, and watch them come back.")

    @Argument(help: ArgumentHelp("deploy/api, pod/api-1, …", valueName: "kind/name"))
    var objects: [String]

    @OptionGroup var options: ActionOptions

    func run() throws { try plainly { try ActionConduct.run(options, .restart, on: ObjectWords(objects)) } }
}
