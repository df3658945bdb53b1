import ArgumentParser
import Core
import Model

/// Sets how many pods a workload has.
struct ScaleCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "scale", abstract: "Set how many pods workloads have.",
        discussion: "midwatch scale deploy/api 3; midwatch scale --replicas 3 deploy/api sts/db")

    @Argument(help: ArgumentHelp("deploy/api …, and the number behind them.", valueName: "kind/name"))
    var words: [String]

    @Option(help: ArgumentHelp("How many.", valueName: "number"))
    var replicas: Int?

    @OptionGroup var options: ActionOptions

    func run() throws {
        try plainly {
            var words = words
            let number = replicas ?? words.last.flatMap { Int($0) }
            guard let number else { throw PlainFailure(.mistaken, "say how many: midwatch scale deploy/api 3") }
            if replicas == nil { words.removeLast() }
            try ActionConduct.run(options, .scale(replicas: number), on: ObjectWords(words))
        }
    }
}
