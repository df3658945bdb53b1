import ArgumentParser
import Simulator

/// What kind of company the simulator makes up; the same for `demo` and `simulate`.
struct SimulationFlags: ParsableArguments {
    @Option(help: "Seed: the same makes the same company.")
    var seed: UInt64 = 1

    @Option(
        help: ArgumentHelp(
            "Scenarios, with commas: \(SimulationOptions.knownScenarios.map(\.name).joined(separator: ", ")).",
            valueName: "names"))
    var scenario = "bad-deploy"

    @Option(help: ArgumentHelp("Pods in the production cluster.", valueName: "count"))
    var pods: Int?

    @Option(help: ArgumentHelp("Changes of pods a second in production: 1000/s.", valueName: "rate"))
    var churn = Rate(perSecond: 0)

    @Option(help: ArgumentHelp("Log lines a second over all containers: 500000/s.", valueName: "rate"))
    var logLines: Rate?

    func validate() throws {
        if let pods, !(0...1_000_000).contains(pods) { throw ValidationError("--pods takes 0 to 1000000") }
    }

    var options: SimulationOptions {
        SimulationOptions(
            seed: seed, scenarios: scenario.split(separator: ",").map(String.init), pods: pods,
            churnPerSecond: churn.perSecond, logLinesPerSecond: logLines?.perSecond)
    }
}
