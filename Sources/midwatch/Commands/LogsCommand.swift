import ArgumentParser
import Core
import Foundation
import Model

/// Prints or follows the lines of a pod, or of all pods of a workload.
struct LogsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "logs", abstract: "Print or follow the lines of a pod, or of all pods of a workload.")

    @Argument(help: "A pod's name, or KIND/NAME such as deploy/ledger-api.")
    var target: String

    @OptionGroup var connection: ConnectionOptions

    @Option(name: .shortAndLong, help: "Namespace.")
    var namespace: String?

    @Option(name: [.customShort("c"), .long], help: "Container; all of them without it.")
    var container: String?

    @Flag(name: .shortAndLong, help: "Go on with new lines.")
    var follow = false

    @Flag(name: .shortAndLong, help: "The instance before the last restart.")
    var previous = false

    @Option(help: "Lines from the end, of each container.")
    var tail: Int?

    @Option(help: ArgumentHelp("Only lines not older than this: 90s, 15m, 2h, 3d.", valueName: "duration"))
    var since: LookBack?

    @Flag(help: "Print the time of each line.")
    var timestamps = false

    func run() throws {
        try plainly {
            let environment = try connection.oneEnvironment()
            let query = query(environment)
            let start = since.map { Timestamp(seconds: Date().timeIntervalSince1970 - $0.seconds) }
            let printer = LinePrinter(timestamps: timestamps, alwaysNamed: query.target.hasManyPods)
            let teller = LogStatusTeller()
            try waiting { [follow, tail] in
                if follow {
                    try await environment.followLogLines(
                        query, tail: tail ?? 100, since: start, status: { teller.tell($0) },
                        lines: { printer.print($0) })
                } else {
                    printer.print(try await environment.logLines(query, tail: tail, since: start))
                }
            }
        }
    }

    private func query(_ environment: Environment) -> LogQuery {
        LogQuery(
            environment: environment.info.id, namespace: namespace ?? environment.info.defaultNamespace,
            target: LogQuery.Target(word: target), container: container, previous: previous)
    }
}
