import ArgumentParser
import Foundation
import Simulator

/// What kind of company the simulator makes up; the same for `demo` and `simulate`.
struct SimulationFlags: ParsableArguments {
    @Option(help: "Seed: the same makes the same company.")
    var seed: UInt64 = 1

    @Option(
        help: ArgumentHelp("Scenarios, with commas: calm, bad-deploy, node-down, slow-payments.", valueName: "names"))
    var scenario = "bad-deploy"

    @Option(help: ArgumentHelp("Pods in the production cluster.", valueName: "count"))
    var pods: Int?

    @Option(help: ArgumentHelp("Changes of pods a second in production: 1000/s.", valueName: "rate"))
    var churn = Rate(perSecond: 0)

    @Option(help: ArgumentHelp("Log lines a second over all containers: 500000/s.", valueName: "rate"))
    var logLines: Rate?

    var options: SimulationOptions {
        SimulationOptions(
            seed: seed, scenarios: scenario.split(separator: ",").map(String.init), pods: pods,
            churnPerSecond: churn.perSecond, logLinesPerSecond: logLines?.perSecond)
    }
}

/// "2000/s" or "2000".
struct Rate: ExpressibleByArgument {
    let perSecond: Double

    init(perSecond: Double) { self.perSecond = perSecond }

    init?(argument: String) {
        let number = argument.hasSuffix("/s") ? String(argument.dropLast(2)) : argument
        guard let rate = Double(number), rate >= 0, rate.isFinite else { return nil }
        perSecond = rate
    }

    var defaultValueDescription: String { "\(perSecond)/s" }
}

/// Serves the make-believe company until it is stopped.
struct SimulateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "simulate",
        abstract: "Serve a make-believe company on loopback: clusters, Elasticsearch, Jenkins, Alertmanager.",
        discussion:
            "Writes a kubeconfig and a config.yaml into the folder and prints how to use them; ends with ctrl-c.")

    @OptionGroup var simulation: SimulationFlags

    @Option(help: ArgumentHelp("Folder for kubeconfig and config.yaml.", valueName: "folder"))
    var folder = "midwatch-simulation"

    func run() throws {
        let company = try SimulatedCompany(simulation.options, folder: URL(filePath: folder))
        print(
            "serving; in another terminal:\n  midwatch --config \(company.config.path) --kubeconfig \(company.kubeconfig.path)"
        )
        for (name, address) in company.lines {
            print("  \(name.padding(toLength: 24, withPad: " ", startingAt: 0)) \(address)")
        }
        fflush(nil)
        Self.waitForSignal()
        company.stop()
    }

    private static func waitForSignal() {
        var set = sigset_t()
        sigemptyset(&set)
        sigaddset(&set, SIGINT)
        sigaddset(&set, SIGTERM)
        sigaddset(&set, SIGHUP)
        pthread_sigmask(SIG_BLOCK, &set, nil)
        var signal: Int32 = 0
        sigwait(&set, &signal)
    }
}

/// A running simulation with its files.
struct SimulatedCompany {
    let kubeconfig: URL
    let config: URL
    /// Names and addresses of the servers, for people.
    let lines: [(String, String)]
    private let simulation: Simulation

    init(_ options: SimulationOptions, folder: URL) throws {
        let (kubeconfig, config) = (folder.appending(path: "kubeconfig"), folder.appending(path: "config.yaml"))
        self.kubeconfig = kubeconfig
        self.config = config
        let simulation = Simulation(options: options)
        self.simulation = simulation
        try FileManager.default.createDirectory(
            at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        let addresses = try waiting {
            let addresses = try await simulation.start()
            try await simulation.writeKubeconfig(to: kubeconfig)
            try await simulation.writeConfig(to: config)
            try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: kubeconfig.path)
            return addresses
        }
        lines =
            addresses.kubernetes.sorted { $0.key < $1.key }.map { ($0.key, $0.value.absoluteString) }
            + addresses.elasticsearch.sorted { $0.key < $1.key }.map {
                ("elasticsearch \($0.key)", $0.value.absoluteString)
            }
            + [("jenkins", addresses.jenkins), ("alertmanager", addresses.alertmanager)].compactMap { name, address in
                address.map { (name, $0.absoluteString) }
            }
    }

    func stop() {
        // Stopping cannot fail in a way that anybody could act on: the process ends.
        try? waiting { [simulation] in await simulation.stop() }
    }
}
