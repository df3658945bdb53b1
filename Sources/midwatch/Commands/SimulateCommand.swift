import ArgumentParser
import Foundation

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

    func run() throws { try plainly { try serve() } }

    private func serve() throws {
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
