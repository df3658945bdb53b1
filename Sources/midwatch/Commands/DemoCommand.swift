import ArgumentParser
import Foundation

/// Opens the console on the make-believe company.
struct DemoCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo", abstract: "Open the console on a make-believe company, simulated in this process.")

    @OptionGroup var simulation: SimulationFlags
    @OptionGroup var console: ConsoleOptions

    func run() throws { try plainly { try play() } }

    private func play() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "midwatch-demo-\(getpid())")
        defer {
            // Two small files in a temporary folder: if they stay, nothing is lost.
            try? FileManager.default.removeItem(at: folder)
        }
        let company = try SimulatedCompany(simulation.options, folder: folder)
        defer { company.stop() }
        let wake = WakeDescriptor()
        let session = try ConnectionOptions.open(
            config: company.config.path, kubeconfig: company.kubeconfig.path, wake: { wake.wake() })
        try plainly { try ConsoleRun(session, wake, console, contexts: [], namespaces: nil).run() }
    }
}
